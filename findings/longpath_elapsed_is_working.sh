#!/usr/bin/env bash
# longpath 0.1.0 (PyPI, September 2026), a scheduler that reads project files of Microsoft Project (MSPDI): elapsed time is taken
# for working time, with no warning, and a lag in per cent for one in per mille. Paint that dries for three days and nights
# (DurationFormat 8) is done on Friday or Saturday; here it dries nine working days. So does a lag of three elapsed days (LagFormat 8),
# and a lag of 50 % of two days (LagFormat 19) is 48 minutes instead of a day. MPXJ 16.10.0 reads 3.0ed, 3.0ed and 50.0% in the same file.
# Seen: Paint Mon 02 08:00 - Tue 03 17:00; Dry Wed 04 08:00 - Mon 16 17:00; Wire Tue 17 08:00 - Tue 17 17:00; Test Wed 04 08:48 - Thu 05 08:48
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --quiet install --no-deps longpath==0.1.0
seen=$("$place/venv/bin/python" - "$place/plan.xml" <<'P'
import sys
from longpath import cpm, mspdi
DAY, ELAPSED_DAY, PER_CENT = 7, 8, 19
HOURS = "".join(f"<WorkingTime><FromTime>{start}:00:00</FromTime><ToTime>{stop}:00:00</ToTime></WorkingTime>"
                for start, stop in (("08", "12"), ("13", "17")))
def weekday(number):
    times = f"<WorkingTimes>{HOURS}</WorkingTimes>" if 1 < number < 7 else ""
    return f"<WeekDay><DayType>{number}</DayType><DayWorking>{int(bool(times))}</DayWorking>{times}</WeekDay>"
def task(uid, name, hours, form, *links):
    return (f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{name}</Name><OutlineLevel>1</OutlineLevel>"
            f"<Duration>PT{hours}H0M0S</Duration><DurationFormat>{form}</DurationFormat>{''.join(links)}</Task>")
def after(uid, lag, form):
    return (f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>1</Type><LinkLag>{lag}</LinkLag>"
            f"<LagFormat>{form}</LagFormat></PredecessorLink>")
tasks = [
    task(1, "Paint", 16, DAY), task(2, "Dry", 72, ELAPSED_DAY, after(1, 0, DAY)),
    task(3, "Wire", 8, DAY, after(1, 10 * 60 * 72, ELAPSED_DAY)), task(4, "Test", 8, DAY, after(1, 50, PER_CENT))]
with open(sys.argv[1], "w") as file:
    file.write(
        '<?xml version="1.0" encoding="UTF-8"?><Project xmlns="http://schemas.microsoft.com/project"><Name>Cabinet</Name>'
        "<StartDate>2026-11-02T08:00:00</StartDate><CalendarUID>1</CalendarUID><MinutesPerDay>480</MinutesPerDay><Calendars>"
        "<Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar><BaseCalendarUID>-1</BaseCalendarUID>"
        f"<WeekDays>{''.join(map(weekday, range(1, 8)))}</WeekDays></Calendar></Calendars>"
        f"<Tasks>{''.join(tasks)}</Tasks></Project>")
schedule = mspdi.load(sys.argv[1])
plan = schedule.projects["1"]
found = cpm.run(plan, schedule.calendars, cpm.CpmOptions.for_project(plan, "mspdi"))
print("; ".join(f"{item.name} {found.dt(found.es[uid]):%a %d %H:%M} - {found.dt(found.ef[uid]):%a %d %H:%M}"
                for uid, item in plan.activities.items()))
P
)
echo "$seen"
[ "$seen" = "Paint Mon 02 08:00 - Tue 03 17:00; Dry Wed 04 08:00 - Mon 16 17:00; Wire Tue 17 08:00 - Tue 17 17:00; Test Wed 04 08:48 - Thu 05 08:48" ]
