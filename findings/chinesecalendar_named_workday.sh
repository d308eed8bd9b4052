#!/usr/bin/env bash
# chinesecalendar 1.11.0 (PyPI), get_holiday_detail(2026-02-14): a make-up working day answers
# (False, 'Spring Festival'); the name alone makes a working Saturday look like a holiday. 2027 raises NotImplementedError.
# Seen: False Spring Festival True NotImplementedError
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --quiet install chinesecalendar==1.11.0
seen=$("$place/venv/bin/python" -c '
from datetime import date
import chinese_calendar
day = date(2026, 2, 14)
try:
    chinese_calendar.is_workday(date(2027, 2, 8))
    later = "an answer"
except NotImplementedError as error:
    later = type(error).__name__
print(*chinese_calendar.get_holiday_detail(day), chinese_calendar.is_workday(day), later)')
echo "$seen"
[ "$seen" = "False Spring Festival True NotImplementedError" ]
