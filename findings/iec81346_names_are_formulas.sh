#!/usr/bin/env bash
# XlsxWriter 3.3.1, openpyxl 3.1.5 (PyPI): the designation of a device after IEC 81346, "=S1+A1-QF1" (function, place,
# product), is text to its engineer and a right formula to Excel, for S1, A1 and QF1 are cells, too. Both write it as one, so
# a parts list shows 0 where the name stood, with no error; "+A1-QF1" beside it stays text. XlsxWriter has an option against
# it (strings_to_formulas), openpyxl wants data_type = "s" cell by cell.
# Seen: XlsxWriter: =S1+A1-QF1 a formula, read as 0; +A1-QF1 text; openpyxl: a formula, text
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --quiet install XlsxWriter==3.3.1 openpyxl==3.1.5
seen=$("$place/venv/bin/python" - <<'P'
import io
import openpyxl
import xlsxwriter
NAMES = ["=S1+A1-QF1", "+A1-QF1"]
def kinds(sheet):
    return [{"f": "a formula", "s": "text"}[sheet.cell(row, 1).data_type] for row in (1, 2)]
file = io.BytesIO()
with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
    book.add_worksheet().write_column(0, 0, NAMES)
name, other = kinds(openpyxl.load_workbook(file).active)
value = openpyxl.load_workbook(file, data_only=True).active.cell(1, 1).value
print(f"XlsxWriter: {NAMES[0]} {name}, read as {value}; {NAMES[1]} {other};", end=" ")
book = openpyxl.Workbook()
for name in NAMES:
    book.active.append([name])
print("openpyxl:", ", ".join(kinds(book.active)))
P
)
echo "$seen"
[ "$seen" = "XlsxWriter: =S1+A1-QF1 a formula, read as 0; +A1-QF1 text; openpyxl: a formula, text" ]
