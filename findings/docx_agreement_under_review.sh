#!/usr/bin/env bash
# python-docx 1.2.0, docx2txt 0.9, mammoth 1.13.0 (PyPI): the text of a technical agreement (Word) that two sides are still
# negotiating, with its changes tracked. "10 pcs" corrected to "12 pcs": one reader has neither number. A clause that was moved: one
# reader has it nowhere, one twice. A rated current that is a cross-reference (field): two have lost it; a short-time current that is
# chosen from a list (content control): one. No error, no mark; each sentence looks whole.
# Seen: python-docx: Quantity:  pcs. | Payment: 30 days. | Rated . | Short-time .; docx2txt: Quantity: 12 pcs. | Delivery: 60 days. | Payment: 30 days. | Delivery: 60 days. | Rated 630 A. | Short-time 31.5 kA.; mammoth: Quantity: 12 pcs. | Payment: 30 days. | Delivery: 60 days. | Rated . | Short-time 31.5 kA.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install python-docx==1.2.0 docx2txt==0.9 mammoth==1.13.0
seen=$(venv/bin/python - <<'P'
import zipfile
import docx
import docx2txt
import mammoth
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BY = 'w:author="Sales" w:date="2026-11-30T08:00:00Z"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
def run(text, tag="t"):
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'
def moved(way, number):
    return (f'<w:{way}RangeStart w:id="{number}" w:name="clause" {BY}/><w:{way} w:id="{number + 1}" {BY}>'
            f'{run("Delivery: 60 days.")}</w:{way}><w:{way}RangeEnd w:id="{number}"/>')
paragraphs = (
    run("Quantity: ") + f'<w:del w:id="1" {BY}>{run("10", "delText")}</w:del><w:ins w:id="2" {BY}>{run("12")}</w:ins>' + run(" pcs."),
    moved("moveFrom", 3),
    run("Payment: 30 days."),
    moved("moveTo", 5),
    run("Rated ") + f'<w:fldSimple w:instr=" REF rated ">{run("630 A")}</w:fldSimple>' + run("."),
    run("Short-time ") + f'<w:sdt><w:sdtPr/><w:sdtContent>{run("31.5 kA")}</w:sdtContent></w:sdt>' + run("."),
)
body = "".join(f"<w:p>{paragraph}</w:p>" for paragraph in paragraphs)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
with zipfile.ZipFile("agreement.docx", "w") as file:
    file.writestr("[Content_Types].xml", (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'))
    file.writestr("_rels/.rels", (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>'))
    file.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
def told(lines):
    return " | ".join(line for line in lines if line.strip())
with open("agreement.docx", "rb") as file:
    words = mammoth.extract_raw_text(file).value
print(f"python-docx: {told(paragraph.text for paragraph in docx.Document('agreement.docx').paragraphs)}; "
      f"docx2txt: {told(docx2txt.process('agreement.docx').splitlines())}; mammoth: {told(words.splitlines())}")
P
)
echo "$seen"
[ "$seen" = "python-docx: Quantity:  pcs. | Payment: 30 days. | Rated . | Short-time .; docx2txt: Quantity: 12 pcs. | Delivery: 60 days. | Payment: 30 days. | Delivery: 60 days. | Rated 630 A. | Short-time 31.5 kA.; mammoth: Quantity: 12 pcs. | Payment: 30 days. | Delivery: 60 days. | Rated . | Short-time 31.5 kA." ]
