from freezegun import freeze_time

from odoo.tests import tagged

from .common import LedgerCommon


@tagged("post_install", "-at_install")
class TestDeliveryPunctuality(LedgerCommon):
    def _state(self, order, today=None):
        with freeze_time(today or "2026-12-31 08:00:00"):
            row = self._orders(order)
            return row.state, row.days_late, row.on_time

    def test_last_piece_counts(self):
        """DLV-9, RPT-2: an order delivered in parts is on time when its last piece was shipped by the promised day."""
        early, late = self._promised(), self._promised()
        for order, last in ((early, "2026-12-10 15:00:00"), (late, "2026-12-12 08:00:00")):
            self._leave(order, "2026-12-05 08:00:00", {self.cabinet: 2, self.cable: 4})
            self._leave(order, last)
        self.assertEqual(self._state(early), ("on_time", 0, 100))
        self.assertEqual(self._state(late), ("late", 2, 0))
        self.assertEqual(str(self._orders(late).date_completed), "2026-12-12 08:00:00")
        rows = self.env["delivery.punctuality"].with_user(self.head)._read_group(
            [("order_id", "in", (early + late).ids)], ["partner_id"], ["on_time:avg", "days_late:avg", "__count"])
        self.assertEqual(rows, [(self.customer, 50, 1, 2)])

    def test_rest_that_nobody_waits_for(self):
        """DLV-9: a rest that is cancelled is promised no more."""
        order = self._promised()
        self._leave(order, "2026-12-05 08:00:00", {self.cabinet: 4, self.cable: 3})
        order.picking_ids.filtered(lambda picking: picking.state != "done").action_cancel()
        self.assertEqual(self._state(order), ("on_time", 0, 100))

    def test_order_that_is_not_complete(self):
        """DLV-9: what is not complete counts for nothing before its day, and is overdue as soon as the day is over in
        the company's time zone."""
        order = self._promised()
        self._leave(order, "2026-12-05 08:00:00", {self.cabinet: 4})
        with freeze_time("2026-12-10 15:00:00"):
            self.assertRecordValues(self._orders(order), [{"state": "open", "date_completed": False}])
            [[rate]] = self.env["delivery.punctuality"].with_user(self.head)._read_group(
                [("order_id", "=", order.id)], [], ["on_time:avg"])
            self.assertFalse(rate)
        self.assertEqual(self._state(order, "2026-12-10 17:00:00"), ("overdue", 1, 0))
        self._leave(order, "2026-12-12 08:00:00")
        self.assertEqual(self._state(order), ("late", 2, 0))

    def test_first_promise_and_cause(self):
        """DLV-9: measured against the first promise and the agreed one; the cause is the last that was reported."""
        order = self._promised()
        order.commitment_date = "2026-12-20 04:00:00"
        self._noticed(order, delay_to="2026-12-18 02:00:00")
        self._leave(order, "2026-12-18 08:00:00")
        self.assertRecordValues(self._orders(order), [{
            "state": "on_time", "on_time": 100.0, "first_on_time": 0.0,
            "delay_cause_id": self.env.ref("order_delivery.cause_material").id}])

    def test_returned_goods_undo_nothing(self):
        """DLV-9: an order that was complete in time stays so when goods come back and are sent once more."""
        order = self._promised()
        picking = self._leave(order, "2026-12-09 08:00:00")
        self._bring_back(self._bring_back(picking, 2), 2)
        self.assertEqual(self._state(order), ("on_time", 0, 100))

    def test_quotations_are_no_promise(self):
        """DLV-9: neither a quotation nor a cancelled order is measured, nor one of services."""
        order = self._promised()
        order._action_cancel()
        self.assertFalse(self._orders(order))
        self.assertFalse(order.date_first_promised)
