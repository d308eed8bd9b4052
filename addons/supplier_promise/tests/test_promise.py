from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import PromiseCommon


@tagged("-at_install", "post_install")
class TestPromise(PromiseCommon):
    def _said(self, line, days, reason="Copper is short", **values):
        return line.with_user(self.buyer)._promise(self._day(days), reason, **values)

    def test_worse_date_waits_for_the_buyer(self):
        """PUR-8: a later date is proposed with its reason, nothing moves; one click of the buyer moves the line and
        the receipt, the history keeps the former date."""
        line = self._order().order_line
        former = line.date_planned
        promise = self._said(line, 30)
        self.assertRecordValues(promise, [{
            "state": "proposed", "former_date": former, "days_moved": 10, "is_late": True, "source": "buyer",
            "reason": "Copper is short", "quantity": 100, "user_id": self.buyer.id}])
        self.assertEqual((line.date_planned, line.move_ids.date), (former, former))
        self.assertIn(self.buyer, promise.activity_ids.user_id)
        promise.with_user(self.buyer).action_accept()
        later = former + timedelta(days=10)
        self.assertRecordValues(promise, [{"state": "accepted", "decided_by": self.buyer.id}])
        self.assertRecordValues(line, [{"date_planned": later, "promised_date": later}])
        self.assertRecordValues(line.move_ids, [{"date": later, "date_deadline": later}])
        self.assertEqual(line.order_id.picking_ids.scheduled_date, later)
        self.assertFalse(promise.activity_ids, "the to-do is done")

    def test_better_date_is_accepted_by_itself(self):
        """PUR-8: an equal or earlier date needs no decision and no reason."""
        line = self._order().order_line
        promise = self._said(line, 12, reason="")
        self.assertRecordValues(promise, [{"state": "accepted", "days_moved": -8, "is_late": False}])
        self.assertEqual(line.move_ids.date, line.date_planned)
        self.assertEqual(line.date_planned.date(), self._day(12))
        self.assertEqual(self._said(line, 12, reason=""), promise, "the same once more is no other promise")

    def test_refused_date_moves_nothing(self):
        """PUR-8: a refused date stays in the history, the planned one holds."""
        line = self._order().order_line
        former = line.date_planned
        promise = self._said(line, 30)
        promise.with_user(self.buyer).action_refuse()
        self.assertEqual((promise.state, line.date_planned, line.move_ids.date), ("refused", former, former))
        with self.assertRaisesRegex(UserError, "Refused"):
            promise.with_user(self.buyer).action_accept()

    def test_customers_date_does_not_move(self):
        """PUR-8, MAT-12: what waits for the goods keeps its deadline and sees that they are late: neither the
        customer's date nor the planned delivery follows the supplier."""
        order = self._order()
        line, receipt = order.order_line, order.order_line.move_ids
        customers = self.env.ref("stock.stock_location_customers")
        promised = receipt.date + timedelta(days=5)
        delivery = self.env["stock.move"].create({
            "product_id": self.terminal.id, "product_uom_qty": 100, "location_id": receipt.location_dest_id.id,
            "location_dest_id": customers.id, "procure_method": "make_to_order", "date": promised,
            "date_deadline": promised, "move_orig_ids": [Command.link(receipt.id)]})
        delivery._action_confirm()
        promise = self._said(line, 40)
        self.assertEqual(promise.needed_date, promised)
        promise.with_user(self.buyer).action_accept()
        self.assertEqual(receipt.date.date(), self._day(40))
        self.assertRecordValues(delivery, [{"date": promised, "date_deadline": promised}])
        self.assertTrue(delivery.delay_alert_date, "the delivery knows that it will be late")

    def test_beyond_the_need_is_late(self):
        """PUR-8: a date that is no later than planned, yet later than needed, is accepted and marked as late."""
        order = self._order()
        receipt = order.order_line.move_ids
        needed = receipt.date - timedelta(days=8)
        self.env["stock.move"].create({
            "product_id": self.terminal.id, "product_uom_qty": 100, "location_id": receipt.location_dest_id.id,
            "location_dest_id": self.env.ref("stock.stock_location_customers").id, "date": needed,
            "move_orig_ids": [Command.link(receipt.id)]})._action_confirm()
        promise = self._said(order.order_line, 15)
        self.assertRecordValues(promise, [{"state": "accepted", "is_late": True, "days_moved": -5}])

    def test_lines_move_one_by_one(self):
        """PUR-8: a promise for one line moves that line and its move, not those beside it."""
        order = self._order(self.terminal | self.rail)
        first, second = order.order_line
        former = second.date_planned
        self._said(first, 30).with_user(self.buyer).action_accept()
        self.assertEqual((second.date_planned, second.move_ids.date), (former, former))
        self.assertEqual(first.move_ids.date.date(), self._day(30))

    def test_part_of_the_quantity(self):
        """PUR-6: a promise for a part splits the expectation: both parts are shown, the first and the last date kept;
        the line is there with its last part."""
        line = self._order().order_line
        former = line.date_planned
        self._said(line, 10, quantity=60)
        self.assertEqual((line.promised_first_date.date(), line.promised_last_date), (self._day(10), former))
        self.assertIn("60 Units", line.promised_parts)
        self.assertEqual(line.date_planned, former)
        self._said(line, 30, quantity=40).with_user(self.buyer).action_accept()
        self.assertEqual((line.promised_first_date.date(), line.promised_last_date.date()), (
            self._day(10), self._day(30)))
        self.assertEqual(line.move_ids.date.date(), self._day(30))
        self._receive(line.order_id, 60)
        self.assertEqual(line.promised_first_date.date(), self._day(30), "what came was the first part")

    def test_newer_word_replaces_the_open_one(self):
        """PUR-8: only the supplier's last word waits for a decision; the former stays in the history."""
        line = self._order().order_line
        first, second = self._said(line, 30), self._said(line, 35)
        self.assertEqual((first.state, second.state), ("replaced", "proposed"))
        self.assertFalse(first.activity_ids)

    def test_date_changed_by_hand_is_history(self):
        """PUR-8: a date that the buyer writes on the confirmed order is kept, and the receipt follows."""
        line = self._order().order_line
        former, later = line.date_planned, line.date_planned + timedelta(days=3)
        line.with_user(self.buyer).date_planned = later
        self.assertRecordValues(line.promise_ids, [{
            "state": "accepted", "source": "buyer", "former_date": former, "date_promised": later}])
        self.assertEqual(line.move_ids.date, later)

    def test_what_cannot_be_promised(self):
        """PUR-8: a date in the past or far away, no reason for a delay, zero, less, more than ordered, no goods, an
        order not sent or cancelled: named, and nothing is kept."""
        order = self._order(self.terminal | self.rail, days=5)
        line = order.order_line[0]
        for day, quantity, reason, word in (
                (-1, None, "Copper is short", "past"), (9000, None, "Copper is short", "too far"),
                (30, None, "", "why the date moves"), (30, None, "......", "why the date moves"),
                (30, 0, "Copper is short", "cannot be promised"), (30, -5, "Copper is short", "cannot be promised"),
                (30, 101, "Copper is short", "still to come"), (30, float("nan"), "Copper", "no quantity"),
                (30, float("inf"), "Copper", "no quantity")):
            with self.subTest(day=day, quantity=quantity), self.assertRaisesRegex(UserError, word):
                self._said(line, day, reason, quantity=quantity)
        self.assertFalse(order.promise_ids)
        draft = self._order(confirm=False)
        with self.assertRaisesRegex(UserError, "not been sent"):
            self._said(draft.order_line, 30)

    def test_cancelled_order_with_promises(self):
        """PUR-8: cancelling ends what was to be decided; nothing can be accepted or promised any more, and the history
        cannot be deleted with the order."""
        order = self._order()
        promise = self._said(order.order_line, 30)
        order.with_user(self.buyer).button_cancel()
        self.assertEqual((promise.state, promise.activity_ids.ids), ("replaced", []))
        with self.assertRaisesRegex(UserError, "cancelled"):
            self._said(order.order_line, 40)
        with self.assertRaisesRegex(UserError, "stays on record"):
            order.with_user(self.buyer).unlink()
        order.with_user(self.buyer).button_draft()
        with self.assertRaisesRegex(UserError, "stays on record"):
            order.order_line.with_user(self.buyer).unlink()

    def test_history_stays(self):
        """PUR-8, REV-3: nobody writes a promise or a confirmation by hand, makes or deletes one; the superuser does not
        change what was said."""
        line = self._order().order_line
        promise = self._said(line, 30)
        mine = promise.with_user(self.buyer)
        with self.assertRaises(AccessError):
            mine.date_promised = datetime(2031, 3, 4)
        with self.assertRaises(AccessError):
            mine.state = "accepted"
        with self.assertRaises(UserError):
            promise.sudo().date_promised = datetime(2031, 3, 4)
        with self.assertRaises(AccessError):
            mine.unlink()
        with self.assertRaises(AccessError):
            self.env["supplier.promise"].with_user(self.buyer).create({"line_id": line.id})
        with self.assertRaises(UserError):
            promise.sudo().unlink()

    def test_who_decides(self):
        """PUR-8, ARC-5: buyers decide; others read only what they are asked about, and each company sees its own."""
        promise = self._said(self._order().order_line, 30)
        with self.assertRaises(AccessError):
            promise.with_user(self.clerk).action_accept()
        with self.assertRaises(AccessError):
            promise.with_user(self.clerk).read(["reason"])
        company = self.env["res.company"].create({"name": "Other"})
        other = new_test_user(self.env, "sp_other", groups="purchase.group_purchase_user", company_id=company.id,
                              company_ids=[Command.set(company.ids)])
        self.assertFalse(self.env["supplier.promise"].with_user(other).search([("id", "=", promise.id)]))

    def test_late_date_is_reported_to_the_head(self):
        """PUR-6, SLA-1: a late date starts a clock of 30 working minutes; the report with a countermeasure stops it and
        asks the head; without one the head is told."""
        promise = self._said(self._order().order_line, 30)
        clock = promise.sla_clock_ids.sudo()
        self.assertRecordValues(clock, [{
            "state": "running", "user_id": self.buyer.id, "deadline_at": datetime(2031, 3, 3, 9, 30)}])
        mine = promise.with_user(self.buyer)
        with self.assertRaisesRegex(UserError, "countermeasure"):
            mine.action_report()
        mine.write({"countermeasure_kind": "borrow", "countermeasure": "The sister plant lends 60"})
        mine.action_report()
        self.assertRecordValues(promise, [{"head_id": self.head.id, "reported_by": self.buyer.id}])
        self.assertEqual(clock.state, "met")
        self.assertIn(self.head, promise.activity_ids.user_id)
        self.assertEqual(promise.with_user(self.head).countermeasure, "The sister plant lends 60")
        with self.assertRaises(AccessError):
            mine.countermeasure = "Something else"
        self._receive(promise.order_id)
        self.assertFalse(promise.activity_ids, "what has arrived is late no more")
        second = self._said(self._order().order_line, 30)
        with freeze_time("2031-03-03 09:31:00"):
            self.env["sla.clock"]._process_due()
        self.assertEqual(second.sla_clock_ids.sudo().state, "breached")
        self.assertIn("supplier_promise.mail_activity_type_report", [
            activity.activity_type_id.get_external_id()[activity.activity_type_id.id]
            for activity in second.activity_ids])

    def test_portal_dates_are_promises(self):
        """PUR-8: a later date that the supplier gives in Odoo's portal waits for the buyer like any other."""
        order = self._order()
        line, former = order.order_line, order.order_line.date_planned
        order.with_context(supplier_portal=True)._update_date_planned_for_lines([(line, former + timedelta(days=9))])
        self.assertRecordValues(line.promise_ids, [{"state": "proposed", "source": "supplier", "days_moved": 9}])
        self.assertEqual(line.date_planned, former)

    def test_window_proposes_what_is_to_come(self):
        """PUR-8: the window in which the buyer enters a date has the open quantity in it; zero is refused."""
        order = self._order()
        self._receive(order, 30)
        line = order.order_line
        action = line.with_user(self.buyer).action_promise()
        with Form(self.env[action["res_model"]].with_user(self.buyer).with_context(**action["context"])) as form:
            self.assertEqual(form.quantity, 70)
            form.date_promised = self._day(12)
        form.record.action_promise()
        self.assertRecordValues(line.promise_ids, [{"quantity": 70, "is_whole": True, "state": "accepted"}])
        form.record.quantity = 0
        with self.assertRaisesRegex(UserError, "cannot be promised"):
            form.record.action_promise()

    def test_todo_in_the_language_of_the_buyer(self):
        """PUR-8: what the supplier's page asks of the buyer is written in the buyer's language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search([("name", "=", "supplier_promise")])._update_translations(["zh_CN"])
        self.buyer.lang = "zh_CN"
        line = self._order().order_line.sudo().with_context(lang="en_US")
        promise = line._promise(self._day(30), "Copper is short", source="supplier", author=self.supplier)
        self.assertNotIn("Later by", promise.activity_ids.note)
