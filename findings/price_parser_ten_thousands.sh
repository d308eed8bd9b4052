#!/usr/bin/env bash
# price-parser 0.5.1, cn2an 0.5.24 (PyPI): prices as they stand in Chinese quotations, large ones with the unit 万 or 亿 behind the
# figures (GB/T 15835). 3.6万元 (36 000) is 3.6 to the first, 1.2亿元 1.2, neither of them marked; and of "每100米 ¥1,250.00" and "2台
# ¥72,000" it gives the length and the quantity as the amount, with the currency of the price: it takes the first number, which its
# page does not say (a note in its source does). The second reads the Chinese units well.
# Seen: 3.6万元 3.6 None, 1.2亿元 1.2 None, 每100米 ¥1,250.00 100 ¥, 2台 ¥72,000 2 ¥, ¥36,000.00/台 36000.00 ¥; cn2an 36000 120000000
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install price-parser==0.5.1 cn2an==0.5.24
seen=$(venv/bin/python - <<'P'
import cn2an
from price_parser import Price
TEXTS = ("3.6万元", "1.2亿元", "每100米 ¥1,250.00", "2台 ¥72,000", "¥36,000.00/台")
prices = ((text, Price.fromstring(text)) for text in TEXTS)
told = ", ".join(f"{text} {price.amount} {price.currency}" for text, price in prices)
print(f"{told}; cn2an", *(cn2an.cn2an(text, "smart") for text in TEXTS[:2]))
P
)
echo "$seen"
[ "$seen" = "3.6万元 3.6 None, 1.2亿元 1.2 None, 每100米 ¥1,250.00 100 ¥, 2台 ¥72,000 2 ¥, ¥36,000.00/台 36000.00 ¥; cn2an 36000 120000000" ]
