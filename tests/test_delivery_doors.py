"""Every method that RPC reaches on deliveries and payments, called by who has no business there; and what people who do
have business there must not get at."""
import base64

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from odoo.addons.order_delivery.tests.common import PNG, DeliveryCommon
from odoo.addons.order_payment.tests.common import PaymentCommon

from doors import Doors

SIGNATURE = "data:image/png;base64," + base64.b64encode(PNG).decode()


def outsiders(env, prefix, clerk, strong):
    """A portal user, a clerk without any role, and whoever is everything in another company."""
    sister = env["res.company"].create({"name": f"Sister Works {prefix}"})
    return {
        "portal": new_test_user(env, f"{prefix}_portal", groups="base.group_portal"),
        "clerk": clerk,
        "sister": new_test_user(env, f"{prefix}_sister", groups=strong, company_id=sister.id,
                                company_ids=[Command.set(sister.ids)]),
    }


@tagged("post_install", "-at_install")
class TestDeliveryDoors(Doors, DeliveryCommon):
    ours = ("order_delivery", "order_delivery_review", "order_delivery_quality", "order_delivery_change",
            "order_delivery_payment", "delivery_claim", "aftersales_claim")
    windows = ("action_view_", "action_say", "action_consent", "action_receipt")
    tables = ("delivery_notice", "delivery_notice_line", "delivery_crate", "delivery_claim",
              "delivery_claim_line", "service_request", "stock_gate_pass", "stock_picking",
              "stock_move", "mail_activity", "mail_message")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsiders = outsiders(
            cls.env, "od_door", cls.clerk,
            "order_delivery.group_delivery_manager,stock.group_stock_manager,sales_team.group_sale_manager")
        cls.finance = cls._person("finance", "account.group_account_manager")
        cls.admin = cls._person("admin", "base.group_system")
        draft, released, cls.shipped = cls._notice(release=False), cls._notice(), cls._notice()
        cls._ship(cls, cls.shipped)
        cls.shipped.sudo()._follow()
        notices = (draft | released | cls.shipped).sudo()
        claim = cls.env["delivery.claim"].with_user(cls.logistics)._make(
            cls.shipped.with_user(cls.logistics)).sudo()
        cls.documents = [notices, notices.line_ids[:1], cls.shipped.sudo().crate_ids, notices.order_id[:1],
                         notices.picking_ids[:1], claim, claim.line_ids[:1]]

    def _attack(self, user, record, method, *arguments):
        """Whether a call by RPC is refused in a clear word."""
        self.env.invalidate_all()
        with self.assertRaises(UserError, msg=f"{user.login} {record} {method} {arguments}"), self.cr.savepoint():
            call_kw(record.with_user(user), method, [*([] if method == "load" else [record.ids]), *arguments], {})
            self.env.flush_all()

    def test_nobody_outside_does_anything(self):
        """ARC-5, DLV-1, DLV-3, DLV-4, DLV-8: a portal user, a clerk without any role, and whoever is everything in
        another company: each method is refused in a clear word, or does nothing; no traceback."""
        self.assertGreater(self.check_nobody_acts(), 100)

    def test_nobody_outside_reads(self):
        """ARC-5: neither the portal nor another company finds or reads a notice, its goods or its crates."""
        self.documents = self.documents[:3]
        self.check_nobody_reads("portal", "sister")

    def test_what_is_signed_stays(self):
        """DLV-1, DLV-3, REV-3: what was released, shipped and signed is written by no hand, whoever's: neither the
        notice nor its goods, nor the signature, the photos and the receipt; nobody reads a code but the system."""
        notice, crate = self.shipped.sudo(), self.shipped.sudo().crate_ids
        self.assertFalse(crate._take_photos([("dent.png", PNG)]))
        crate._answer({"signer": "Mr. Wang", "signature": SIGNATURE})
        notice._follow()
        drawn = self.env["ir.attachment"].search([
            ("res_model", "=", "delivery.crate"), ("res_id", "=", crate.id), ("res_field", "=", "signature")])
        self.assertTrue(drawn and notice.receipt_ids and crate.photo_ids)
        before = self._state()
        papers = drawn + crate.photo_ids + notice.receipt_ids
        for user in (self.head, self.logistics, self.store, self.seller, self.finance, self.admin):
            for record, values in (
                    (notice, {"state": "draft"}), (notice, {"signed_by": "Mr. X"}), (notice, {"released_by": user.id}),
                    (notice, {"override_codes": ["order"]}), (notice, {"receipt_ids": [Command.clear()]}),
                    (notice, {"date_planned": "2020-01-01 00:00:00"}), (notice, {"partner_id": user.partner_id.id}),
                    (notice.line_ids[0], {"quantity": 1}), (notice.line_ids[0], {"quantity_agreed": 1}),
                    (crate, {"signature": base64.b64encode(PNG).decode()}), (crate, {"signer": "Mr. X"}),
                    (crate, {"state": "open"}), (crate, {"token": "A" * 43}), (crate, {"expires_on": "2099-01-01"}),
                    (crate, {"photo_ids": [Command.clear()]}), (crate, {"report_text": "Nothing"})):
                self._attack(user, record, "write", values)
                self._attack(user, record, "web_save", values, {"id": {}})
            for record in (notice, notice.line_ids[0], crate):
                self._attack(user, record, "unlink")
            for paper in papers:
                self._attack(user, paper, "write", {"raw": "eA=="})
                self._attack(user, paper, "unlink")
        for user in (self.head, self.logistics, self.store):
            self._attack(user, crate, "read", ["token"])
            for method in ("search", "search_count"):
                with self.assertRaises(UserError), self.cr.savepoint():
                    call_kw(crate.browse().with_user(user), method, [[("token", "like", "A")]], {})
        self.assertEqual(self._state(), before)

    def test_no_door_of_the_store(self):
        """DLV-1: what has no released notice is not done by writing that it is, by hand or by import, nor by lines and
        moves of its own."""
        order = self._order()
        picking, move = order.picking_ids, order.picking_ids.move_ids[0]
        picking.move_ids.picked = True
        manager = self._person("store_head", "stock.group_stock_manager")
        for user in (self.store, manager):
            self._attack(user, move, "write", {"state": "done"})
            self._attack(user, picking, "write", {"state": "done"})
            self._attack(user, picking, "write", {"move_ids": [Command.update(move.id, {"state": "done"})]})
            self._attack(user, picking, "write", {"delivery_notice_id": self.shipped.id})
            self._attack(user, picking, "button_validate")
        for record in (move, picking):
            with self.cr.savepoint() as undone:
                result = record.with_user(manager).load([".id", "state"], [[str(record.id), "Done"]])
                undone.rollback()
            self.assertFalse(result["ids"], record._name)
        self.assertNotEqual(move.state, "done")

    def test_transfer_made_by_hand(self):
        """DLV-1, NCR-5: a transfer that somebody makes by hand for a customer is no delivery of an order: it has no
        notice and no gate of ours; it carries nothing that was sold, and does not leave the premises without a pass."""
        values = {"product_id": self.cable.id, "product_uom_qty": 1, "location_id": self.warehouse.lot_stock_id.id,
                  "location_dest_id": self.customer.property_stock_customer.id}
        order = self._order()
        by_hand, mixed = self.env["stock.picking"].with_user(self.store).create([{
            "picking_type_id": self.warehouse.out_type_id.id, "partner_id": self.customer.id,
            "move_ids": [Command.create(values)]} for _number in range(2)])
        self.assertFalse(by_hand.needs_delivery_notice)
        with self.assertRaisesRegex(UserError, "was sold by an order"):
            by_hand.with_user(self.desk).action_make_delivery_notice()
        order.picking_ids.move_ids[0].with_user(self.store).picking_id = mixed  # goods of an order are put into it
        (by_hand | mixed).action_confirm()
        for move in (by_hand | mixed).sudo().move_ids:
            move.quantity, move.picked = move.product_uom_qty, True
        with self.assertRaisesRegex(UserError, "has no delivery notice"), self.cr.savepoint():
            mixed.button_validate()
        by_hand.button_validate()
        self.assertEqual(by_hand.state, "done")
        self.assertFalse(by_hand.gate_pass_ids, "the guard has nothing to let it out by")


