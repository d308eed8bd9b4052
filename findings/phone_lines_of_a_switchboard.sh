#!/usr/bin/env bash
# libphonenumber-js 1.13.16 (npm), phonenumbers 9.0.43 (PyPI): numbers as Chinese firms print them on letters. "010-65051234/5" (two
# lines, 65051234 and 65051235) is one number with a digit too many, and valid by the data that the library of the browser comes with;
# not so by its full data, nor to the other. "0513-85512345转801" (extension 801) is no phone number to either, and with a hyphen the
# extension becomes part of the number.
# Seen: 010-65051234/5: +8610650512345 valid, full data +8610650512345 invalid, phonenumbers +8610650512345 invalid; 0513-85512345转801: none, full data none, phonenumbers none; 0513-85512345-801: +8651385512345801 invalid, full data +8651385512345801 invalid, phonenumbers +8651385512345801 invalid
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install phonenumbers==9.0.43
npm init --yes > init.log
npm install --silent libphonenumber-js@1.13.16 > /dev/null
cat > read.js <<'J'
const readers = [require("libphonenumber-js"), require("libphonenumber-js/max")];
const told = readers.map(({ parsePhoneNumberFromString }) => {
    const phone = parsePhoneNumberFromString(process.argv[2], "CN");
    return phone ? `${phone.number} ${phone.isValid() ? "valid" : "invalid"}` : "none";
});
console.log(told.join(", full data "));
J
cat > read.py <<'P'
import sys
import phonenumbers
try:
    phone = phonenumbers.parse(sys.argv[1], "CN")
    number = phonenumbers.format_number(phone, phonenumbers.PhoneNumberFormat.E164)
    print(number, "valid" if phonenumbers.is_valid_number(phone) else "invalid")
except phonenumbers.NumberParseException:
    print("none")
P
seen=
for text in 010-65051234/5 0513-85512345转801 0513-85512345-801; do
    seen="$seen${seen:+; }$text: $(node read.js "$text"), phonenumbers $(venv/bin/python read.py "$text")"
done
echo "$seen"
[ "$seen" = "010-65051234/5: +8610650512345 valid, full data +8610650512345 invalid, phonenumbers +8610650512345 invalid; 0513-85512345转801: none, full data none, phonenumbers none; 0513-85512345-801: +8651385512345801 invalid, full data +8651385512345801 invalid, phonenumbers +8651385512345801 invalid" ]
