#!/usr/bin/env bash
# ICU 78.2 / CLDR 48 in Node.js 20.20.2 (Chromium and the ICU collations of PostgreSQL stand on it, too), pinyin-pro 3.29.4 (npm):
# the Chinese order goes by one reading of each single sign, whatever the word. Companies of Xiamen (厦门) stand at "sha", those
# of Changsha (长沙) at "zhang", far from where people look for them; Chongqing (重庆) stands right. A library that reads words
# knows all three.
# Seen: ICU: 常州 重庆 厦门 山东 西安 张家口 长沙; by reading: 长沙 常州 重庆 山东 西安 厦门 张家口
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init --yes > init.log
npm install --silent pinyin-pro@3.29.4 > /dev/null
seen=$(node - <<'J'
const { pinyin } = require("pinyin-pro");
const places = ["厦门", "山东", "西安", "长沙", "常州", "张家口", "重庆"];
const read = (place) => pinyin(place, { toneType: "none" });
const byReading = [...places].sort((a, b) => (read(a) < read(b) ? -1 : 1));
console.log(`ICU: ${places.sort(new Intl.Collator("zh-CN").compare).join(" ")}; by reading: ${byReading.join(" ")}`);
J
)
echo "$seen"
[ "$seen" = "ICU: 常州 重庆 厦门 山东 西安 张家口 长沙; by reading: 长沙 常州 重庆 山东 西安 厦门 张家口" ]
