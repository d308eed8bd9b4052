#!/usr/bin/env bash
# bark-js 1.2.1, dayjs 1.11.23 (npm), biip 5.2.0 (PyPI): a GS1 label may leave the day of a date open: 17 270200 is the last day of
# February 2027. The reader for the web gives "2027-02-00"; what takes that for a date makes the last day of January of it, a whole
# month early. biip has 28 February.
# Seen: bark 2027-02-00, dayjs valid 2027-01-31, biip 2027-02-28
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install biip==5.2.0
npm init --yes > init.log
npm install --silent bark-js@1.2.1 dayjs@1.11.23 > /dev/null
label=01069012345678921727020010L1
seen=$(node -e '
const read = require("bark-js");
const dayjs = require("dayjs");
const { value } = read(process.argv[1]).elements.find((element) => element.ai === "17");
const day = dayjs(value);
console.log(`bark ${value}, dayjs ${day.isValid() ? "valid" : "invalid"} ${day.format("YYYY-MM-DD")}`);' "$label")
seen="$seen, biip $(venv/bin/python -c '
import sys
import biip
strings = biip.parse(sys.argv[1]).gs1_message.element_strings
print(next(part.date for part in strings if part.ai.ai == "17"))' "$label")"
echo "$seen"
[ "$seen" = "bark 2027-02-00, dayjs valid 2027-01-31, biip 2027-02-28" ]
