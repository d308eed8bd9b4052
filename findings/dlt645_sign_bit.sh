#!/usr/bin/env bash
# dlt645 3.2.0, python-dlt645 0.1.4 (PyPI): registers of electricity meters after DL/T 645-2007 are decimal digits; in some of
# them the highest bit is the sign (combined energy, power), in others the first digit goes up to 9 (forward energy). One library
# takes the bit for a sign in all of them: a meter that stands at 812345.67 kWh forward is read as -12345.67. The other never does:
# a combined register at -12.34 kWh (more fed in than drawn) is read as 800012.34. No error in either.
# Seen: dlt645: forward 712345.67, forward -12345.67, combined -12.34; python-dlt645: combined 800012.34
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv one
python3 -m venv other
one/bin/pip --quiet install dlt645==3.2.0
other/bin/pip --quiet install python-dlt645==0.1.4
seen=$(one/bin/python - 2> log <<'P'
from dlt645.protocol.protocol import DLT645Protocol
from dlt645.service.clientsvc.client_service import MeterClientService
meter = MeterClientService(None)
meter.set_address("000000000001")
FORWARD, COMBINED, ANSWER = "00010000", "00000000", 0x91
def frame(register, digits):
    """The meter's answer: register and value, the lowest byte first."""
    return DLT645Protocol.build_frame(
        meter.address, ANSWER, bytes.fromhex(register)[::-1] + bytes.fromhex(digits)[::-1])
def value(register, digits):
    return meter.handle_response(DLT645Protocol.deserialize(frame(register, digits))).value
with open("answer", "wb") as file:
    file.write(frame(COMBINED, "80001234"))
print(f"dlt645: forward {value(FORWARD, '71234567')}, forward {value(FORWARD, '81234567')}, "
      f"combined {value(COMBINED, '80001234')}")
P
)
seen="$seen; $(other/bin/python - <<'P'
from io import BytesIO
import dlt645
with open("answer", "rb") as file:
    print(f"python-dlt645: combined {dlt645.get_active_energy('000000000001', BytesIO(), file)}")
P
)"
echo "$seen"
[ "$seen" = "dlt645: forward 712345.67, forward -12345.67, combined -12.34; python-dlt645: combined 800012.34" ]
