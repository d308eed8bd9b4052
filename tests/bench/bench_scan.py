"""warehouse_scan: what one scan costs, against a read of one row

Both go through the whole of the server: session, rights, transaction. A scan that counts goods up is one call; it has
as
many queries for a transfer of 1, 10 and 500 lines; it takes at most 3 times as long as a one-row read of the same run.
1,000 queued scans are at most 25 calls.
"""
import json
import logging
import statistics
import time
import uuid

from werkzeug.test import Client

from odoo import http
from odoo.fields import Command

logging.getLogger("odoo").setLevel(logging.ERROR)
logging.getLogger("werkzeug").setLevel(logging.ERROR)
TURNS, ROUNDS, SIZES, QUEUE = 60, 3, (1, 10, 500), 1000
TIMES, CALLS = 3.0, 25


class Store:
    """Receipts of several sizes, and a storekeeper whose device is logged in."""

    def __init__(self, env):
        self.env = env
        self.keeper = env["res.users"].create({
            "name": "Keeper of the bench", "login": "bench_keeper", "password": "bench_keeper_1",
            "group_ids": [Command.link(env.ref("stock.group_stock_user").id)]})
        self.products = env["product.product"].create([
            {"name": f"Part {number}", "is_storable": True, "barcode": f"BENCH-{number}"}
            for number in range(max(SIZES))])
        store = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
        self.pickings = {}
        for size in SIZES:
            picking = self.pickings[size] = env["stock.picking"].create({
                "picking_type_id": store.in_type_id.id,
                "move_ids": [Command.create({"product_id": product.id, "product_uom_qty": 10000})
                             for product in self.products[:size]]})
            picking.action_confirm()
        env.cr.commit()
        self.client = Client(http.root)
        self.call("/web/session/authenticate", {"db": env.cr.dbname, "login": "bench_keeper",
            "password": "bench_keeper_1"})
        self.number = 0

    def call(self, route, params):
        """Answer of the server."""
        answer = self.client.post(route, data=json.dumps({"params": params}), content_type="application/json",
                                  environ_base={"REMOTE_ADDR": "127.0.0.1"})
        said = json.loads(answer.get_data())
        if "error" in said:
            raise SystemExit(said["error"]["data"]["debug"])
        return said["result"]

    def entry(self, run, kind, value):
        self.number += 1
        return {"uuid": str(uuid.uuid4()), "number": self.number, "model": "scan.run", "method": "outbox_step",
                "subject": f"scan.run,{run}", "entered": 1, "said": {
                    "run": run, "flow": "receive", "event": {"kind": kind, "value": value}}}

    def send(self, *entries):
        """Values of the entries, none of which was refused."""
        answers = self.call("/web_outbox/send", {"user": self.keeper.id, "now": 1, "entries": list(entries)})["answers"]
        for answer in answers.values():
            if answer["state"] != "done" or (answer["value"]["message"] or {}).get("kind") == "error":
                raise SystemExit(answer)
        return answers

    def open(self, size):
        run = str(uuid.uuid4())
        self.send(self.entry(run, "start", {"model": "stock.picking", "id": self.pickings[size].id}))
        return run

    def read(self):
        self.call("/web/dataset/call_kw/res.partner/read", {
            "model": "res.partner", "method": "read", "args": [[self.keeper.partner_id.id], ["name", "email"]],
            "kwargs": {}})

    def timed(self, function):
        """Milliseconds of the wall and of the processor."""
        begin, spent = time.perf_counter(), time.process_time()
        function()
        return (time.perf_counter() - begin) * 1000, (time.process_time() - spent) * 1000


def percentiles(times):
    """Of the wall: p50 and p95; of the processor: p50."""
    wall, processor = zip(*times, strict=True)
    return statistics.median(wall), sorted(wall)[int(len(wall) * 0.95)], statistics.median(processor)


store = Store(env)  # noqa: F821
runs = {size: store.open(size) for size in SIZES}
for size in SIZES:
    store.send(store.entry(runs[size], "scan", "BENCH-0"))
store.read()
times = {"one-row read": []} | {size: [] for size in SIZES}
for _round in range(ROUNDS):  # in turns: what else the machine does meets all of them
    for _turn in range(TURNS // ROUNDS):
        times["one-row read"].append(store.timed(store.read))
        for size in SIZES:
            times[size].append(store.timed(lambda size=size: store.send(store.entry(runs[size], "scan", "BENCH-0"))))
base, base95, least = percentiles(times["one-row read"])
print(f"\n{'':<32}{'p50 ms':>9}{'p95 ms':>9}{'times':>8}{'CPU ms':>9}{'times':>8}")
print(f"  {'one-row read':<30}{base:>9.1f}{base95:>9.1f}{'':>8}{least:>9.1f}")
kept = True
for size in SIZES:
    middle, high, spent = percentiles(times[size])
    kept &= spent <= TIMES * least
    print(f"  {f'scan, transfer of {size} lines':<30}{middle:>9.1f}{high:>9.1f}{middle / base:>8.1f}{spent:>9.1f}"
          f"{spent / least:>8.1f}  {'PASS' if spent <= TIMES * least else 'FAIL'}")

queries = {}
env.cr.rollback()  # noqa: F821  # begin where the server is now
user_env = env(user=store.keeper.id)  # noqa: F821
user_env["scan.run"].outbox_step(store.entry(runs[1], "scan", "BENCH-0")["said"], None)
for size in SIZES:
    user_env.invalidate_all()
    before = user_env.cr.sql_log_count
    user_env["scan.run"].outbox_step(store.entry(runs[size], "scan", "BENCH-0")["said"], None)
    user_env.flush_all()
    queries[size] = user_env.cr.sql_log_count - before
env.cr.rollback()  # noqa: F821
same = len(set(queries.values())) == 1
kept &= same
print(f"  queries of a scan: {queries}  {'PASS' if same else 'FAIL'}")

queue = [store.entry(runs[500], "scan", f"BENCH-{number % 500}") for number in range(QUEUE)]
calls, begin = 0, time.perf_counter()
for first in range(0, QUEUE, 50):
    store.send(*queue[first:first + 50])
    calls += 1
kept &= calls <= CALLS
seconds = time.perf_counter() - begin
print(f"  {QUEUE} queued scans: {calls} calls, {seconds:.1f} s  {'PASS' if calls <= CALLS else 'FAIL'}")
if not kept:
    raise SystemExit("slower than allowed")
