#!/usr/bin/env bash
# pymodbus 3.16.1, pyModbusTCP 0.3.1 (PyPI): the status of a breaker in a holding register, 5: bits 0 (closed) and 2 (spring charged).
# As BITS, pymodbus gives a list in which 8 and 10 are true, as it takes the two bytes of a register one after the other; and a
# command that sets bit 0 is written to the register as 256. The other library has 0 and 2. Bits that were read as coils are right in
# both.
# Seen: pymodbus reads 8 10, writes 256; pyModbusTCP reads 0 2; as coils 0 2
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install pymodbus==3.16.1 pyModbusTCP==0.3.1
seen=$(venv/bin/python - <<'P'
from pymodbus.client import ModbusTcpClient
from pymodbus.pdu.bit_message import ReadCoilsResponse
from pyModbusTCP.utils import get_bits_from_int
STATUS = 5
def told(bits):
    return " ".join(str(number) for number, bit in enumerate(bits) if bit)
kind = ModbusTcpClient.DATATYPE.BITS
command, = ModbusTcpClient.convert_to_registers([True], kind)
coils = ReadCoilsResponse()
coils.decode(bytes((2, STATUS, 0)))
print(f"pymodbus reads {told(ModbusTcpClient.convert_from_registers([STATUS], kind))}, writes {command}; "
      f"pyModbusTCP reads {told(get_bits_from_int(STATUS, 16))}; as coils {told(coils.bits)}")
P
)
echo "$seen"
[ "$seen" = "pymodbus reads 8 10, writes 256; pyModbusTCP reads 0 2; as coils 0 2" ]
