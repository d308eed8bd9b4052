#!/usr/bin/env bash
# zpl-renderer-js 3.4.0 (npm), zxing-cpp 3.1.1 (PyPI): a label in ZPL whose Code 128 goes over from letters to pairs of digits (">5",
# code C in Zebra's table of invocation characters of ^BC). The picture that the renderer makes, to look at or to print elsewhere, holds
# another text: the first digit after the change is a sign that is on no keyboard. XGN150042 is scanned as XGN15°042, serial 2142 of
# a GS1 label as ²142. Without ">5", and from digits to letters (">6"), it is right.
# Seen: >:XGN15>50042 XGN15°042; >:XGN150042 XGN150042; >;004212>6A7 004212A7; >;>80106901234567892>621>52142 010690123456789221²142
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install zxing-cpp==3.1.1 pillow==13.0.0
npm init --yes > init.log
npm install --silent zpl-renderer-js@3.4.0 > /dev/null
cat > render.mjs <<'J'
import fs from "fs";
import { ready } from "zpl-renderer-js";
const { api } = await ready;
const [number, data] = process.argv.slice(2);
const label = `^XA^FO50,50^BY2^BCN,100,N,N,N,N^FD${data}^FS^XZ`;
fs.writeFileSync(`${number}.png`, Buffer.from(await api.zplToBase64Async(label, 100, 40, 8), "base64"));
process.exit(0);
J
seen=
number=0
for data in ">:XGN15>50042" ">:XGN150042" ">;004212>6A7" ">;>80106901234567892>621>52142"; do
    number=$((number + 1))
    node render.mjs $number "$data"
    read=$(venv/bin/python -c '
import sys
import zxingcpp
from PIL import Image
print(zxingcpp.read_barcodes(Image.open(sys.argv[1]).convert("L"))[0].bytes.decode("latin-1"))' $number.png)
    seen="$seen${seen:+; }$data $read"
done
echo "$seen"
[ "$seen" = ">:XGN15>50042 XGN15°042; >:XGN150042 XGN150042; >;004212>6A7 004212A7; >;>80106901234567892>621>52142 010690123456789221²142" ]
