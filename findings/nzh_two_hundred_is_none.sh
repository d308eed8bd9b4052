#!/usr/bin/env bash
# nzh 1.0.14 (npm), cn2an 0.5.24 (PyPI): a quantity in Chinese words back to a number, as it is spoken or stands in a contract. 两百 (two
# hundred) is 0 and 两千五百 500, because 两, the "two" before a measure, is no digit to one of them; 一千二, which everybody
# means as 1200, is 1002. The other knows both. No error.
# Seen: nzh: 两百 0, 两千五百 500, 一千二 1002, 一万五 10005, 一百零五 105; cn2an: 两百 200, 两千五百 2500, 一千二 1200, 一万五 15000, 一百零五 105
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install cn2an==0.5.24
npm init --yes > init.log
npm install --silent nzh@1.0.14 > /dev/null
words="两百 两千五百 一千二 一万五 一百零五"
seen=$(node -e '
const { cn } = require("nzh");
console.log(`nzh: ${process.argv.slice(1).map((word) => `${word} ${cn.decodeS(word)}`).join(", ")}`);' $words)
seen="$seen; $(venv/bin/python -c '
import sys
import cn2an
print("cn2an: " + ", ".join(f"{word} {cn2an.cn2an(word, sys.argv[1])}" for word in sys.argv[2:]))' normal $words)"
echo "$seen"
[ "$seen" = "nzh: 两百 0, 两千五百 500, 一千二 1002, 一万五 10005, 一百零五 105; cn2an: 两百 200, 两千五百 2500, 一千二 1200, 一万五 15000, 一百零五 105" ]
