from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RequestCommon


@tagged("-at_install", "post_install")
class TestOrderApproval(RequestCommon):
    """Purchase orders are approved by amount (PUR-5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.breaker.supplier_taxes_id = False
        cls.general.group_ids += cls.env.ref("purchase.group_purchase_user")
        cls.tiers = cls.env["purchase.approval.tier"].create([
            {"name": "Buyer", "amount_from": 0, "own_allowed": True, "company_id": cls.company.id,
             "group_id": cls.env.ref("purchase.group_purchase_user").id},
            {"name": "Head", "amount_from": 1000, "company_id": cls.company.id,
             "user_ids": [Command.set(cls.head.ids)]},
            {"name": "General", "amount_from": 5000, "company_id": cls.company.id,
             "user_ids": [Command.set(cls.general.ids)]}])

    def _quotation(self, quantity, user=None):
        return self.env["purchase.order"].with_user(user or self.buyer).create({
            "partner_id": self.supplier.id, "user_id": (user or self.buyer).id, "order_line": [Command.create({
                "product_id": self.breaker.id, "product_qty": quantity, "price_unit": 100, "tax_ids": False})]})

    def test_tiers(self):
        """PUR-5: the buyer confirms what is small himself; what is more waits for the head, then for the general
        manager, who gets a to-do; it is logged who approved how much."""
        small = self._quotation(9)
        small.button_confirm()
        self.assertRecordValues(small, [{
            "state": "purchase", "order_approved_by": self.buyer.id, "order_approved_amount": 900}])
        for quantity, approver, not_enough in ((10, self.head, self.buyer), (50, self.general, self.head)):
            order = self._quotation(quantity)
            order.button_confirm()
            self.assertEqual((order.state, order.activity_ids.user_id), ("to approve", approver))
            self.assertFalse(order.with_user(not_enough).can_approve)
            with self.assertRaisesRegex(AccessError, "approved by another person"):
                order.with_user(not_enough).button_approve()
            order.with_user(approver).button_approve()
            self.assertRecordValues(order, [{"state": "purchase", "order_approved_by": approver.id}])
            self.assertFalse(order.activity_ids)
            self.assertTrue(order.picking_ids)

    def test_the_tier_above_may(self):
        """PUR-5: whoever may approve more may approve less."""
        order = self._quotation(10)
        order.button_confirm()
        order.with_user(self.general).button_approve()
        self.assertEqual(order.state, "purchase")

    def test_no_own_order(self):
        """PUR-5: the head's own order is the general manager's to approve; in whosever name he bought."""
        own = self._quotation(10, user=self.head)
        own.button_confirm()
        self.assertEqual(own.state, "to approve")
        another_name = self._quotation(10, user=self.head)
        another_name.user_id = self.buyer
        another_name.button_confirm()
        for order in (own, another_name):
            with self.assertRaises(AccessError):
                order.button_approve()
            order.with_user(self.general).button_approve()

    def test_gate_stands_in_the_model(self):
        """PUR-5: by RPC, import, or a new record that is confirmed from the start: the same answer."""
        order = self._quotation(60)
        for write in (lambda: order.write({"state": "purchase"}),
                      lambda: order.write({"order_approved_by": self.general.id}),
                      lambda: order.write({"order_approved_amount": 10 ** 6}),
                      lambda: self.env["purchase.order"].with_user(self.buyer).create({
                          "partner_id": self.supplier.id, "state": "purchase", "order_line": [Command.create({
                              "product_id": self.breaker.id, "product_qty": 60, "price_unit": 100})]})):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                write()
        order.button_approve()  # Odoo passes over what may not be approved
        self.assertEqual(order.state, "draft")

    def test_amount_that_rises(self):
        """PUR-5: an approved order stays within its amount: more is the approver's word again, logged; less and
        lines that balance are free."""
        order = self._quotation(9)
        order.button_confirm()
        mine = order.order_line
        for write in (lambda: mine.write({"product_qty": 90}), lambda: mine.write({"price_unit": 1000}),
                      lambda: order.write({"order_line": [Command.create({
                          "product_id": self.breaker.id, "product_qty": 90, "price_unit": 100})]}),
                      lambda: mine.create({"order_id": order.id, "product_id": self.breaker.id, "product_qty": 90,
                                           "price_unit": 100})):
            with self.assertRaisesRegex(AccessError, "was approved for"), self.env.cr.savepoint():
                write()
        mine.product_qty = 9.5
        self.assertEqual(order.order_approved_amount, 950)
        order.with_user(self.general).order_line.product_qty = 90
        self.assertRecordValues(order, [{"order_approved_amount": 9000, "order_approved_by": self.general.id}])
        self.assertIn("Approved again", order.message_ids.mapped("body")[0])
        order.write({"order_line": [
            Command.create({"product_id": self.breaker.id, "product_qty": 10, "price_unit": 100, "tax_ids": False}),
            Command.update(mine.id, {"product_qty": 80})]})
        self.assertEqual(order.amount_total, 9000)

    def test_lines_do_not_wander(self):
        """PUR-5: a line that comes from another order, or one that lowered the total and leaves for another order,
        raises an approved amount as any other change does."""
        order, other = self._quotation(9), self._quotation(90)
        order.button_confirm()
        order.write({"order_line": [Command.create({
            "product_id": self.busbar.id, "product_qty": 1, "price_unit": -800, "tax_ids": False})]})
        rebate = order.order_line.filtered(lambda line: line.price_unit < 0)
        bought = self._quotation(9)
        bought.write({"order_line": [Command.create({
            "product_id": self.breaker.id, "product_qty": 90, "price_unit": 100, "tax_ids": False}), Command.create({
                "product_id": self.busbar.id, "product_qty": 1, "price_unit": -9200, "tax_ids": False})]})
        bought.button_confirm()
        self.assertEqual((bought.state, bought.order_approved_amount), ("purchase", 700))
        for move in (lambda: other.order_line.write({"order_id": order.id}),
                     lambda: bought.order_line.filtered(lambda line: line.price_unit < 0).write(
                         {"order_id": other.id})):
            with self.assertRaisesRegex(AccessError, "was approved for"), self.env.cr.savepoint():
                move()
        self.assertEqual(rebate.order_id, order)

    def test_without_tiers_odoo_decides(self):
        """PUR-5: a company without tiers, and the system's own runs, work as Odoo's settings say; writing the state
        passes neither over."""
        self.tiers.unlink()
        self.company.write({"po_double_validation": "two_step", "po_double_validation_amount": 1000})
        order = self._quotation(20)
        order.button_confirm()
        self.assertEqual(order.state, "to approve")
        with self.assertRaises(AccessError):
            order.write({"state": "purchase"})
        order.with_user(self.head).button_approve()
        self.assertEqual(order.state, "purchase")
        self.company.po_double_validation = "one_step"
        automatic = self._quotation(90).sudo()
        automatic.button_confirm()
        self.assertEqual(automatic.state, "purchase")

    def test_bad_tiers(self):
        """PUR-5: a tier names who approves, its amount is none below zero and stands once; buyers do not write it."""
        tiers = self.env["purchase.approval.tier"]
        with self.assertRaises(ValidationError):
            tiers.create({"name": "Nobody", "amount_from": 7})
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            tiers.create({"name": "Below", "amount_from": -1, "user_ids": [Command.set(self.head.ids)]})
        with self.assertRaises(AccessError):
            self.tiers[0].with_user(self.head).amount_from = 10 ** 6

    def test_other_company_is_no_approver(self):
        """ARC-5: who does not work for the company approves nothing of it, whatever the tier says."""
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._user("stranger", "purchase.group_purchase_manager", company_id=other.id,
                              company_ids=[Command.set(other.ids)])
        order = self._quotation(60)
        order.button_confirm()
        self.assertNotIn(stranger, order.approver_ids)
        with self.assertRaises(AccessError):
            order.with_user(stranger).button_approve()
