#!/usr/bin/env bash
# The Chinese collation of ICU as duckdb 2.0.1 carries it (that of Node.js 20 gives the same order; PostgreSQL and Chromium use ICU,
# too), pypinyin 0.55.0 (PyPI): the Chinese order goes by one reading of each single sign, whatever the word. Companies of Xiamen
# (厦门) stand at "sha", those of Changsha (长沙) at "zhang", far from where people look for them; Chongqing (重庆) stands right. A
# library that reads words knows all three.
# Seen: ICU: 常州 重庆 厦门 山东 西安 张家口 长沙; by reading: 长沙 常州 重庆 山东 西安 厦门 张家口
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --quiet install duckdb==2.0.1 pypinyin==0.55.0
seen=$("$place/venv/bin/python" - <<'P'
import duckdb
from pypinyin import lazy_pinyin
places = ["厦门", "山东", "西安", "长沙", "常州", "张家口", "重庆"]
rows = duckdb.connect().execute("SELECT place FROM unnest(?) AS t(place) ORDER BY place COLLATE zh_CN", [places]).fetchall()
print(f"ICU: {' '.join(place for place, in rows)}; by reading: {' '.join(sorted(places, key=lazy_pinyin))}")
P
)
echo "$seen"
[ "$seen" = "ICU: 常州 重庆 厦门 山东 西安 张家口 长沙; by reading: 长沙 常州 重庆 山东 西安 厦门 张家口" ]
