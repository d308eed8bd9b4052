#!/usr/bin/env bash
# iso-container 1.1.0, iso6346-containers 0.2.1, python-stdnum 2.2 (PyPI): the last digit of a freight container's number (ISO 6346)
# is a remainder of 11, and 0 where that is 10. One library does not know the 10: of all numbers with the right digit it refuses one
# in eleven, so a container that stands in the yard is no container. It is the one of the three that also names sizes and types.
# Seen: TGHU1234510 False True True; refused of 100000 numbers with the right digit: 9091 0 0
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install iso-container==1.1.0 iso6346-containers==0.2.1 python-stdnum==2.2
seen=$(venv/bin/python - <<'P'
import iso6346
from iso_container import validate_container
from stdnum import iso6346 as stdnum
def right(number):
    return number + str(iso6346.checkdigit(number))
def accepted(number):
    return validate_container(number), iso6346.validate(number), stdnum.is_valid(number)
numbers = [right(f"TGHU{serial:06}") for serial in range(100000)]
refused = (sum(not answer for answer in answers) for answers in zip(*map(accepted, numbers), strict=True))
print("TGHU1234510", *accepted("TGHU1234510"), end="; ")
print(f"refused of {len(numbers)} numbers with the right digit:", *refused)
P
)
echo "$seen"
[ "$seen" = "TGHU1234510 False True True; refused of 100000 numbers with the right digit: 9091 0 0" ]
