#!/usr/bin/env bash
# time-parser-zh 1.0.0 (PyPI, October 2026): dates in Chinese, as suppliers write them in a chat. What it does not know it does not
# refuse, it takes a part of it: 大后天 (in three days) is 后天 (in two), 明年一季度 (the first quarter of next year) is all of next
# year, 下月初 (the beginning of next month) all of the month, 年底 (the end of the year) all of this one, and 晚上12点 (midnight) is
# noon. 三天后 (in three days) is nothing, as it should be.
# Seen: 后天 2026-12-02..2026-12-02, 大后天 2026-12-02..2026-12-02, 明年一季度 2027-01-01..2027-12-31, 下月初 2026-12-01..2026-12-31, 年底 2026-01-01..2026-12-31, 三天后 None..None, 今天晚上12点 2026-11-30 12:00:00
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --quiet install time-parser-zh==1.0.0
seen=$("$place/venv/bin/python" - <<'P'
from datetime import datetime
from time_parser_zh import extract_date_range_v2, extract_datetime_point
monday = datetime(2026, 11, 30, 15, 30)
told = [f"{words} {'..'.join(map(str, extract_date_range_v2(words, today=monday).to_tuple()))}"
        for words in ("后天", "大后天", "明年一季度", "下月初", "年底", "三天后")]
print(", ".join([*told, f"今天晚上12点 {extract_datetime_point('今天晚上12点', today=monday).datetime}"]))
P
)
echo "$seen"
[ "$seen" = "后天 2026-12-02..2026-12-02, 大后天 2026-12-02..2026-12-02, 明年一季度 2027-01-01..2027-12-31, 下月初 2026-12-01..2026-12-31, 年底 2026-01-01..2026-12-31, 三天后 None..None, 今天晚上12点 2026-11-30 12:00:00" ]
