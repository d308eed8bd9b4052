#!/usr/bin/env bash
# facturex 0.6.4 (PyPI): an invoice of EN 16931 converted from UBL to CII (Factur-X). Cable is sold by the hundred metres: 250 m at 312.40
# per 100 m (BT-146, BT-149 the quantity that the price is for) are 781.00. The price comes out as 312.40 a metre, for the amount is
# kept and the hundred is not, though both formats have an element for it. A terminal at 0.0385, 10 000 of them 385.00, comes out at
# 0.04: unit prices are rounded to the two decimals of amounts, where the norm sets them no limit. Written as UBL again they are the
# same, and no word of either. The library has 0.0385 when it has read the file; its own check refuses the valid invoice of the
# cable, as 250 times 312.40 is another amount. What compares the price of an invoice with its order's finds a hundred times too
# much, or four per cent.
# Seen: 250 of 312.40 for 100 = 781.00: 250 of 312.40 for 1 = 781.00, refused; 10000 of 0.0385 for 1 = 385.00: 10000 of 0.04 for 1 = 385.00, valid; 2 of 100.50 for 1 = 201.00: 2 of 100.50 for 1 = 201.00, valid
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install facturex==0.6.4
cat > convert.py <<'P'
import re
from decimal import Decimal
from facturex import parse_bytes, validate, write_cii, write_ubl
def tagged(name, content, attributes=""):
    return f"<{name}{attributes}>{content}</{name}>"
def party(role, name, country, vat=""):
    return tagged(f"cac:{role}", tagged("cac:Party", tagged("cac:PartyName", tagged("cbc:Name", name)) + tagged(
        "cac:PostalAddress", tagged("cac:Country", tagged("cbc:IdentificationCode", country))) + vat + tagged(
        "cac:PartyLegalEntity", tagged("cbc:RegistrationName", name))))
def amount(name, value):
    return tagged(f"cbc:{name}", value, ' currencyID="EUR"')
def invoice(quantity, unit, price, base, net):
    vat = (Decimal(net) * Decimal("0.19")).quantize(Decimal("0.01"))
    total = Decimal(net) + vat
    scheme = tagged("cac:TaxScheme", tagged("cbc:ID", "VAT"))
    rate = tagged("cbc:ID", "S") + tagged("cbc:Percent", "19") + scheme
    tax = amount("TaxAmount", vat) + tagged("cac:TaxSubtotal", amount("TaxableAmount", net) + amount(
        "TaxAmount", vat) + tagged("cac:TaxCategory", rate))
    line = tagged("cbc:ID", "1") + tagged("cbc:InvoicedQuantity", quantity, f' unitCode="{unit}"') + amount(
        "LineExtensionAmount", net) + tagged("cac:Item", tagged("cbc:Name", "Part") + tagged(
        "cac:ClassifiedTaxCategory", rate)) + tagged("cac:Price", amount("PriceAmount", price) + (
        tagged("cbc:BaseQuantity", base, f' unitCode="{unit}"') if base != "1" else ""))
    space = "urn:oasis:names:specification:ubl:schema:xsd:"
    return tagged("Invoice", tagged("cbc:CustomizationID", "urn:cen.eu:en16931:2017") + tagged("cbc:ID", "R1") + tagged(
        "cbc:IssueDate", "2026-11-30") + tagged("cbc:DueDate", "2026-12-30") + tagged("cbc:InvoiceTypeCode", "380") + tagged(
        "cbc:DocumentCurrencyCode", "EUR") + party("AccountingSupplierParty", "Seller", "DE", tagged(
        "cac:PartyTaxScheme", tagged("cbc:CompanyID", "DE000000000") + scheme)) + party(
        "AccountingCustomerParty", "Buyer", "DE") + tagged("cac:TaxTotal", tax) + tagged("cac:LegalMonetaryTotal", amount(
        "LineExtensionAmount", net) + amount("TaxExclusiveAmount", net) + amount("TaxInclusiveAmount", total) + amount(
        "PayableAmount", total)) + tagged("cac:InvoiceLine", line), f' xmlns="{space}Invoice-2" xmlns:cac="'
        f'{space}CommonAggregateComponents-2" xmlns:cbc="{space}CommonBasicComponents-2"')
def first(text, name):
    found = re.search(rf"<(?:\w+:)?{name}(?: [^>]*)?>([^<]*)", text)
    return found[1] if found else "1"
told = []
for quantity, unit, price, base, net in (("250", "MTR", "312.40", "100", "781.00"), ("10000", "C62", "0.0385", "1", "385.00"),
                                         ("2", "C62", "100.50", "1", "201.00")):
    read = parse_bytes(invoice(quantity, unit, price, base, net).encode())
    assert str(read.lines[0].unit_price) == price
    cii, ubl = write_cii(read), write_ubl(read)
    cii, ubl = (text if isinstance(text, str) else text.decode() for text in (cii, ubl))
    new = [first(cii, name) for name in ("BilledQuantity", "ChargeAmount", "BasisQuantity", "LineTotalAmount")]
    assert new == [first(ubl, name) for name in ("InvoicedQuantity", "PriceAmount", "BaseQuantity", "LineExtensionAmount")]
    errors = [finding.rule for finding in validate(read).findings if finding.severity == "error"]
    assert errors in ([], ["FX-LINE-1"]), errors
    told.append("{} of {} for {} = {}: {} of {} for {} = {}, {}".format(
        quantity, price, base, net, *new, "refused" if errors else "valid"))
print("; ".join(told))
P
seen=$(venv/bin/python convert.py)
echo "$seen"
[ "$seen" = "250 of 312.40 for 100 = 781.00: 250 of 312.40 for 1 = 781.00, refused; 10000 of 0.0385 for 1 = 385.00: 10000 of 0.04 for 1 = 385.00, valid; 2 of 100.50 for 1 = 201.00: 2 of 100.50 for 1 = 201.00, valid" ]
