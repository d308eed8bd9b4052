#!/usr/bin/env bash
# gaeb 0.5.4 (PyPI): a bill of quantities in the format of German tenders (GAEB DA XML 3.3, and GAEB 90): ten panels at 50 000, as an
# alternative ten at 60 000, and two spare breakers at 8000 that are optional and stand outside the total (Provis WithoutTotal). One
# of the two panels is bought: 500 000. The library's total is 1 116 000, in memory and as the section's <Total> in the offer (X84)
# that goes to the customer; the property's own text is "sum of all items", but the text on "provis" says that such an item is not
# counted. And it writes the mark as "WithoutTotal", as the standard has it, but knows it again as "Yes" only: read and written once
# more, the tender (X83) asks for the breakers as firmly as for the panels. From GAEB 90 the kinds come back right (G, A, B), beside
# the same total.
# Seen: counted 1116000, in the offer 1116000.00; optional False False True; read False False False; written again: marks 0 of 1; GAEB 90 G A B 1116000
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install gaeb==0.5.4
cat > tender.py <<'P'
import re
from decimal import Decimal
import gaeb
from gaeb import Leistungsverzeichnis, Phase, Position, PositionTyp, Titel
MARK = "<Provis>WithoutTotal</Provis>"
def item(number, text, quantity, price, kind, **more):
    return Position(oz=number, kurztext=text, menge=Decimal(quantity), einheit="St", einheitspreis=Decimal(price), typ=kind, **more)
def bill(phase):
    return Leistungsverzeichnis(phase=Phase(phase), titel_lv="Switchgear", projekt="Plant", titel=[Titel(nummer="01", positionen=[
        item("010001", "Panel", 10, 50000, PositionTyp.GRUNDPOSITION, aln_gruppe=1, aln_nummer=0),
        item("010002", "Panel of another make", 10, 60000, PositionTyp.ALTERNATIV, aln_gruppe=1, aln_nummer=1),
        item("010003", "Spare breaker", 2, 8000, PositionTyp.BEDARFSPOSITION, provis=True)])])
def text(name):
    with open(name, encoding="utf-8") as file:
        return file.read()
def marks(tender):
    return " ".join(str(each.provis) for each in tender.alle_positionen)
gaeb.write_xml(bill("84"), "offer.x84")
total = re.findall("<Total>([^<]*)", text("offer.x84"))
gaeb.write_xml(bill("83"), "tender.x83")
read = gaeb.read_xml("tender.x83")
gaeb.write_xml(read, "again.x83")
gaeb.write_gaeb90(bill("84"), "offer.d84")
old = gaeb.read_gaeb90("offer.d84")
print(f"counted {bill('84').gesamtsumme}, in the offer {' '.join(total)}; optional {marks(bill('83'))}; read {marks(read)}; written "
      f"again: marks {text('again.x83').count(MARK)} of {text('tender.x83').count(MARK)}; GAEB 90 "
      f"{' '.join(each.typ.value for each in old.alle_positionen)} {old.gesamtsumme}")
P
seen=$(venv/bin/python tender.py)
echo "$seen"
[ "$seen" = "counted 1116000, in the offer 1116000.00; optional False False True; read False False False; written again: marks 0 of 1; GAEB 90 G A B 1116000" ]
