#!/usr/bin/env bash
# python-docx 1.2.0, markitdown 0.1.9 (PyPI): a list of parts in Word in which the cabinet stands once for the two rows that it holds
# for, and so does the quantity of a set. Row by row python-docx gives the merged cell again: the sum of 12 and 3 is 27. markitdown
# leaves it out without a gap: in the next row everything moves a column to the left, and the part is in the column of the cabinets.
# Seen: python-docx: AH1 Breaker 12 | AH1 CT 12 | AH2 Relay 3 = 27; markitdown: AH1 Breaker 12 | CT | AH2 Relay 3
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install python-docx==1.2.0 "markitdown[docx]==0.1.9"
seen=$(venv/bin/python -W ignore - <<'P'
import docx
from markitdown import MarkItDown
ROWS = (("Cabinet", "Part", "Quantity"), ("AH1", "Breaker", "12"), ("", "CT", ""), ("AH2", "Relay", "3"))
file = docx.Document()
table = file.add_table(rows=len(ROWS), cols=3)
for row, texts in zip(table.rows, ROWS, strict=True):
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = text
for column in (0, 2):
    merged = table.cell(1, column).merge(table.cell(2, column))
    merged.text = merged.text.strip()
file.save("parts.docx")
rows = [[cell.text for cell in row.cells] for row in docx.Document("parts.docx").tables[0].rows][1:]
lines = MarkItDown().convert("parts.docx").text_content.splitlines()
marked = [line.replace("|", " ").split() for line in lines][-3:]
print(f"python-docx: {' | '.join(map(' '.join, rows))} = {sum(int(row[2]) for row in rows)}; "
      f"markitdown: {' | '.join(map(' '.join, marked))}")
P
)
echo "$seen"
[ "$seen" = "python-docx: AH1 Breaker 12 | AH1 CT 12 | AH2 Relay 3 = 27; markitdown: AH1 Breaker 12 | CT | AH2 Relay 3" ]
