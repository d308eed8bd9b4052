#!/usr/bin/env bash
# python-barcode 0.16.1 (PyPI), JsBarcode 3.12.3, bwip-js 4.11.4 (npm): the GS1-128 label of a part with a lot and a serial number,
# (01)...(10)AB12(21)0042, given to what each calls GS1-128. Two of three put the brackets of the printed line into the bars and no
# FNC1 behind the lot, which has no fixed length (GS1 General Specifications, 5.10 and 7.8): no element string in it. A look through
# zxing does not show it: as it writes brackets itself, the text it gives of the wrong label is that of the right one.
# Seen: python-barcode (01)09501101530003(10)AB12(21)0042; JsBarcode (01)09501101530003(10)AB12(21)0042; bwip-js 010950110153000310AB12<FNC1>210042; text of zxing: the same for all three
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install python-barcode==0.16.1 pillow==12.3.0 zxing-cpp==3.1.1
npm init --yes > init.log
npm install --silent --ignore-scripts jsbarcode@3.12.3 bwip-js@4.11.4 > /dev/null
cat > write.mjs <<'J'
import bwipjs from "bwip-js/node";
import fs from "fs";
import JsBarcode from "jsbarcode";
const label = process.argv[2];
const found = {};
JsBarcode(found, label, { format: "CODE128", ean128: true });
fs.writeFileSync("JsBarcode.txt", found.encodings.map(({ data }) => data).join(""));
fs.writeFileSync("bwip-js.png", await bwipjs.toBuffer({ bcid: "gs1-128", text: label, backgroundcolor: "ffffff", padding: 10 }));
J
cat > labels.py <<'P'
import subprocess
import barcode
import zxingcpp
from PIL import Image
LABEL = "(01)09501101530003(10)AB12(21)0042"
def drawn(bars):
    line = Image.new("L", (len(bars) + 40, 1), 255)
    line.putdata([255] * 20 + [0 if bar == "1" else 255 for bar in bars] + [255] * 20)
    return line.resize((line.width * 3, 90), Image.Resampling.NEAREST)
subprocess.run(["node", "write.mjs", LABEL], check=True)
with open("JsBarcode.txt") as file:
    images = {
        "python-barcode": drawn(barcode.get("gs1_128", LABEL).build()[0]),
        "JsBarcode": drawn(file.read()),
        "bwip-js": Image.open("bwip-js.png").convert("L"),
    }
codes = {name: zxingcpp.read_barcode(image) for name, image in images.items()}
assert {code.symbology_identifier for code in codes.values()} == {"]C1"}
same = "the same for all three" if {code.text for code in codes.values()} == {LABEL} else "differs"
told = (f"{name} {code.bytes.decode().replace(chr(29), '<FNC1>')}" for name, code in codes.items())
print(f"{'; '.join(told)}; text of zxing: {same}")
P
seen=$(venv/bin/python labels.py)
echo "$seen"
[ "$seen" = "python-barcode (01)09501101530003(10)AB12(21)0042; JsBarcode (01)09501101530003(10)AB12(21)0042; bwip-js 010950110153000310AB12<FNC1>210042; text of zxing: the same for all three" ]
