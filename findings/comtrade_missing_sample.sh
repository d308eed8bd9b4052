#!/usr/bin/env bash
# comtrade 0.2.0, comtrade-io 0.3.0, comtraderecord 1.0.2 (PyPI): a sample that a fault recorder did not get
# stands in a binary COMTRADE file (IEEE C37.111-1999, GB/T 22386) as 8000 hex. One of three readers says that there is no
# value; to the other two (and to py3comtrade 4.2.4) a feeder of 50 A carried -16384 A for a millisecond, and peak, RMS and
# harmonics follow from it. The third also gives the secondary side of the transformer unless it is asked for the other, where the
# first two give the side that the file names.
# Seen: comtrade 50.0 nan 51.0; comtrade-io 50.0 -16384.0 51.0; comtraderecord 0.083 -27.307 0.085
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install comtrade==0.2.0 comtrade-io==0.3.0 comtraderecord==1.0.2
seen=$(venv/bin/python - 2> log <<'P'
import struct
import comtrade
from comtrade_io.parser.comtrade_file import ComtradeFile
from comtraderecord.pyComtrade import ComtradeFile as Record
lines = ["Substation,QF1,1999", "17,1A,16D", "1,Ia,A,QF1,A,0.5,0,0,-32767,32767,600,1,P"]
lines += [f"{place},D{place},,QF1,0" for place in range(1, 17)]
lines += ["50", "1", "1000,3", "02/11/2026,08:00:00.000000", "02/11/2026,08:00:00.001000", "BINARY", "1"]
with open("r.cfg", "w", newline="") as file:
    file.write("".join(f"{line}\r\n" for line in lines))
with open("r.dat", "wb") as file:
    for place, value in enumerate((100, -0x8000, 102)):
        file.write(struct.pack("<IIhH", place + 1, 1000 * place, value, 0))
told = {
    "comtrade": comtrade.load("r.cfg", "r.dat").analog[0],
    "comtrade-io": ComtradeFile.from_file("r.cfg").get_data().iloc[:, 2],
    "comtraderecord": Record("r.cfg").getAnalogData(1),
}
print("; ".join(f"{name} {' '.join(str(round(float(value), 3)) for value in values)}" for name, values in told.items()))
P
)
echo "$seen"
[ "$seen" = "comtrade 50.0 nan 51.0; comtrade-io 50.0 -16384.0 51.0; comtraderecord 0.083 -27.307 0.085" ]