@tagged("post_install", "-at_install")
class TestPaymentDoors(Doors, PaymentCommon):
    ours = ("order_payment", "order_payment_review", "order_payment_stock")
    windows = ("action_view_", "action_revise_payment_plan", "action_payment_event")
    tables = ("order_payment_line", "order_payment_event", "order_payment_revision", "account_move", "sale_order",
              "mail_activity", "mail_message")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsiders = outsiders(
            cls.env, "pay_door", cls._user("clerk", "base.group_user"),
            "account.group_account_manager,sales_team.group_sale_manager")
        order = cls._order()
        order._payment_event("accepted", cls.today)
        cls._age(order, 30)
        due, _before, _kept = order.payment_line_ids
        due.action_invoice()
        cls._revise(order)
        cls.documents = [order.payment_line_ids, order.payment_event_ids, order.payment_revision_ids]

    @classmethod
    def _revise(cls, order):
        wizard = cls.env["order.payment.revise"].create({"order_id": order.id, "reason": "Agreed by telephone"})
        wizard.line_ids[-1].months = 24
        wizard.action_confirm()

    def test_nobody_outside_does_anything(self):
        """ARC-5, PAY-1: a portal user, a clerk and another company's head: each method of payments is refused in a
        clear word, or does nothing; they find and read none."""
        self.assertGreater(self.check_nobody_acts(), 20)
        self.check_nobody_reads("portal", "clerk", "sister")

    def test_agreed_terms_stay(self):
        """PAY-1, REV-3: no hand changes the terms, amounts, events or former plans of a confirmed order."""
        lines, events, revisions = self.documents
        for user in (self.sales, self.manager, self.accountant):
            for record, values in ((lines[0], {"percent": 1}), (lines[1], {"date_due": "2099-01-01"}),
                                   (lines[1], {"state": "paid"}), (lines[1], {"amount_paid": 9}),
                                   (lines[1], {"invoice_ids": [Command.clear()]}), (events[0], {"date": "2020-01-01"}),
                                   (revisions[0], {"before": "Nothing"})):
                with self.assertRaises(UserError, msg=f"{user.login} {values}"), self.cr.savepoint():
                    call_kw(record.with_user(user), "write", [record.ids, values], {})
            for record in (lines[0], events[0], revisions[0]):
                with self.assertRaises(UserError), self.cr.savepoint():
                    call_kw(record.with_user(user), "unlink", [record.ids], {})
