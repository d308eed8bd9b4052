#!/usr/bin/env bash
# lxml 4.9.3 and 6.0.2 (PyPI): up to line 65534 sourceline is exact; beyond, that of an empty element is the line of what
# follows it, one too far where each stands on a line of its own; an element with text inside stays exact. A project file
# of Microsoft Project with some 700 tasks is that long.
# Seen: 60000:60000 70001:70000 for an empty element, 60000:60000 70000:70000 for one with text (sourceline:line)
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
for version in 4.9.3 6.0.2; do
    "$place/venv/bin/pip" --quiet install "lxml==$version"
    seen=$("$place/venv/bin/python" -c '
from lxml import etree
def told(element):
    root = etree.fromstring("<a>" + f"\n{element}" * 80000 + "</a>")
    return " ".join(f"{root[line - 2].sourceline}:{line}" for line in (60000, 70000))
print(told("<b/>"), "|", told("<b>1</b>"))')
    echo "$version $seen"
    [ "$seen" = "60000:60000 70001:70000 | 60000:60000 70000:70000" ]
done
