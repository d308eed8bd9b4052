#!/usr/bin/env bash
# ezdxf 1.4.5 (PyPI), @dxfom/mtext 0.4.0 (npm): a tolerance in a drawing is stacked text, "25\S+0.021^0;" (AutoCAD's manual writes
# 1.000\S+0.010^-0.000;). As plain text ezdxf takes the ^ and what follows for a control character: "+0.021n", the lower limit is
# gone, and of +0.1 / -0.2 the sign: "+0.1k0.2". A stacked fraction sticks to its whole number: 3 1/2 in are 31/2 in. The other reader
# keeps the parts apart.
# Seen: ezdxf: Ø25+0.021n | 40+0.1k0.2 | 31/2 in; mtext: ⌀25 [+0.021 ^ 0] | 40 [+0.1 ^ -0.2] | 3 [1 / 2] in
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install ezdxf==1.4.5
npm init --yes > init.log
npm install --silent @dxfom/mtext@0.4.0 > /dev/null
cat > texts.json <<'J'
["%%c25{\\H0.7x;\\S+0.021^0;}", "40{\\H0.7x;\\S+0.1^-0.2;}", "3{\\H0.7x;\\S1/2;} in"]
J
seen="ezdxf: $(venv/bin/python - <<'P'
import json
import ezdxf
with open("texts.json") as file:
    texts = json.load(file)
drawing = ezdxf.new()
for text in texts:
    drawing.modelspace().add_mtext(text)
drawing.saveas("drawing.dxf")
print(" | ".join(text.plain_text() for text in ezdxf.readfile("drawing.dxf").modelspace().query("MTEXT")))
P
)"
seen="$seen; mtext: $(node -e '
const { parseDxfMTextContent } = require("@dxfom/mtext");
const told = (part) => {
    if (typeof part === "string") {
        return part.trim();
    }
    return Array.isArray(part) ? part.map(told).join("") : part.S ? ` [${part.S.join(" ")}] ` : "";
};
console.log(require("./texts.json").map((text) => told(parseDxfMTextContent(text)).trim()).join(" | "));')"
echo "$seen"
[ "$seen" = "ezdxf: Ø25+0.021n | 40+0.1k0.2 | 31/2 in; mtext: ⌀25 [+0.021 ^ 0] | 40 [+0.1 ^ -0.2] | 3 [1 / 2] in" ]
