#!/usr/bin/env bash
# factur-x 7.8 (PyPI): an invoice as EN 16931 has it, written as UBL by generate_xml(). A quantity given as a number is kept to six
# digits: 1234.567 kg of copper bar are 1234.57 kg in the file, beside the right amount of the line, and the check against the
# schema is passed. One would guess the four decimals that its own table names for quantities, as for 12.3456; prices and amounts
# given as numbers keep theirs, and so does a quantity given as text. Its changes tell of numbers as the easier way, for JSON: an
# invoice read with float_as="float", from the right file, and written again has the other quantity, too. 1 250 000 m
# are written as 1.25e+06, which is no decimal of XML, so there the check refuses what it made. Copper and cable are bought by the gram
# and the metre; an invoice of another quantity than the delivery's is one that a three-way match sends back.
# Seen: 12.3456 12.3456 | 1234.567 1234.57 | "1234.567" 1234.567 | price 1234.5678 1234.5678 | read and written 1234.57 | 1250000 refused for 1.25e+06
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install factur-x==7.8
seen=$(venv/bin/python - <<'P'
import datetime
import logging
import re
from facturx import generate_xml, parse_ubl_cii_xml
logging.disable(logging.CRITICAL)
def invoice(quantity, price=2.5):
    net = round(float(quantity) * price, 2)
    vat, total = round(net * 0.19, 2), round(net * 1.19, 2)
    return {
        "BT-1": "R1", "BT-2": datetime.date(2026, 11, 30), "BT-3": "380", "BT-5": "EUR", "BT-9": datetime.date(2026, 12, 30),
        "BT-24": "urn:cen.eu:en16931:2017", "BG-4": {"name": "Seller", "country_code": "DE", "vat_identifier": "DE000000000"},
        "BG-7": {"name": "Buyer", "country_code": "FR"}, "BT-106": net, "BT-109": net, "BT-110": vat, "BT-112": total, "BT-115": total,
        "BG-23": [{"BT-116": net, "BT-117": vat, "BT-118": "S", "BT-119": 19.0}],
        "BG-25": [{"BT-126": "1", "BT-153": "Copper bar", "BT-129": quantity, "BT-130": "KGM", "BT-146": price, "BT-131": net,
                   "BT-151": "S", "BT-152": 19.0}]}
def written(data):
    return generate_xml(data, "ubl-2.1", "en16931", check_xsd=True, check_schematron=False)
def value(xml, what="InvoicedQuantity"):
    return re.search(rb"<cbc:%s [^>]*>([^<]*)" % what.encode(), xml)[1].decode()
told = [f"{shown} {value(written(invoice(given)))}" for shown, given in (
    ("12.3456", 12.3456), ("1234.567", 1234.567), ('"1234.567"', "1234.567"))]
told.append(f"price 1234.5678 {value(written(invoice(1.0, 1234.5678)), 'PriceAmount')}")
right = written(invoice("1234.567"))
told.append(f"read and written {value(written(parse_ubl_cii_xml(right, float_as='float')))}")
try:
    told.append(f"1250000 {value(written(invoice(1250000)))}")
except Exception as error:
    told.append(f"1250000 refused for {re.search(r'InvoicedQuantity.: .([^ ]+). is not a valid value', str(error))[1]}")
print(" | ".join(told))
P
)
echo "$seen"
[ "$seen" = '12.3456 12.3456 | 1234.567 1234.57 | "1234.567" 1234.567 | price 1234.5678 1234.5678 | read and written 1234.57 | 1250000 refused for 1.25e+06' ]
