#!/usr/bin/env bash
# ical.js 2.2.1, rrule 2.8.1 (npm), python-dateutil 2.9.0 (PyPI): repeating dates of a calendar file (RFC 5545); the first is the
# library of Thunderbird. "The last day of each quarter", for a calibration: right in 2026, in 2027 its second quarter ends on 1 July,
# the third on 1 October. "The 15th, or the last working day before it" (BYSETPOS): 13 April, where the 15th is a Wednesday. What
# began on 29 February comes again on 1 March; the RFC passes over days that do not exist. The two others agree. No error in any.
# Seen: ical.js: quarters 20270331 20270701 20271001 20271231; 15th 20260115 20260213 20260313 20260413; 29 February 20240229 20250301 20260301 | rrule: quarters 20270331 20270630 20270930 20271231; 15th 20260115 20260213 20260313 20260415; 29 February 20240229 20280229 20320229 | dateutil: as rrule
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install python-dateutil==2.9.0
npm init --yes > init.log
npm install --silent ical.js@2.2.1 rrule@2.8.1 > /dev/null
cat > rules.json <<'J'
[
    ["quarters", "20260331", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1;COUNT=8"],
    ["15th", "20260115", "FREQ=MONTHLY;BYMONTHDAY=13,14,15;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=4"],
    ["29 February", "20240229", "FREQ=YEARLY;COUNT=3"]
]
J
cat > rules.mjs <<'J'
import fs from "fs";
import ICAL from "ical.js";
import rrule from "rrule";
const rules = JSON.parse(fs.readFileSync("rules.json"));
const day = (text) => text.slice(0, 10).replaceAll("-", "");
const readers = {
    "ical.js": (first, rule) => {
        const start = ICAL.Time.fromDateString(`${first.slice(0, 4)}-${first.slice(4, 6)}-${first.slice(6)}`);
        const dates = ICAL.Recur.fromString(rule).iterator(start);
        const found = [];
        for (let next = dates.next(); next; next = dates.next()) {
            found.push(day(next.toString()));
        }
        return found;
    },
    rrule: (first, rule) => {
        const dates = rrule.rrulestr(`DTSTART:${first}T000000Z\nRRULE:${rule}`).all();
        return dates.map((date) => day(date.toISOString()));
    },
};
const told = Object.entries(readers).map(([name, read]) => {
    const lines = rules.map(([what, first, rule]) => `${what} ${read(first, rule).slice(-4).join(" ")}`);
    return `${name}: ${lines.join("; ")}`;
});
console.log(told.join(" | "));
J
seen=$(node rules.mjs)
other=$(venv/bin/python - <<'P'
import json
from dateutil.rrule import rrulestr
with open("rules.json") as file:
    rules = json.load(file)
print("; ".join(f"{what} " + " ".join(f"{date:%Y%m%d}" for date in list(rrulestr(
    f"DTSTART:{first}T000000\nRRULE:{rule}"))[-4:]) for what, first, rule in rules))
P
)
if [ "${seen#*rrule: }" = "$other" ]; then other="as rrule"; fi
seen="$seen | dateutil: $other"
echo "$seen"
[ "$seen" = "ical.js: quarters 20270331 20270701 20271001 20271231; 15th 20260115 20260213 20260313 20260413; 29 February 20240229 20250301 20260301 | rrule: quarters 20270331 20270630 20270930 20271231; 15th 20260115 20260213 20260313 20260415; 29 February 20240229 20280229 20320229 | dateutil: as rrule" ]
