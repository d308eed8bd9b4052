#!/usr/bin/env bash
# asyncua 2.1.0 (PyPI): an OPC UA server with the temperature of a busbar, watched with an absolute deadband of 1. The standard
# (OPC 10000-4, 7.22.2) compares with the last value that was put in the queue; this server compares with the one just before. A busbar
# that warms by 0.8 at a time from 40 to 80 is told as 40 for ever, one that jumps is told. And the deadband, which the standard ignores
# where the status changes, swallows that change too: a sensor that fails (Uncertain, value kept) stays good at the client.
# Seen: by 0.8 to 80.0: 40.0 Good; by 8 to 80.0: 40.0 Good, 48.0 Good, 56.0 Good, 64.0 Good, 72.0 Good, 80.0 Good; sensor fails: 40.0 Good; sensor fails, no deadband: 40.0 Good, 40.0 Uncertain
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install asyncua==2.1.0
cat > busbar.py <<'P'
import asyncio
import logging
import socket
from asyncua import Client, Server, ua
logging.disable(logging.CRITICAL)
class Told:
    def __init__(self):
        self.lines = []
    def datachange_notification(self, node, value, data):
        status = data.monitored_item.Value.StatusCode
        self.lines.append(f"{value} {status.name}")
async def watch(client, variable, values, deadband):
    told = Told()
    await variable.write_value(ua.DataValue(ua.Variant(40.0, ua.VariantType.Double)))
    subscription = await client.create_subscription(20, told)
    node = client.get_node(variable.nodeid)
    await (subscription.deadband_monitor(node, deadband) if deadband else subscription.subscribe_data_change(node, queuesize=99))
    await asyncio.sleep(0.3)
    for value, status in values:
        await variable.write_value(ua.DataValue(ua.Variant(value, ua.VariantType.Double), ua.StatusCode(status)))
        await asyncio.sleep(0.06)
    await asyncio.sleep(0.5)
    await subscription.delete()
    return ", ".join(told.lines)
async def main():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"opc.tcp://127.0.0.1:{free.getsockname()[1]}/"
    server = Server()
    await server.init()
    server.set_endpoint(url)
    space = await server.register_namespace("urn:busbar")
    variable = await server.nodes.objects.add_variable(space, "temperature", 40.0)
    good, failed = ua.StatusCodes.Good, ua.StatusCodes.Uncertain
    slow = [(round(40 + 0.8 * step, 1), good) for step in range(1, 51)]
    quick = [(40.0 + 8 * step, good) for step in range(1, 6)]
    fails = [(40.0, failed)]
    async with server, Client(url) as client:
        print("; ".join([
            f"by 0.8 to {slow[-1][0]}: {await watch(client, variable, slow, 1)}",
            f"by 8 to {quick[-1][0]}: {await watch(client, variable, quick, 1)}",
            f"sensor fails: {await watch(client, variable, fails, 1)}",
            f"sensor fails, no deadband: {await watch(client, variable, fails, 0)}"]))
asyncio.run(main())
P
seen=$(venv/bin/python -W ignore busbar.py)
echo "$seen"
[ "$seen" = "by 0.8 to 80.0: 40.0 Good; by 8 to 80.0: 40.0 Good, 48.0 Good, 56.0 Good, 64.0 Good, 72.0 Good, 80.0 Good; sensor fails: 40.0 Good; sensor fails, no deadband: 40.0 Good, 40.0 Uncertain" ]
