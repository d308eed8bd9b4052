from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.order_delivery.models.delivery_notice_gate import DeliveryNotice
from odoo.addons.order_delivery.tools.problem import Problem

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDeliveryGate(DeliveryCommon):
    def _problem(self, *codes):
        """What another addon adds to the gate."""
        original = DeliveryNotice._get_release_problems

        def with_more(notices):
            found = original(notices)
            for notice in notices:
                found[notice] += [Problem(code, f"{code} is missing", "finance") for code in codes]
            return found
        return patch.object(DeliveryNotice, "_get_release_problems", with_more)

    def _pick(self, order):
        for move in order.picking_ids.move_ids:
            move.quantity, move.picked = move.product_uom_qty, True
        return order.picking_ids.with_user(self.store)

    def test_nothing_leaves_without_a_released_notice(self):
        """DLV-1: button, the model's own method, the move's, without backorder: each door is closed, and says why."""
        order = self._order()
        pickings = self._pick(order)
        doors = (lambda: pickings.button_validate(), lambda: pickings._action_done(),
                 lambda: pickings.move_ids._action_done(), lambda: pickings.sudo()._action_done(),
                 lambda: pickings.with_context(cancel_backorder=True, skip_backorder=True,
                                               skip_sanity_check=True).button_validate())
        for door in doors:
            with self.assertRaisesRegex(UserError, "has no delivery notice"), self.cr.savepoint():
                door()
        notice = self._notice(order, release=False)
        for door in doors:
            with self.assertRaisesRegex(UserError, "not released"), self.cr.savepoint():
                door()
        notice.action_release()
        pickings.button_validate()
        self.assertEqual(notice.state, "shipped")

    def test_one_holds_up_the_batch(self):
        """DLV-1: transfers that are validated together, from the list or as a batch: one without a released notice is
        named and none leaves; with all notices all of them leave."""
        notice, order = self._notice(), self._order()
        pickings = self._pick(order) | self._pick(notice.sudo().order_id)
        doors = [lambda: pickings.button_validate(), lambda: pickings.move_ids._action_done()]
        if "stock.picking.batch" in self.env:
            batch = self.env["stock.picking.batch"].with_user(self.store).create({
                "picking_type_id": pickings[0].picking_type_id.id, "picking_ids": [Command.set(pickings.ids)]})
            batch.action_confirm()
            doors.append(batch.action_done)
        for door in doors:
            with self.assertRaisesRegex(UserError, f"{order.picking_ids.name} .* has no delivery notice"), \
                    self.cr.savepoint():
                door()
        self.assertNotIn("done", pickings.mapped("state"))
        second = self._notice(order)
        pickings.button_validate()
        self.assertEqual(notice.state + second.state, "shippedshipped")

    def test_order_is_not_taken_off(self):
        """DLV-1: a transfer that is no longer of its order would pass: neither the order nor its lines get it off."""
        order = self._order()
        pickings = self._pick(order)
        for values in ({"sale_id": False}, {"reference_ids": [Command.clear()]}):
            with self.assertRaisesRegex(UserError, "this stays so"), self.cr.savepoint():
                pickings.write(values)
        move, other = pickings.move_ids
        for line in (False, other.sudo().sale_line_id.id):
            with self.assertRaisesRegex(UserError, "this stays so"), self.cr.savepoint():
                move.sale_line_id = line
        with self.assertRaisesRegex(UserError, "leaves by a transfer"), self.cr.savepoint():
            move.picking_id = False
            move._action_done()
        pickings.sudo().move_ids.sale_line_id = False
        with self.assertRaisesRegex(UserError, "has no delivery notice"):
            pickings.button_validate()

    def test_goods_of_another_order_do_not_ride_along(self):
        """DLV-1: a transfer into which the store has put the goods of another order is not released by the notice of
        the first: nobody would ask for the other's contract."""
        order, other = self._order(), self._order()
        other.picking_ids.move_ids[0].picking_id = order.picking_ids
        notice = self._notice(order, release=False)
        with self.assertRaisesRegex(UserError, f"goods of {other.name} too"):
            notice.action_release()

    def test_sister_company_is_a_customer(self):
        """DLV-1: what is sold to another company of the house leaves by its notice, too."""
        order = self._order()
        pickings = self._pick(order)
        transit = self.env.ref("stock.stock_location_inter_company").sudo()
        transit.active = True
        pickings.sudo().location_dest_id = pickings.sudo().move_ids.location_dest_id = transit
        pickings.sudo().move_line_ids.location_dest_id = transit
        self.assertTrue(pickings.needs_delivery_notice)
        with self.assertRaisesRegex(UserError, "has no delivery notice"):
            pickings.button_validate()

    def test_time_that_is_over(self):
        """DLV-1: a notice is not released for a time that is over; goods that are late leave all the same."""
        notice = self._notice(release=False, date_planned=fields.Datetime.now() - timedelta(hours=1))
        with self.assertRaisesRegex(UserError, "is over already"):
            notice.action_release()
        notice.date_planned = fields.Datetime.now() + timedelta(hours=1)
        notice.action_release()
        notice.sudo().date_planned = fields.Datetime.now() - timedelta(hours=1)
        self._ship(notice)
        self.assertEqual(notice.state, "shipped")

    def test_policy_off_changes_nothing(self):
        """DLV-1: a company that does not deliver by notice ships as ever; other transfers never need one."""
        self.company.delivery_notice_required = False
        order = self._order()
        self._pick(order).button_validate()
        self.assertEqual(order.delivery_status, "full")
        draft, released = self._notice(release=False), self._notice()
        for notice in (draft, released):
            self._ship(notice)
        self.assertEqual((draft.state, released.state), ("draft", "shipped"), "they hold up nothing")
        self.company.delivery_notice_required = True
        receipt = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.in_type_id.id, "move_ids": [Command.create({
                "product_id": self.cable.id, "product_uom_qty": 1,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.warehouse.lot_stock_id.id})]})
        receipt.action_confirm()
        receipt.button_validate()
        self.assertEqual(receipt.state, "done")

    def test_problems_are_named_with_who_cures_them(self):
        """DLV-1: each reason is shown with who cures it, on the form and by the refusal, at release and again when the
        goods leave."""
        notice = self._notice(release=False)
        with self._problem("Contract", "Payment"):
            notice.invalidate_recordset()
            self.assertEqual(notice.problem_text, "Contract is missing → finance\nPayment is missing → finance")
            with self.assertRaisesRegex(UserError, "(?s)Contract is missing → finance.*Payment"):
                notice.action_release()
        notice.action_release()
        with self._problem("Invoice"), self.assertRaisesRegex(UserError, "Invoice is missing → finance"):
            self._ship(notice)
        self._ship(notice)
        self.assertEqual(notice.state, "shipped")

    def test_another_person_allows_it(self):
        """DLV-1: asked with a reason, allowed with a reason by who may, never by who asked; it is on record, and holds
        for what was asked, nothing else."""
        notice = self._notice(release=False)
        with self._problem("Payment"):
            with self.assertRaisesRegex(UserError, "say why"):
                notice.action_ask_override("!!")
            as_head = notice.with_user(self.head)
            with self.assertRaisesRegex(UserError, "nobody asks"):
                as_head.action_allow("The customer is good for it")
            as_head.action_ask_override("The customer pays on Friday")
            with self.assertRaisesRegex(AccessError, "you have asked"):
                as_head.action_allow("The customer is good for it")
            notice.action_ask_override("The customer pays on Friday")
            self.assertEqual(notice.sudo().activity_ids.user_id, self.head)
            with self.assertRaises(AccessError):
                notice.action_allow("The customer is good for it")
            as_head.action_allow("The customer is good for it")
            self.assertFalse(notice.sudo().activity_ids)
            notice.action_release()
        with self._problem("Payment", "Contract"), self.assertRaisesRegex(UserError, "Contract is missing"):
            self._ship(notice)
        log = "".join(notice.sudo().message_ids.mapped("body"))
        for words in ("pays on Friday", "good for it", "Payment is missing"):
            self.assertIn(words, log)
        with self.assertRaises(AccessError):
            notice.sudo().message_ids.filtered(
                lambda message: "good for it" in message.body).with_user(self.head).write({"body": "nothing"})
        notice.action_withdraw("Another crane is needed")
        self.assertFalse(notice.sudo().override_codes, "what was allowed was allowed for that release")

    def test_refused_override(self):
        """DLV-1: refused with a reason, the goods stay."""
        notice = self._notice(release=False)
        with self._problem("Payment"):
            notice.action_ask_override("The customer pays on Friday")
            notice.with_user(self.head).action_refuse("He has said so before")
            with self.assertRaisesRegex(UserError, "Payment is missing"):
                notice.action_release()
        self.assertFalse(notice.sudo().override_asked_by)

    def test_window_says_it(self):
        """DLV-1, DLV-4: what the windows ask for reaches the notice."""
        notice = self._notice()
        action = notice.with_context(delivery_say="delay").action_say()
        form = Form(self.env[action["res_model"]].with_user(self.desk).with_context(**action["context"]))
        form.cause_id = self.env.ref("order_delivery.cause_vehicle")
        form.date_planned = fields.Datetime.now() + timedelta(days=9)
        self.assertEqual(form.date_arrival - form.date_planned, notice.date_arrival - notice.date_planned)
        form.reason = "The truck broke down"
        form.save().action_say()
        self.assertEqual(notice.delay_reason, "The truck broke down")
        self.env["delivery.notice.say"].with_user(self.desk).create({
            "notice_id": notice.id, "kind": "withdraw", "reason": "Another gate"}).action_say()
        self.assertEqual(notice.state, "draft")
