#!/usr/bin/env bash
# duckdb 2.0.1 (PyPI): a supplier's list (CSV) of promised dates, day first as in DIN 5008, with two places for the year. 30.11.26 and
# 15.12.26 are 26 November 2030 and 26 December 2015: as long as each of the three numbers could be it, the first is taken for the
# year, though the last is 26 in every row and the first is not the same twice. One more row with a day of one digit, and all of them
# are right, as they are with four places for the year. No word of it in either case; its page on detection has the reason, a table
# that puts %y-%m-%d before %d-%m-%y.
# Seen: 30.11.26 2030-11-26, 15.12.26 2015-12-26 | 30.11.26 2026-11-30, 15.12.26 2026-12-15, 7.12.26 2026-12-07 | 30.11.2026 2026-11-30, 15.12.2026 2026-12-15
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install duckdb==2.0.1
seen=$(venv/bin/python - <<'P'
import duckdb
LISTS = (("30.11.26", "15.12.26"), ("30.11.26", "15.12.26", "7.12.26"), ("30.11.2026", "15.12.2026"))
told = []
for dates in LISTS:
    with open("list.csv", "w") as file:
        file.write("Part;Promised\n" + "".join(f"3RT2016;{date}\n" for date in dates))
    rows = duckdb.sql("SELECT Promised FROM 'list.csv'").fetchall()
    told.append(", ".join(f"{date} {day}" for date, (day,) in zip(dates, rows, strict=True)))
print(" | ".join(told))
P
)
echo "$seen"
[ "$seen" = "30.11.26 2030-11-26, 15.12.26 2015-12-26 | 30.11.26 2026-11-30, 15.12.26 2026-12-15, 7.12.26 2026-12-07 | 30.11.2026 2026-11-30, 15.12.2026 2026-12-15" ]
