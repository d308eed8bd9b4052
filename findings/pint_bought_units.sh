#!/usr/bin/env bash
# pint 0.25.3 (PyPI): units as they stand on purchase orders and drawings are read as other units without a word. "pcs" are
# parsecs, EA (each, UN/ECE recommendation 20) are exaamperes, PR (pair) is a multiple of the gas constant, and "Nm", the
# torque of every busbar bolt, is the yarn count of textiles, a length by mass. What is no unit at all (KGM, H87, pair) raises.
# Seen: 20 pcs: 20 parsec; 20 EA: 20 exaampere; 20 PR: 20 petamolar_gas_constant; 20 Nm: 20 number_meter, no torque
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --quiet install pint==0.25.3
seen=$("$place/venv/bin/python" -c '
import pint
units = pint.UnitRegistry()
for bought in ("20 pcs", "20 EA", "20 PR"):
    print(f"{bought}: {units(bought)};", end=" ")
torque = units("20 Nm")
print(f"20 Nm: {torque},", "a torque" if torque.check("[force] * [length]") else "no torque")')
echo "$seen"
[ "$seen" = "20 pcs: 20 parsec; 20 EA: 20 exaampere; 20 PR: 20 petamolar_gas_constant; 20 Nm: 20 number_meter, no torque" ]
