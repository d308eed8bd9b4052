#!/usr/bin/env bash
# epcpy 0.1.8 (PyPI), RFID tags of GS1 (SGTIN): asked for 96 bits, the serial numbers 0042 and 42 make the same tag, which
# reads back as 42, and a serial of twelve digits from 274877906944 on makes 97 bits, no error, that read back as another serial.
# The standard says that SGTIN-96 takes neither; 198 bits keep both. A cabinet's serial number often begins with noughts.
# Seen: 96 bits: 0042 -> 42; 274877906944 -> 137438953472 (97 bits); 198 bits: 0042 -> 0042, 274877906944 -> 274877906944
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --quiet install epcpy==0.1.8
seen=$("$place/venv/bin/python" - <<'P'
from epcpy.epc_schemes.sgtin import SGTIN, SGTINFilterValue
Scheme = SGTIN.BinaryCodingScheme
def tag(serial, scheme):
    return SGTIN(f"urn:epc:id:sgtin:6901234.056789.{serial}").binary(scheme, SGTINFilterValue.POS_ITEM)
def told(serial, scheme):
    return f"{serial} -> {SGTIN.from_binary(tag(serial, scheme)).epc_uri.rpartition('.')[2]}"
few, many, long = Scheme.SGTIN_96, Scheme.SGTIN_198, "274877906944"
print(f"96 bits: {told('0042', few)}; {told(long, few)} ({len(tag(long, few))} bits);",
      f"198 bits: {told('0042', many)}, {told(long, many)}")
P
)
echo "$seen"
[ "$seen" = "96 bits: 0042 -> 42; 274877906944 -> 137438953472 (97 bits); 198 bits: 0042 -> 0042, 274877906944 -> 274877906944" ]
