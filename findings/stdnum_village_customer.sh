#!/usr/bin/env bash
# python-stdnum 2.2 (PyPI), stdnum 1.12.0 (npm): the unified social credit code (统一社会信用代码, GB 32100 with its amendment) of a
# customer. Its first place is who gave it: 1 to 9, A (the army), N (agriculture: N2 is a village's collective, 村级集体经济组织) or
# Y (others). Both libraries want eight digits at the start and refuse all three with a letter for a wrong form, though the check
# character is right by their own count. The numbers are made up, each with its region (GB/T 2260) and the check of the organisation
# within it (GB 11714).
# Seen: 9 91130102MF0000013G valid valid; N N2130102MF00000130 InvalidFormat InvalidFormat; Y Y1130102MF0000013T InvalidFormat InvalidFormat; A A1130102MF0000013F InvalidFormat InvalidFormat
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install python-stdnum==2.2
npm init --yes > init.log
npm install --silent --ignore-scripts stdnum@1.12.0 > /dev/null
seen=$(venv/bin/python - <<'P'
import json
import subprocess
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError
SCRIPT = """const { stdnum } = require("stdnum");
const told = ({ isValid, error }) => (isValid ? "valid" : error.name);
console.log(JSON.stringify(process.argv.slice(1).map((number) => told(stdnum.CN.uscc.validate(number)))))"""
def told(number):
    try:
        return "valid" if uscc.validate(number) else ""
    except ValidationError as error:
        return type(error).__name__
numbers = [start + uscc.calc_check_digit(start) for start in (
    "91130102MF0000013", "N2130102MF0000013", "Y1130102MF0000013", "A1130102MF0000013")]
others = json.loads(subprocess.run(["node", "-e", SCRIPT, *numbers], check=True, capture_output=True, text=True).stdout)
print("; ".join(f"{number[0]} {number} {told(number)} {other}" for number, other in zip(numbers, others, strict=True)))
P
)
echo "$seen"
[ "$seen" = "9 91130102MF0000013G valid valid; N N2130102MF00000130 InvalidFormat InvalidFormat; Y Y1130102MF0000013T InvalidFormat InvalidFormat; A A1130102MF0000013F InvalidFormat InvalidFormat" ]
