#!/usr/bin/env bash
# garment-aql-calculator 1.0.0 (PyPI), lot of 20, level II, AQL 0.65: code letter C and a sample of 5 with Ac 0, where
# ISO 2859-1 table 2-A has an arrow down to n = 20, Ac 0. A sample of 5 lets through far worse lots than the AQL says.
# Seen: C 5 0
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --quiet install garment-aql-calculator==1.0.0
seen=$("$place/venv/bin/python" -c '
from garment_aql_calculator import calculate_aql
plan = calculate_aql(20, "GII", 0.65)
print(plan["code_letter"], plan["sample_size"], plan["accept_number"])')
echo "$seen"
[ "$seen" = "C 5 0" ]
