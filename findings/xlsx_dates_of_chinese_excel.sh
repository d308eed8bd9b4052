#!/usr/bin/env bash
# openpyxl 3.1.5, python-calamine 0.9.1 (PyPI), exceljs 4.4.0 (npm): the formats 27 to 36 and 50 to 58 of a workbook are dates in
# Chinese (31: 2026年11月30日, 58: 11月30日; ISO/IEC 29500-1, 18.8.30), by number alone, without a text in the file. Two of three
# readers do not know them: the promised date of a supplier's list is the number 46356 to both, no date, while the same date in the
# format 14 beside it is one.
# Seen: openpyxl: 14 2026-11-30, 31 46356, 58 46356; exceljs: 14 2026-11-30, 31 46356, 58 46356; calamine: 14 2026-11-30, 31 2026-11-30, 58 2026-11-30
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install openpyxl==3.1.5 python-calamine==0.9.1
npm init --yes > init.log
npm install --silent --ignore-scripts exceljs@4.4.0 > /dev/null
cat > sheet.py <<'P'
import datetime
import sys
import zipfile
import openpyxl
from python_calamine import CalamineWorkbook
FORMATS = (14, 31, 58)
def told(values):
    days = (value.date() if isinstance(value, datetime.datetime) else value for value in values)
    return ", ".join(f"{number} {day}" for number, day in zip(FORMATS, days, strict=True))
def write():
    book = openpyxl.Workbook()
    for column in range(1, 4):
        book.active.cell(1, column, 46356).number_format = ("0", "0.00", "0%")[column - 1]
    book.save("plain.xlsx")
    with zipfile.ZipFile("plain.xlsx") as plain, zipfile.ZipFile("list.xlsx", "w") as file:
        for name in plain.namelist():
            text = plain.read(name)
            if name == "xl/styles.xml":
                for own, number in zip((1, 2, 9), FORMATS, strict=True):
                    text = text.replace(b'numFmtId="%d"' % own, b'numFmtId="%d"' % number)
            file.writestr(name, text)
if sys.argv[1] == "write":
    write()
else:
    cells = next(openpyxl.load_workbook("list.xlsx").active.iter_rows())
    values = CalamineWorkbook.from_path("list.xlsx").get_sheet_by_index(0).to_python()[0]
    print(f"openpyxl: {told(cell.value for cell in cells)}; exceljs: {sys.argv[2]}; calamine: {told(values)}")
P
venv/bin/python sheet.py write
other=$(node -e '
const { Workbook } = require("exceljs");
const book = new Workbook();
book.xlsx.readFile("list.xlsx").then(() => {
    const told = [14, 31, 58].map((format, index) => {
        const { value } = book.worksheets[0].getRow(1).getCell(index + 1);
        return `${format} ${value instanceof Date ? value.toISOString().slice(0, 10) : value}`;
    });
    console.log(told.join(", "));
});')
seen=$(venv/bin/python sheet.py read "$other")
echo "$seen"
[ "$seen" = "openpyxl: 14 2026-11-30, 31 46356, 58 46356; exceljs: 14 2026-11-30, 31 46356, 58 46356; calamine: 14 2026-11-30, 31 2026-11-30, 58 2026-11-30" ]
