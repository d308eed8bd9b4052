#!/usr/bin/env bash
# zxing-cpp 3.1.1 (PyPI): a GS1 DataMatrix and a plain DataMatrix in which somebody wrote the brackets by hand read back
# as the same default text (TextMode.HRI); only the symbology identifier tells them apart (]d2 and ]d1). TextMode.Plain
# gives the elements of the former with the separator.
# Seen: True ]d2 ]d1 True
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --quiet install zxing-cpp==3.1.1 numpy pillow
seen=$("$place/venv/bin/python" -c '
import zxingcpp as z
text = "(01)06901234567892(10)A1(17)271231"
def read(mode, **options):
    code = z.create_barcode(text, z.BarcodeFormat.DataMatrix, **options)
    return z.read_barcodes(z.write_barcode_to_image(code, scale=6), text_mode=mode)[0]
label, imitation = read(z.TextMode.HRI, gs1=True), read(z.TextMode.HRI)
plain = read(z.TextMode.Plain, gs1=True).text
print(label.text == imitation.text, label.symbology_identifier, imitation.symbology_identifier,
      plain == "010690123456789210A1\x1d17271231")')
echo "$seen"
[ "$seen" = "True ]d2 ]d1 True" ]
