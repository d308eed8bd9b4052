import uuid
from contextlib import contextmanager

from odoo.tests import tagged

from .common import ScanCommon

NOW = 1_790_000_000_000


@tagged("-at_install", "post_install")
class TestScanReplay(ScanCommon):
    @contextmanager
    def counting_queries(self):
        before = self.env.cr.sql_log_count
        used = []
        yield used
        self.env.flush_all()
        used.append(self.env.cr.sql_log_count - before)

    def entries(self, flow, *events):
        """What a device has queued: events of one run."""
        run = str(uuid.uuid4())
        return [{
            "uuid": str(uuid.uuid4()), "number": number, "model": "scan.run", "method": "outbox_step",
            "subject": f"scan.run,{run}", "entered": NOW - 1000 + number,
            "said": {"run": run, "flow": flow, "event": {"kind": kind, "value": value, "seen": "count"}},
        } for number, (kind, value) in enumerate(events)]

    def send(self, entries):
        answers = self.env["web.outbox.entry"].with_user(self.keeper)._take(entries, NOW)
        self.env.invalidate_all()
        return answers

    def test_queue_is_replayed_once_in_order(self):
        """SCN-3: a queue is done exactly once and in its order, sent twice, in other order, in parts of fifty; 1,000
        scans are 20 calls."""
        picking = self.transfer("incoming", (self.bolt, 500), (self.cable, 5))
        queue = self.entries(
            "receive", ("start", {"model": "stock.picking", "id": picking.id}),
            *[("scan", "6901234567892")] * 40, ("undo", None), ("scan", "NOBODY"), ("scan", "CABLE-16"), ("scan", "L1"),
            *[("scan", "6901234567892")] * 20)
        first, second = queue[:50], queue[50:]
        answers = self.send(list(reversed(first)))
        self.assertEqual({answer["state"] for answer in answers.values()}, {"done"})
        kinds = [(answers[entry["uuid"]]["value"]["message"] or {}).get("kind") for entry in first]
        self.assertEqual([number for number, kind in enumerate(kinds) if kind == "error"], [42])
        self.send(second)
        again = self.send(first)
        self.assertEqual(again, answers)
        self.assertEqual(self.counted(picking), {self.bolt: 59, self.cable: 1})

    def test_one_scan_costs_the_same(self):
        """SCN-1: a scan is one call with as many queries for a transfer of 1, 10 and 500 lines."""
        goods = self.env["product.product"].create([
            {"name": f"Part {number}", "is_storable": True, "barcode": f"PART-{number}"} for number in range(50)])
        used = {}
        for size in (1, 10, 50):  # more than the 40 that are shown; the bench has 500
            picking = self.transfer("incoming", *((product, 5) for product in goods[:size]))
            self.begin("receive", {"model": "stock.picking", "id": picking.id})
            self.scan("PART-0")
            self.scan("PART-0")
            with self.counting_queries() as queries:
                self.scan("PART-0")
            used[size] = queries[0]
        self.assertEqual(len(set(used.values())), 1, used)
        self.assertLessEqual(used[1], 20)

    def test_clock_and_memory(self):
        """SCN-3: a wrong clock of the device changes nothing; a run that is forgotten leaves what was counted."""
        picking = self.transfer("incoming", (self.bolt, 5))
        queue = self.entries("receive", ("start", {"model": "stock.picking", "id": picking.id}), ("scan",
            "6901234567892"))
        for entry in queue:
            entry["entered"] = NOW + 10 ** 12
        self.send(queue)
        run = self.env["scan.run"].search([("uuid", "=", queue[0]["said"]["run"])])
        run.used_at = "2020-01-01"
        self.env["scan.run"]._gc_runs()
        self.assertFalse(run.exists())
        self.assertEqual(self.counted(picking), {self.bolt: 1})
