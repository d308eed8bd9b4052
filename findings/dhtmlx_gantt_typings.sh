#!/usr/bin/env bash
# dhtmlx-gantt 10.0.3 (npm, community edition, MIT): the typings declare isCriticalTask, addTaskLayer, addMarker and
# groupBy as functions; at run time none of them is there.
# Seen: isCriticalTask: declared, undefined (and so on for the four)
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init --yes > init.log
npm install --silent dhtmlx-gantt@10.0.3 jsdom@24.1.3
seen=$(node -e '
const { JSDOM } = require("jsdom");
const fs = require("fs");
const folder = "node_modules/dhtmlx-gantt/codebase/";
const page = new JSDOM("<div id=chart></div>", { runScripts: "outside-only", pretendToBeVisual: true });
page.window.eval(fs.readFileSync(folder + "dhtmlxgantt.js", "utf8"));
const typings = fs.readFileSync(folder + "dhtmlxgantt.d.ts", "utf8");
for (const name of ["isCriticalTask", "addTaskLayer", "addMarker", "groupBy"]) {
    const declared = new RegExp(`\\b${name}\\s*[(:]`).test(typings) ? "declared" : "not declared";
    console.log(`${name}: ${declared}, ${typeof page.window.gantt[name]}`);
}')
echo "$seen"
[ "$(grep -c ': declared, undefined$' <<< "$seen")" = 4 ]
