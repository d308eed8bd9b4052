#!/usr/bin/env bash
# dayjs 1.11.23, dayjs-business-time 1.0.4 (npm): the plug-in's businessHoursDiff has the opposite sign of dayjs's own diff, and
# of moment-business-time 2.0.0, whose place it takes. now.diff(due) is positive when late, now.businessHoursDiff(due) negative:
# whoever swaps one for the other to leave the nights out sees every late order as early.
# Seen: diff 2, businessHoursDiff -2, moment's workingDiff 2
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init --yes > init.log
npm install --silent dayjs@1.11.23 dayjs-business-time@1.0.4 moment@2.30.1 moment-business-time@2.0.0 > /dev/null
seen=$(node - <<'J'
const dayjs = require("dayjs");
dayjs.extend(require("dayjs-business-time"));
const moment = require("moment-business-time");
const [due, now] = ["2026-11-30 10:00", "2026-11-30 12:00"];
console.log(`diff ${dayjs(now).diff(due, "hour")}, businessHoursDiff ${dayjs(now).businessHoursDiff(dayjs(due))},`,
    `moment's workingDiff ${moment(now).workingDiff(moment(due), "hours")}`);
J
)
echo "$seen"
[ "$seen" = "diff 2, businessHoursDiff -2, moment's workingDiff 2" ]
