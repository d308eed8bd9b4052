#!/usr/bin/env bash
# basyx-python-sdk 2.2.0, aas-core3.0 1.1.4 (PyPI): the digital nameplate of a capacitor (Asset Administration Shell, IEC 63278), a value
# of type xs:decimal. 100 nF in farad, Decimal("0.0000001"), is written by the first as 1E-7, and 2500 as it comes out of
# Decimal.normalize() as 2.5E+3. xs:decimal has no exponent (XML Schema Part 2, 3.2.3), so that the second finds the property at
# fault and lxml finds no decimal; ten times as much is written as 0.000001 and right. The function's name is xsd_repr, and for xs:double,
# where an exponent is allowed, nobody would be astonished. The library tells nothing: it takes 1E-7 for a decimal when it reads, too,
# as it takes whatever Python takes, so its own round trip shows no fault: it shows at the customer who checks what he gets.
# Seen: 0.0000001 1E-7 at fault no decimal, read 0.0000001; 0.000001 0.000001 valid decimal, read 0.000001; 2500 2.5E+3 at fault no decimal, read 2500; 0.250 0.250 valid decimal, read 0.250
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install basyx-python-sdk==2.2.0 aas-core3.0==1.1.4
cat > nameplate.py <<'P'
import io
import json
from decimal import Decimal
from aas_core3.jsonization import environment_from_jsonable
from aas_core3.verification import verify
from basyx.aas import model
from basyx.aas.adapter.json import read_aas_json_file, write_aas_json_file
from lxml import etree
VALUES = {"0.0000001": Decimal("0.0000001"), "0.000001": Decimal("0.000001"), "2500": Decimal("2500").normalize(), "0.250": Decimal("0.250")}
SCHEMA = etree.XMLSchema(etree.fromstring('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="value" '
                                          'type="xs:decimal"/></xs:schema>'))
def is_decimal(text):
    element = etree.Element("value")
    element.text = text
    return SCHEMA.validate(element)
told = []
for shown, value in VALUES.items():
    part = model.Submodel("urn:capacitor", submodel_element=[model.Property("Capacitance", model.datatypes.Decimal, value)])
    file = io.StringIO()
    write_aas_json_file(file, model.DictIdentifiableStore([part]))
    data = json.loads(file.getvalue())
    written = data["submodels"][0]["submodelElements"][0]["value"]
    faults = [error.cause for error in verify(environment_from_jsonable(data))]
    again = next(iter(read_aas_json_file(io.StringIO(file.getvalue())))).get_referable("Capacitance").value
    told.append(f"{shown} {written} {'at fault' if faults else 'valid'} {'decimal' if is_decimal(written) else 'no decimal'}, read {again:f}")
print("; ".join(told))
P
seen=$(venv/bin/python nameplate.py)
echo "$seen"
[ "$seen" = "0.0000001 1E-7 at fault no decimal, read 0.0000001; 0.000001 0.000001 valid decimal, read 0.000001; 2500 2.5E+3 at fault no decimal, read 2500; 0.250 0.250 valid decimal, read 0.250" ]
