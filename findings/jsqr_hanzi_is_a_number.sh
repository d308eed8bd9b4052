#!/usr/bin/env bash
# jsQR 1.4.0, @zxing/library 0.23.0 (npm), segno 1.6.6 (PyPI): a QR code in the Chinese mode of GB/T 18284 ("Hanzi", smaller than
# UTF-8, so label programs made in China offer it) is read by jsQR as a plain number that stands nowhere on the label, with no
# error; zxing reads the three characters. Without that mode both read them.
# Seen: Hanzi: jsQR numeric 4976063988960, zxing 配电柜; UTF-8: jsQR byte 配电柜, zxing 配电柜
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install segno==1.6.6
npm init --yes > init.log
npm install --silent jsqr@1.4.0 @zxing/library@0.23.0 > /dev/null
venv/bin/python -c '
import json
import segno
for mode in ("hanzi", "byte"):
    code = segno.make("配电柜", mode=mode, encoding=None if mode == "hanzi" else "utf-8", micro=False)
    with open(f"{mode}.json", "w") as file:
        json.dump([list(row) for row in code.matrix_iter(scale=8, border=4)], file)'
seen=$(node - <<'J'
const fs = require("fs");
const read = require("jsqr");
const Z = require("@zxing/library");
const told = ["hanzi", "byte"].map((mode) => {
    const rows = JSON.parse(fs.readFileSync(`${mode}.json`));
    const light = Uint8ClampedArray.from(rows.flat(), (dark) => (dark ? 0 : 255));
    const colours = Uint8ClampedArray.from([...light].flatMap((value) => [value, value, value, 255]));
    const found = read(colours, rows.length, rows.length);
    const source = new Z.RGBLuminanceSource(light, rows.length, rows.length);
    const other = new Z.QRCodeReader().decode(new Z.BinaryBitmap(new Z.HybridBinarizer(source)));
    return `jsQR ${found.chunks[0].type} ${found.data}, zxing ${other.getText()}`;
});
console.log(`Hanzi: ${told[0]}; UTF-8: ${told[1]}`);
J
)
echo "$seen"
[ "$seen" = "Hanzi: jsQR numeric 4976063988960, zxing 配电柜; UTF-8: jsQR byte 配电柜, zxing 配电柜" ]
