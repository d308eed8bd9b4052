#!/usr/bin/env bash
# biip 5.2.0 (PyPI), parse() of a GS1 label's human-readable text with brackets: no error is raised, and every result
# is None; the same elements without brackets (FNC1 after the lot) give a message of three elements.
# Seen: None None 3
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --quiet install biip==5.2.0
seen=$("$place/venv/bin/python" -c '
import biip
printed = biip.parse("(01)06901234567892(10)A1(17)271231")
plain = biip.parse("010690123456789210A1\x1d17271231")
print(printed.gtin, printed.gs1_message, len(plain.gs1_message.element_strings))')
echo "$seen"
[ "$seen" = "None None 3" ]
