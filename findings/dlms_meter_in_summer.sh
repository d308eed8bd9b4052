#!/usr/bin/env bash
# dlms-cosem 25.1.0, amshan 2.1.1, gurux-dlms 1.0.203 (PyPI): the time that an electricity meter sends with its readings (DLMS/COSEM,
# IEC 62056-6-2): twelve bytes, the last the state of the clock, where 80 is summer time, 01 an invalid clock and FF "not specified";
# before it the minutes from local time to UTC, 8000 if not specified. amshan counts the bits from the other end: a meter in summer
# time has an invalid clock, one whose clock has failed is in summer time. FF, of a meter that keeps no state, is every fault at once
# to both of the first two, though amshan's own rule sets FF apart (it compares a value that it has made None before). And 0 minutes,
# a meter that keeps UTC, is to dlms-cosem no zone at all, so that Python takes it as the computer's local time, eight hours off in
# Beijing; not even what the library wrote itself comes back. gurux-dlms has the three bytes and the zone as they are.
# Seen: dlms-cosem summer: summer; invalid: invalid; unspecified: invalid summer; UTC None, 10800 s | amshan summer: invalid; invalid: summer; unspecified: invalid summer; UTC 0:00:00, 10800 s | gurux-dlms summer: summer; invalid: invalid; unspecified: FF; UTC 0:00:00, 10800 s
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install dlms-cosem==25.1.0 amshan==2.1.1 gurux-dlms==1.0.203
cat > clock.py <<'P'
from datetime import UTC, datetime
from dlms_cosem.time import datetime_from_bytes, datetime_to_bytes
from gurux_dlms import GXDLMSClient
from gurux_dlms.enums import ClockStatus, DataType
from han.cosem import DateTime
STATES = {"summer": 0x80, "invalid": 0x01, "unspecified": 0xFF}
MOMENT = bytes.fromhex("07EA071E040E0F0000")
def dlms_cosem(sent):
    moment, state = datetime_from_bytes(sent)
    return moment, (state.invalid, state.daylight_saving_active)
def amshan(sent):
    read = DateTime.parse(bytes([len(sent)]) + sent)
    return read.datetime, (read.clock_status.invalid_value, read.clock_status.daylight_saving_active)
def gurux(sent):
    read = GXDLMSClient.changeType(bytearray(sent), DataType.DATETIME)
    if int(read.status) == 0xFF:
        return read.value, "FF"
    return read.value, (read.status & ClockStatus.INVALID_VALUE, read.status & ClockStatus.DAYLIGHT_SAVE_ACTIVE)
def told(name, read):
    words = []
    for state, byte in STATES.items():
        flags = read(MOMENT + b"\xFE\x20" + bytes([byte]))[1]
        words.append(f"{state}: " + (flags if isinstance(flags, str) else " ".join(
            word for word, flag in zip(("invalid", "summer"), flags, strict=True) if flag)))
    zone = read(datetime_to_bytes(datetime(2026, 7, 30, 14, 15, tzinfo=UTC)))[0].utcoffset()
    ahead = read(MOMENT + b"\xFF\x4C\x00")[0].utcoffset()
    return f"{name} {'; '.join(words)}; UTC {zone}, {ahead.seconds} s"
print(" | ".join(told(name, read) for name, read in (("dlms-cosem", dlms_cosem), ("amshan", amshan), ("gurux-dlms", gurux))))
P
seen=$(venv/bin/python clock.py)
echo "$seen"
[ "$seen" = "dlms-cosem summer: summer; invalid: invalid; unspecified: invalid summer; UTC None, 10800 s | amshan summer: invalid; invalid: summer; unspecified: invalid summer; UTC 0:00:00, 10800 s | gurux-dlms summer: summer; invalid: invalid; unspecified: FF; UTC 0:00:00, 10800 s" ]
