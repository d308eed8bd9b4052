#!/usr/bin/env bash
# dhtmlx-gantt 10.0.3 (npm): its style sheet loads a font from a server on the internet, six rules of it, also where the page
# uses no theme that shows the font. In a plant without internet access each page waits for it in vain; with access, every
# visitor's browser calls another company.
# Seen: 6 rules of fonts, all of them at fonts.gstatic.com
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm pack --silent dhtmlx-gantt@10.0.3 > /dev/null
tar xzf dhtmlx-gantt-10.0.3.tgz
seen=$(python3 - <<'P'
import re
text = open("package/codebase/dhtmlxgantt.css", encoding="utf-8").read()
rules = [rule for rule in re.findall(r"@font-face\s*\{[^}]*\}", text) if "http" in rule]
hosts = {host for rule in rules for host in re.findall(r"url\([\"']?https?://([^/\"')]+)", rule)}
print(f"{len(rules)} rules of fonts, all of them at {', '.join(sorted(hosts))}")
P
)
echo "$seen"
test "$seen" = "6 rules of fonts, all of them at fonts.gstatic.com"
