"""Two devices on one transfer at the same moment. Everything here commits, in a clone."""
import unittest
import uuid

from psycopg2.errors import SerializationFailure

import odoo.api
from odoo.fields import Command

from cloning import cloned_database


class TestScanConcurrency(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clone = cls.enterClassContext(cloned_database())
        with cls.clone.env() as env:
            store = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
            cls.source = env.ref("stock.stock_location_suppliers").id
            cls.operation, cls.dest = store.in_type_id.id, store.lot_stock_id.id
            cls.goods = env["product.product"].create([
                {"name": "Relay", "is_storable": True, "barcode": "RELAY-1"},
                {"name": "Meter", "is_storable": True, "barcode": "METER-1", "tracking": "serial"}]).ids

    def setUp(self):
        super().setUp()
        with self.clone.env() as env:
            picking = env["stock.picking"].create({
                "picking_type_id": self.operation, "location_id": self.source, "location_dest_id": self.dest,
                "move_ids": [Command.create({
                    "product_id": product, "product_uom_qty": number, "location_id": self.source,
                    "location_dest_id": self.dest}) for product, number in zip(self.goods, (1, 2), strict=True)]})
            picking.action_confirm()
            self.picking = picking.id
        self.runs = [str(uuid.uuid4()) for _device in range(2)]
        for run in self.runs:
            with self.clone.env() as env:
                self._step(env, run, "start", {"model": "stock.picking", "id": self.picking})

    def _step(self, env, run, kind, value):
        answer = env["scan.run"].outbox_step({"run": run, "flow": "receive", "event": {
            "kind": kind, "value": value, "seen": "count"}}, None)
        env.flush_all()
        return answer

    def _both(self, first, second):
        """Two devices whose transactions have begun before either has written: the second is started again, as Odoo
        does it, and its answer is given back."""
        one, other = self.runs
        with self.clone.cursor() as mine, self.clone.cursor() as theirs:
            envs = [odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {}) for cr in (mine, theirs)]
            for env in envs:
                env["scan.run"].search_count([])
            self._step(envs[0], one, *first)
            mine.commit()
            with self.assertRaises(SerializationFailure):
                self._step(envs[1], other, *second)
        with self.clone.env() as env:
            return self._step(env, other, *second)

    def _get_counted(self):
        with self.clone.env() as env:
            return sorted(env["scan.tally"].search([("picking_id", "=", self.picking)]).mapped("quantity"))

    def test_last_piece_on_two_devices(self):
        """SCN-1, SCN-4: both scan the last piece at once: it is counted once, the second is asked."""
        answer = self._both(("scan", "RELAY-1"), ("scan", "RELAY-1"))
        self.assertEqual((answer["state"], answer["message"]["kind"]), ("over", "error"))
        self.assertEqual(self._get_counted(), [1])

    def test_one_number_on_two_devices(self):
        """SCN-1, SCN-4: one serial number scanned by both at once is counted once."""
        for run in self.runs:
            with self.clone.env() as env:
                self._step(env, run, "scan", "METER-1")
        answer = self._both(("scan", "SN-1"), ("scan", "SN-1"))
        self.assertEqual(answer["message"]["kind"], "error")
        self.assertEqual(self._get_counted(), [1])

    def test_scanned_while_the_other_finishes(self):
        """SCN-1, SCN-4: what is scanned while somebody finishes the transfer is not lost without a word."""
        with self.clone.env() as env:
            env["stock.picking"].browse(self.picking).picking_type_id.create_backorder = "never"
            self._step(env, self.runs[0], "scan", "RELAY-1")
            self._step(env, self.runs[1], "scan", "METER-1")
        answer = self._both(("press", "finish"), ("scan", "SN-2"))
        self.assertEqual(answer["message"]["kind"], "error")
        self.assertEqual(self._get_counted(), [])
        with self.clone.env() as env:
            self.assertEqual(env["stock.picking"].browse(self.picking).state, "done")

    def test_finished_on_two_devices(self):
        """SCN-1: both press Finish at once: it is booked once, the second is told."""
        with self.clone.env() as env:
            env["stock.picking"].browse(self.picking).picking_type_id.create_backorder = "never"
            self._step(env, self.runs[0], "scan", "RELAY-1")
        answer = self._both(("press", "finish"), ("press", "finish"))
        self.assertEqual(answer["message"]["kind"], "error")
        with self.clone.env() as env:
            moves = env["stock.picking"].browse(self.picking).move_ids
            self.assertEqual(sum(moves.filtered(lambda move: move.state == "done").mapped("quantity")), 1)
