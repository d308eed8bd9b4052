#!/usr/bin/env bash
# nzh 1.0.14 (npm), an amount in Chinese words: 100 ends in 整 ("exactly"), the word that keeps anybody from adding to it on a
# cheque or a contract; the same amount as an ERP hands it over, the text "100.00", ends without it. A third decimal is cut, not
# rounded: the sheet says 1235.00 in figures and one fen less in words.
# Seen: 人民币壹佰元整 | 人民币壹佰元 | 人民币壹仟贰佰叁拾肆元玖角玖分 for 1234.995
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init --yes > init.log
npm install --silent nzh@1.0.14 > /dev/null
seen=$(node -e '
const { cn } = require("nzh");
console.log([100, "100.00", "1234.995"].map((amount) => cn.toMoney(amount)).join(" | "));')
echo "$seen"
[ "$seen" = "人民币壹佰元整 | 人民币壹佰元 | 人民币壹仟贰佰叁拾肆元玖角玖分" ]
