#!/usr/bin/env bash
# pylightxl 1.61, oxlsx 0.2.0, openpyxl 3.1.5, xlsxwriter 3.3.1 (PyPI): a sheet of the hours booked on an order, in Excel's format for
# hours above 24, [h]:mm. 26:30, which is how Excel shows it, is '02:30:00' to pylightxl, 24:00 is '00:00:00', 7:30 is right: the time of
# day is taken of what is no time of day, so that whole days of work are gone, and sums of the column with them. A workbook with Excel's
# other calendar, which counts from 1904 (older Macs, and what was copied on from their files), says so in one attribute that two of
# three do not look at: a date of delivery, 30 November 2026, is 29 November 2022 to pylightxl and to oxlsx, which is read as openpyxl
# is; openpyxl has the date, and all of them have it in a workbook of the usual kind. No word in any case.
# Seen: pylightxl: 07:30:00 02:30:00 00:00:00; 2026/11/30, of 1904 2022/11/29 | oxlsx: 7:30:00 1 day, 2:30:00 1 day, 0:00:00; 2026-11-30, of 1904 2022-11-29 | openpyxl: 7:30:00 1 day, 2:30:00 1 day, 0:00:00; 2026-11-30, of 1904 2026-11-30
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install pylightxl==1.61 oxlsx==0.2.0 openpyxl==3.1.5 xlsxwriter==3.3.1
seen=$(venv/bin/python - <<'P'
from datetime import datetime
import openpyxl
import oxlsx
import pylightxl
import xlsxwriter
for name, from_1904 in (("usual.xlsx", False), ("mac.xlsx", True)):
    with xlsxwriter.Workbook(name, {"date_1904": from_1904}) as book:
        sheet = book.add_worksheet("Order")
        for row, hours in enumerate((7.5, 26.5, 24)):
            sheet.write_number(row, 0, hours / 24, book.add_format({"num_format": "[h]:mm"}))
        sheet.write_datetime(3, 0, datetime(2026, 11, 30), book.add_format({"num_format": "yyyy-mm-dd"}))
def told(name, read):
    (*hours, usual), of_1904 = read("usual.xlsx"), read("mac.xlsx")[3]
    return f"{name}: {' '.join(str(each) for each in hours)}; {str(usual)[:10]}, of 1904 {str(of_1904)[:10]}"
def column(library):
    return lambda name: [row[0] for row in library.load_workbook(name)["Order"].iter_rows(values_only=True)]
readers = {"pylightxl": lambda name: pylightxl.readxl(name).ws("Order").col(1), "oxlsx": column(oxlsx), "openpyxl": column(openpyxl)}
print(" | ".join(told(name, read) for name, read in readers.items()))
P
)
echo "$seen"
[ "$seen" = "pylightxl: 07:30:00 02:30:00 00:00:00; 2026/11/30, of 1904 2022/11/29 | oxlsx: 7:30:00 1 day, 2:30:00 1 day, 0:00:00; 2026-11-30, of 1904 2022-11-29 | openpyxl: 7:30:00 1 day, 2:30:00 1 day, 0:00:00; 2026-11-30, of 1904 2026-11-30" ]
