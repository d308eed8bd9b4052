#!/usr/bin/env bash
# exceljs 4.4.0 (npm), openpyxl 3.1.5 (PyPI): Excel keeps a unit of one letter behind a number as an escaped letter: 0\m for "250m".
# exceljs takes the escape away, and m, d, h and s are then parts of a date: 250 m of cable are 6 September 1900, 12.5 h of work
# 11 January 1900, 45 d a day in February. Opened and saved by it, the file has these dates for everybody who reads it next. With
# the unit in quotes (0"m") nothing happens.
# Seen: read: 1900-09-06T00:00, 1900-01-11T12:00, 1900-02-13T00:00, 250; by openpyxl: 250, 12.5, 45, 250; by openpyxl after it was saved: 1900-09-06T00:00, 1900-01-12T12:00, 1900-02-14T00:00, 250
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install openpyxl==3.1.5
npm init --yes > init.log
npm install --silent --ignore-scripts exceljs@4.4.0 > /dev/null
cat > sheet.py <<'P'
import datetime
import sys
import openpyxl
def written():
    book = openpyxl.Workbook()
    for row, (value, form) in enumerate(((250, "0\\m"), (12.5, "0.0\\h"), (45, "0\\d"), (250, '0"m"')), 1):
        book.active.cell(row, 1, value).number_format = form
    book.save("list.xlsx")
def told(value):
    return value.isoformat(timespec="minutes") if isinstance(value, datetime.datetime) else str(value)
if sys.argv[1] == "list.xlsx":
    written()
print(", ".join(told(cell.value) for cell, in openpyxl.load_workbook(sys.argv[1]).active.iter_rows()))
P
before=$(venv/bin/python sheet.py list.xlsx)
seen=$(node -e '
const { Workbook } = require("exceljs");
const book = new Workbook();
book.xlsx.readFile("list.xlsx").then(async () => {
    const values = book.worksheets[0].getColumn(1).values.slice(1);
    console.log(values.map((value) => (value instanceof Date ? value.toISOString().slice(0, 16) : value)).join(", "));
    await book.xlsx.writeFile("saved.xlsx");
});')
seen="read: $seen; by openpyxl: $before; by openpyxl after it was saved: $(venv/bin/python sheet.py saved.xlsx)"
echo "$seen"
[ "$seen" = "read: 1900-09-06T00:00, 1900-01-11T12:00, 1900-02-13T00:00, 250; by openpyxl: 250, 12.5, 45, 250; by openpyxl after it was saved: 1900-09-06T00:00, 1900-01-12T12:00, 1900-02-14T00:00, 250" ]
