#!/usr/bin/env bash
# @formulajs/formulajs 4.6.1, hyperformula 3.5.0 (npm): Excel's functions in JavaScript. NETWORKDAYS counts both ends; from the later
# day back to the earlier it is the same number with a minus. In one library it is two short where no weekend lies between: what was
# due on Wednesday and came on Thursday is 0 days late of 2, Monday to Friday are 3 of 5. Over a weekend it is right.
# Seen: 2 and back 0, 5 and back -3, 6 and back -6; hyperformula: 2 and back -2, 5 and back -5, 6 and back -6
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init --yes > init.log
npm install --silent @formulajs/formulajs@4.6.1 hyperformula@3.5.0 > /dev/null
seen=$(node -e '
const { NETWORKDAYS } = require("@formulajs/formulajs");
const { HyperFormula } = require("hyperformula");
const sheet = HyperFormula.buildEmpty({ licenseKey: "gpl-v3" });
sheet.addSheet("Days");
const readers = [
    (first, last) => NETWORKDAYS(new Date(...first), new Date(...last)),
    (first, last) => {
        const [from, to] = [first, last].map(([year, month, day]) => `DATE(${year},${month + 1},${day})`);
        return sheet.calculateFormula(`=NETWORKDAYS(${from},${to})`, 0);
    },
];
const spans = [[[2026, 11, 2], [2026, 11, 3]], [[2026, 10, 30], [2026, 11, 4]], [[2026, 11, 1], [2026, 11, 8]]];
const told = readers.map((read) =>
    spans.map(([first, last]) => `${read(first, last)} and back ${read(last, first)}`).join(", "));
console.log(told.join("; hyperformula: "));')
echo "$seen"
[ "$seen" = "2 and back 0, 5 and back -3, 6 and back -6; hyperformula: 2 and back -2, 5 and back -5, 6 and back -6" ]
