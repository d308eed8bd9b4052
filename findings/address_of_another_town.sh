#!/usr/bin/env bash
# address-parse 1.2.19, zh-address-parse 1.3.16 (npm), cpca 0.5.5 (PyPI): a delivery address taken apart. 朝阳区建国路1号, as somebody in
# Beijing writes it, is in Changchun to two of them and in Chaoyang, a town of Liaoning, to the third; none marks its guess. 海门区, a
# district since 2020, is still the town that it was to two, and its last character begins the street.
# Seen: address-parse: 长春市朝阳区 建国路1号, 南通市海门区 上海路28号; zh-address-parse: 朝阳市 区建国路1号, 南通市海门市 区上海路28号; cpca: 长春市朝阳区 建国路1号, 南通市海门市 区上海路28号
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install cpca==0.5.5
npm init --yes > init.log
npm install --silent --ignore-scripts address-parse@1.2.19 zh-address-parse@1.3.16 > /dev/null
lines="朝阳区建国路1号 江苏省南通市海门区上海路28号"
seen=$(node -e '
const { default: AddressParse } = require("address-parse");
const parse = require("zh-address-parse");
const lines = process.argv.slice(1);
const one = lines.map((line) => AddressParse.parse(line)[0]).map((found) => `${found.city}${found.area} ${found.details}`);
const two = lines.map((line) => parse(line)).map((found) => `${found.city}${found.area} ${found.detail}`);
console.log(`address-parse: ${one.join(", ")}; zh-address-parse: ${two.join(", ")}`);' $lines)
seen="$seen; cpca: $(venv/bin/python -W ignore -c '
import sys
import cpca
rows = cpca.transform(sys.argv[1:]).fillna("").itertuples(index=False)
print(", ".join(f"{town}{district} {rest}" for _province, town, district, rest, _code in rows))' $lines)"
echo "$seen"
[ "$seen" = "address-parse: 长春市朝阳区 建国路1号, 南通市海门区 上海路28号; zh-address-parse: 朝阳市 区建国路1号, 南通市海门市 区上海路28号; cpca: 长春市朝阳区 建国路1号, 南通市海门市 区上海路28号" ]
