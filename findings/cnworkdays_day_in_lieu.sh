#!/usr/bin/env bash
# cnworkdays 2026.0 (PyPI), its reader of the State Council's yearly notice: the notices of 2016 and 2017 give a day in lieu
# (补休) after the day off, in one sentence; the reader takes the first day and passes over the second without a word. A Monday
# off is a working day then, and each term that crosses it ends a day early. The other sentences of the notice come out right.
# Seen: 2017-01-02: a working day; 2017-04-03: off; 2017-04-01: worked
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --quiet install --no-deps cnworkdays==2026.0
seen=$("$place/venv/bin/python" - <<'P'
from cn_workdays.holiparse.parser import parse_holidays_comp_working_days
NOTICE = """国务院办公厅关于2017年部分节假日安排的通知
一、元旦：1月1日放假，1月2日（星期一）补休。
三、清明节：4月2日至4日放假调休，共3天。4月1日（星期六）上班。
"""
days = parse_holidays_comp_working_days(NOTICE)
def told(day):
    off, worked = day in days["holidays"], day in days["compensatory_working_days"]
    return f"{day}: {'off' if off else 'worked' if worked else 'a working day'}"
print("; ".join(map(told, ("2017-01-02", "2017-04-03", "2017-04-01"))))
P
)
echo "$seen"
[ "$seen" = "2017-01-02: a working day; 2017-04-03: off; 2017-04-01: worked" ]
