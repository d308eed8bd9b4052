#!/usr/bin/env bash
# digital-link.js 1.4.3 (npm), biip 5.2.0 (PyPI): GS1 Digital Link, the address on a label that holds GTIN, lot and serial. A serial
# with a slash (26/0107, allowed in AI 21) has to be written 26%2F0107. One reader gives the serial back, the other the spelling, and
# calls the link valid: two records of one cabinet. The same library writes the slash as it is: that address no reader takes, its own
# neither, and the serial 26/10/7 comes back as serial 26 of lot 7.
# Seen: read 26%2F0107 (valid) and 26/0107; written https://id.gs1.org/01/06901234567892/21/26/0107, read by none none; 26/10/7 written and read: 10 = 7, 21 = 26
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install biip==5.2.0
npm init --yes > init.log
npm install --silent digital-link.js@1.4.3 > /dev/null
cat > link.js <<'J'
const { DigitalLink } = require("digital-link.js");
const [kind, text] = process.argv.slice(2);
const told = {
    read: () => {
        const link = DigitalLink(text);
        return `${link.getKeyQualifier("21")} (${link.isValid() ? "valid" : "invalid"})`;
    },
    write: () => {
        const link = DigitalLink();
        link.setDomain("https://id.gs1.org");
        link.setIdentifier("01", "06901234567892");
        link.setKeyQualifier("21", text);
        return link.toWebUriString();
    },
    parts: () => {
        const parts = Object.entries(DigitalLink(text).getKeyQualifiers());
        return parts.map(([name, value]) => `${name} = ${value}`).join(", ");
    },
};
try {
    console.log(told[kind]());
} catch {
    console.log("none");
}
J
cat > serial.py <<'P'
import sys
import biip
link = biip.parse(sys.argv[1]).gs1_digital_link_uri
print(next((part.value for part in link.element_strings if part.ai.ai == "21"), "none") if link else "none")
P
right=https://id.gs1.org/01/06901234567892/21/26%2F0107
written=$(node link.js write 26/0107)
seen="read $(node link.js read $right) and $(venv/bin/python serial.py $right); written $written, read by"
seen="$seen $(node link.js read "$written" ) $(venv/bin/python serial.py "$written"); 26/10/7 written and read: $(node link.js parts "$(node link.js write 26/10/7)")"
echo "$seen"
[ "$seen" = "read 26%2F0107 (valid) and 26/0107; written https://id.gs1.org/01/06901234567892/21/26/0107, read by none none; 26/10/7 written and read: 10 = 7, 21 = 26" ]
