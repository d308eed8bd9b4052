#!/usr/bin/env bash
# pysparkplug 0.6.1 (PyPI), sparkplug-payload 1.0.3 (npm): two libraries for Sparkplug B, the form in which gateways of panel meters
# send values by MQTT. What one writes the other reads without an error, and with other values: a counter (UInt32) of 812345 is null,
# because one keeps it in a field of 32 bits, the other looks in one of 64; a temperature of -5 in 8 bits is 251, in 16 bits 65531,
# and right in 32. A message of values (NDATA), which the specification would have without types, is null throughout. Each reads
# itself well.
# Seen: birth: UINT32 null, INT8 251, INT16 65531, INT32 -5; data: UINT32 null, INT8 null, INT16 null, INT32 null; its own: 812345 -5
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install pysparkplug==0.6.1
npm init --yes > init.log
npm install --silent sparkplug-payload@1.0.3 > /dev/null
own=$(venv/bin/python - <<'P'
from pysparkplug import DataType, Metric, NBirth, NData
written = {DataType.UINT32: 812345, DataType.INT8: -5, DataType.INT16: -5, DataType.INT32: -5}
metrics = tuple(
    Metric(timestamp=1, name=kind.name, datatype=kind, value=value) for kind, value in written.items())
for name, message in (("birth", NBirth(timestamp=1, seq=0, metrics=metrics)), ("data", NData(timestamp=1, seq=1, metrics=metrics))):
    with open(name, "wb") as file:
        file.write(message.encode())
with open("birth", "rb") as file:
    read = {metric.name: metric.value for metric in NBirth.decode(file.read()).metrics}
print(read["UINT32"], read["INT8"])
P
)
seen=$(node - <<'J'
const fs = require("fs");
const sparkplug = require("sparkplug-payload").get("spBv1.0");
const told = ["birth", "data"].map((name) => {
    const { metrics } = sparkplug.decodePayload(fs.readFileSync(name));
    return `${name}: ${metrics.map((metric) => `${metric.name} ${metric.value}`).join(", ")}`;
});
console.log(told.join("; "));
J
)
seen="$seen; its own: $own"
echo "$seen"
[ "$seen" = "birth: UINT32 null, INT8 251, INT16 65531, INT32 -5; data: UINT32 null, INT8 null, INT16 null, INT32 null; its own: 812345 -5" ]
