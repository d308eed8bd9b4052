#!/usr/bin/env bash
# mpxj 16.10.0, JPype1 1.6.0 (PyPI; Java is needed): a calendar of a task that stands on another one is written to a
# project file of Microsoft Project (MSPDI) as one that stands alone, all seven days and the other's days off spelled out.
# So a file that went through it says of a calendar that it is a base calendar although it was derived, and a later change
# of the base does not reach it. Read directly, the same file keeps the derivation.
# Seen: read: Night on Standard; written: Night on nothing, 7 weekdays, base calendar
set -euo pipefail
command -v java > /dev/null || { echo "no Java runtime here"; exit 2; }
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --quiet install mpxj==16.10.0 JPype1==1.6.0
cat > "$place/in.xml" <<'X'
<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project"><Name>A</Name><CalendarUID>1</CalendarUID><Calendars>
<Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar><BaseCalendarUID>-1</BaseCalendarUID>
<WeekDays><WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime>
<ToTime>12:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay></WeekDays></Calendar>
<Calendar><UID>2</UID><Name>Night</Name><IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>1</BaseCalendarUID>
<WeekDays><WeekDay><DayType>3</DayType><DayWorking>0</DayWorking></WeekDay></WeekDays></Calendar></Calendars>
<Tasks><Task><UID>1</UID><ID>1</ID><Name>T</Name><OutlineLevel>1</OutlineLevel><Duration>PT4H0M0S</Duration>
<CalendarUID>2</CalendarUID></Task></Tasks></Project>
X
seen=$("$place/venv/bin/python" - "$place" <<'P'
import sys
import xml.etree.ElementTree as tree
import jpype
import mpxj
jpype.startJVM()
from org.mpxj.reader import UniversalProjectReader
from org.mpxj.writer import FileFormat, UniversalProjectWriter
folder = sys.argv[1]
plan = UniversalProjectReader().read(f"{folder}/in.xml")
night = next(calendar for calendar in plan.getCalendars() if str(calendar.getName()) == "Night")
print(f"read: Night on {night.getParent().getName()};", end=" ")
UniversalProjectWriter(FileFormat.MSPDI).write(plan, f"{folder}/out.xml")
space = "{http://schemas.microsoft.com/project}"
night = next(calendar for calendar in tree.parse(f"{folder}/out.xml").iter(f"{space}Calendar")
             if calendar.findtext(f"{space}Name") == "Night")
base = night.findtext(f"{space}BaseCalendarUID")
kind = "base calendar" if night.findtext(f"{space}IsBaseCalendar") == "1" else "derived"
print(f"written: Night on {'nothing' if base in (None, '-1', '0') else base}, "
      f"{len(night.findall(f'.//{space}WeekDay'))} weekdays, {kind}")
P
)
echo "$seen"
[ "$seen" = "read: Night on Standard; written: Night on nothing, 7 weekdays, base calendar" ]
