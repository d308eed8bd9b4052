#!/usr/bin/env bash
# SpiffWorkflow 3.2.0 (PyPI), @0dep/piso 3.1.0 (npm, the clock of bpmn-engine 25), isodate 0.7.2 (PyPI), luxon 3.7.2 (npm): a limit of
# one month (P1M) in a process of BPMN that begins on 31 January ends on 3 March, in both engines; two libraries of ISO 8601 say 28
# February. "Twelve times, each month" from 1 January: one engine takes the length of the first month for all of them, and is on 7
# January after a year, a day or three later each month.
# Seen: P1M from 2026-01-31: SpiffWorkflow 2026-03-03, piso 2026-03-03, isodate 2026-02-28, luxon 2026-02-28; R12/2024-01-01/P1M ends: SpiffWorkflow 2025-01-07, piso 2025-01-01
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install SpiffWorkflow==3.2.0 isodate==0.7.2
npm init --yes > init.log
npm install --silent @0dep/piso@3.1.0 luxon@3.7.2 > /dev/null
cat > timer.py <<'P'
import datetime
import sys
import isodate
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
def last_of(cycle):
    with open("limit.bpmn", "w") as file:
        file.write(
            f'<definitions xmlns="{MODEL}" targetNamespace="limit"><process id="limit" isExecutable="true"><startEvent id="begin"/>'
            '<sequenceFlow id="one" sourceRef="begin" targetRef="wait"/><intermediateCatchEvent id="wait"><timerEventDefinition>'
            f'<timeCycle>"{cycle}"</timeCycle></timerEventDefinition></intermediateCatchEvent>'
            '<sequenceFlow id="two" sourceRef="wait" targetRef="end"/><endEvent id="end"/></process></definitions>')
    parser = BpmnParser()
    parser.add_bpmn_file("limit.bpmn")
    process = BpmnWorkflow(parser.get_spec("limit"))
    process.do_engine_steps()
    found = []
    for _time in range(13):
        process.refresh_waiting_tasks()
        values = (task._get_internal_data("event_value") for task in process.get_tasks())
        found += [value["next"][:10] for value in values if value]
    return found[-1]
first = datetime.datetime(2026, 1, 31, tzinfo=datetime.timezone.utc)
month = TimerEventDefinition.get_timedelta_from_start(TimerEventDefinition.parse_iso_duration("P1M"), first)
clock, lasts = sys.argv[1].split()[:2], sys.argv[1].split()[2]
print(f"P1M from 2026-01-31: SpiffWorkflow {first + month:%Y-%m-%d}, piso {clock[0]}, "
      f"isodate {first + isodate.parse_duration('P1M'):%Y-%m-%d}, luxon {clock[1]}; R12/2024-01-01/P1M ends: "
      f"SpiffWorkflow {last_of('R12/2024-01-01T08:00:00+00:00/P1M')}, piso {lasts}")
P
other=$(node -e '
const { parseDuration, parseInterval } = require("@0dep/piso");
const { DateTime, Duration } = require("luxon");
const day = (date) => date.toISOString().slice(0, 10);
const month = parseDuration("P1M").getExpireAt(new Date("2026-01-31T00:00:00Z"));
const cycle = parseInterval("R12/2024-01-01T08:00:00Z/P1M");
let last = new Date("2024-01-01T08:00:00Z");
for (let time = 0; time < 12; time++) {
    last = cycle.getExpireAt(new Date(last.getTime() + 1));
}
console.log(day(month), DateTime.fromISO("2026-01-31").plus(Duration.fromISO("P1M")).toISODate(), day(last));')
seen=$(venv/bin/python timer.py "$other")
echo "$seen"
[ "$seen" = "P1M from 2026-01-31: SpiffWorkflow 2026-03-03, piso 2026-03-03, isodate 2026-02-28, luxon 2026-02-28; R12/2024-01-01/P1M ends: SpiffWorkflow 2025-01-07, piso 2025-01-01" ]
