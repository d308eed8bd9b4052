"""Two people act on one delivery, or on one payment, at the same moment, on two real connections."""
import base64
import unittest
from datetime import timedelta

import psycopg2

import odoo.api
from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.order_delivery.tests.common import PNG

from cloning import cloned_database

SIGNATURE = "data:image/png;base64," + base64.b64encode(PNG).decode()
PEOPLE = {
    "desk": "order_delivery.group_delivery_desk,sales_team.group_sale_salesman_all_leads",
    "other_desk": "order_delivery.group_delivery_desk,sales_team.group_sale_salesman_all_leads",
    "head": "order_delivery.group_delivery_manager",
    "other_head": "order_delivery.group_delivery_manager",
    "store": "stock.group_stock_user",
    "other_store": "stock.group_stock_user",
    "seller": "sales_team.group_sale_manager",
    "finance": "account.group_account_manager,sales_team.group_sale_manager",
}


class TestDeliveryConcurrency(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clone = cls.enterClassContext(cloned_database())
        with cls.clone.env() as env:
            env.company.write({
                "delivery_notice_required": True, "order_review_policy": "none", "delivery_needs_contract": False})
            cls.people = {name: env["res.users"].with_context(no_reset_password=True).create({
                "name": name, "login": f"dc_{name}", "email": f"{name}@plant.example",
                "group_ids": [Command.set([env.ref(group).id for group in ("base.group_user", *groups.split(","))])],
            }).id for name, groups in PEOPLE.items()}
            cls.customer = env["res.partner"].create({"name": "Power Station", "email": "office@power.example"}).id
            cls.cabinet = env["product.product"].create({
                "name": "Cabinet", "is_storable": True, "list_price": 100, "taxes_id": [Command.clear()]}).id

    # ----------------------------------------------------------------- set-up

    def _order(self, env, quantity=4, trucks=1, **values):
        """An order with its goods reserved, in so many transfers."""
        cabinet = env["product.product"].browse(self.cabinet)
        stock = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1).lot_stock_id
        env["stock.quant"]._update_available_quantity(cabinet, stock, quantity)
        order = env["sale.order"].create({
            "partner_id": self.customer, "user_id": self.people["seller"],
            "order_line": [Command.create({"product_id": cabinet.id, "product_uom_qty": quantity})], **values})
        order.action_confirm()
        order.picking_ids.action_assign()
        if trucks > 1:
            order.picking_ids.move_ids.quantity = quantity / trucks
            order.picking_ids.action_split_transfer()
        order.picking_ids.action_assign()
        for move in order.picking_ids.move_ids:
            move.quantity, move.picked = move.product_uom_qty, True
        return order

    def _notice(self, env, order, release=True):
        desk = env["delivery.notice"].with_user(self.people["desk"])
        notice = desk._make(order.picking_ids.with_user(self.people["desk"]))
        soon = fields.Datetime.now() + timedelta(days=2)
        notice.write({"date_planned": soon, "date_arrival": soon + timedelta(days=1), "contact_name": "Mr. Wang"})
        if release:
            notice.action_release()
        return notice

    def _meet(self, first, second, ours, theirs=None):
        """The second has looked at it before the first is done; he is turned back and starts again, as the server
        repeats his request.

        :param first: (user's name, what he does with an environment)
        :param second: the same
        :param ours: what both have looked at before: a function of an environment
        :param theirs: words with which the second is refused; None: he succeeds
        """
        with self.clone.cursor() as one, self.clone.cursor() as two:
            env_one, env_two = (odoo.api.Environment(cr, self.people.get(who, 1), {})
                                for cr, (who, _act) in ((one, first), (two, second)))
            ours(env_one), ours(env_two)
            first[1](env_one)
            env_one.flush_all()
            one.commit()
            with self.assertRaises(psycopg2.errors.SerializationFailure):
                second[1](env_two)
                env_two.flush_all()
            two.rollback()
            env_two.invalidate_all()
            if theirs is None:
                second[1](env_two)
                env_two.flush_all()
                two.commit()
            else:
                with self.assertRaisesRegex(UserError, theirs):
                    second[1](env_two)

    # ------------------------------------------------------------------ tests

    def test_two_make_the_notice_of_one_order(self):
        """DLV-1: two at the order desk press the button at the same moment: there is one notice."""
        with self.clone.env() as env:
            order = self._order(env).id

        def make(env):
            env["sale.order"].browse(order).action_make_delivery_notice()
        self._meet(("desk", make), ("other_desk", make),
                   lambda env: env["sale.order"].browse(order).picking_ids.mapped("needs_delivery_notice"),
                   "Nothing is to leave")
        with self.clone.env() as env:
            self.assertEqual(len(env["delivery.notice"].search([("order_id", "=", order)])), 1)

    def test_withdrawn_while_the_store_validates(self):
        """DLV-1: the desk withdraws what the store is just validating: the goods stay; the other way round the notice
        is not withdrawn any more."""
        with self.clone.env() as env:
            notices = [self._notice(env, self._order(env)).id for _number in range(2)]

        def withdraw(env, notice):
            env["delivery.notice"].browse(notice).action_withdraw("The customer wants another gate")

        def ship(env, notice):
            env["delivery.notice"].sudo().browse(notice).picking_ids.with_user(env.uid).button_validate()

        def look(env):
            return env["delivery.notice"].sudo().browse(notices).mapped("state")
        stays, leaves = notices
        self._meet(("desk", lambda env: withdraw(env, stays)), ("store", lambda env: ship(env, stays)), look,
                   "is not released")
        self._meet(("store", lambda env: ship(env, leaves)), ("desk", lambda env: withdraw(env, leaves)), look,
                   "Shipped")

    def test_two_trucks_leave_at_once(self):
        """DLV-1: the two transfers of a notice are validated at the same moment: with the second it is shipped."""
        with self.clone.env() as env:
            notice = self._notice(env, self._order(env, trucks=2)).id
            first, second = env["delivery.notice"].browse(notice).picking_ids.ids

        def ship(env, picking):
            env["stock.picking"].browse(picking).button_validate()
        self._meet(("store", lambda env: ship(env, first)), ("other_store", lambda env: ship(env, second)),
                   lambda env: env["delivery.notice"].sudo().browse(notice).picking_ids.mapped("state"))
        with self.clone.env() as env:
            notice = env["delivery.notice"].browse(notice)
            self.assertEqual((notice.state, notice.line_ids.mapped("quantity_shipped")), ("shipped", [2, 2]))

    def test_two_crates_are_signed_at_once(self):
        """DLV-3: two people on site sign for two crates of one delivery at the same moment: the notice is signed."""
        with self.clone.env() as env:
            notice = self._notice(env, self._order(env, trucks=2))
            picking = notice.sudo().picking_ids[:1]
            picking.move_line_ids.result_package_id = env["stock.package"].create({"name": "CRATE-1"})
            notice.sudo().picking_ids.with_user(self.people["store"]).button_validate()
            notice.sudo()._make_crates()
            first, second = notice.sudo().crate_ids.ids
            notice = notice.id

        def sign(env, crate):
            env["delivery.crate"].sudo().browse(crate)._answer({"signer": "Mr. Wang", "signature": SIGNATURE})
        self._meet((None, lambda env: sign(env, first)), (None, lambda env: sign(env, second)),
                   lambda env: env["delivery.notice"].sudo().browse(notice).crate_ids.mapped("state"))
        with self.clone.env() as env:
            self.assertEqual(env["delivery.notice"].browse(notice).state, "signed")

    def test_two_heads_answer(self):
        """DLV-1: one allows what the other refuses at the same moment: the first answer stands."""
        with self.clone.env() as env:
            kind = env.ref("order_payment.order_payment_kind_before_delivery").id
            order = self._order(env, payment_line_ids=[Command.create({"kind_id": kind, "percent": 100})])
            notice = self._notice(env, order, release=False)
            notice.action_ask_override("The customer pays on Friday")
            notice = notice.id
        self._meet(("head", lambda env: env["delivery.notice"].browse(notice).action_refuse("He has said so before")),
                   ("other_head", lambda env: env["delivery.notice"].browse(notice).action_allow("An old customer")),
                   lambda env: env["delivery.notice"].browse(notice).override_asked_by, "nobody asks")
        with self.clone.env() as env:
            self.assertFalse(env["delivery.notice"].browse(notice).override_codes)

    def test_two_invoice_one_payment(self):
        """PAY-1: sales and finance press "Create Invoice" of one payment at the same moment: there is one invoice."""
        with self.clone.env() as env:
            kind = "order_payment.order_payment_kind_"
            order = self._order(env, payment_line_ids=[
                Command.create({"kind_id": env.ref(f"{kind}before_delivery").id, "percent": 60}),
                Command.create({"kind_id": env.ref(f"{kind}delivery").id, "percent": 40})])
            line = order.payment_line_ids[0].id
            order = order.id

        def invoice(env):
            env["order.payment.line"].browse(line).action_invoice()
        self._meet(("seller", invoice), ("finance", invoice),
                   lambda env: env["order.payment.line"].browse(line).mapped("amount_invoiced"), "is invoiced already")
        with self.clone.env() as env:
            self.assertEqual(len(env["sale.order"].browse(order).invoice_ids), 1)

    def test_two_payments_of_one_order_are_invoiced_at_once(self):
        """PAY-1: two payments of one order are invoiced at the same moment: the second is made with the first in mind,
        and what both come to is the order."""
        with self.clone.env() as env:
            kind, today = "order_payment.order_payment_kind_", fields.Date.today()
            order = self._order(env, payment_line_ids=[
                Command.create({"kind_id": env.ref(f"{kind}{name}").id, "percent": 50, "event": "date", "date": today})
                for name in ("before_delivery", "progress")])
            first, second = order.payment_line_ids.ids
            order = order.id

        def invoice(env, line):
            env["order.payment.line"].browse(line).action_invoice()
        self._meet(("seller", lambda env: invoice(env, first)), ("finance", lambda env: invoice(env, second)),
                   lambda env: env["order.payment.line"].browse([first, second]).mapped("amount_invoiced"))
        with self.clone.env() as env:
            order = env["sale.order"].browse(order)
            self.assertEqual(sum(order.payment_line_ids.mapped("amount_invoiced")), order.amount_total)

    def test_revised_while_it_is_invoiced(self):
        """PAY-1: finance invoices a payment while the plan is revised: the revision finds it invoiced."""
        with self.clone.env() as env:
            kind = "order_payment.order_payment_kind_"
            order = self._order(env, payment_line_ids=[
                Command.create({"kind_id": env.ref(f"{kind}before_delivery").id, "percent": 60}),
                Command.create({"kind_id": env.ref(f"{kind}delivery").id, "percent": 40})])
            line = order.payment_line_ids[0].id
            order = order.id

        def revise(env):
            wizard = env["order.payment.revise"].create({"order_id": order, "reason": "Agreed by telephone"})
            wizard.line_ids[0].percent, wizard.line_ids[1].percent = 30, 70
            wizard.action_confirm()
        self._meet(("finance", lambda env: env["order.payment.line"].browse(line).action_invoice()), ("seller", revise),
                   lambda env: env["order.payment.line"].browse(line).mapped("amount_invoiced"),
                   "is invoiced and stays as it is")
