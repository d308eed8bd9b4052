"""Two people approve changes of one order at once, on two real connections."""
import unittest

import psycopg2

import odoo.api
from odoo.exceptions import UserError
from odoo.fields import Command

from cloning import cloned_database


class TestChangeConcurrency(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clone = cls.enterClassContext(cloned_database())
        with cls.clone.env() as env:
            env.company.order_review_policy = "none"
            cls.approvers = [env["res.users"].with_context(no_reset_password=True).create({
                "name": name, "login": f"ch_{name}", "group_ids": [Command.set([
                    env.ref("base.group_user").id, env.ref("order_change.group_order_change_approver").id])]}).id
                for name in ("one", "two")]
            product = env["product.product"].create({"name": "Ring main unit", "type": "consu"}).id
            partner = env["res.partner"].create({"name": "Grid Company"}).id
            order = env["sale.order"].create({"partner_id": partner, "order_line": [
                Command.create({"product_id": product, "product_uom_qty": 10})]})
            order.action_confirm()
            cls.row = order.order_line.id
            cls.changes = [cls._change(env, order, quantity) for quantity in (8, 6)]

    @classmethod
    def _change(cls, env, order, quantity):
        change = env["order.change"].create({
            "order_id": order.id, "reason": "Fewer cabinets.", "line_ids": [Command.create({
                "kind": "quantity", "order_line_id": order.order_line.id, "quantity": quantity})]})
        change.attachment_ids = env["ir.attachment"].create({
            "name": "request.pdf", "raw": b"please", "res_model": change._name, "res_id": change.id})
        change.action_assess()
        return change.id

    def test_two_changes_of_one_line_are_approved_at_once(self):
        """CHG-8: the second waits, starts again, and finds that the order says otherwise; the first one stands."""
        with self.clone.cursor() as first, self.clone.cursor() as second:
            one, two = (odoo.api.Environment(cr, user, {})["order.change"].browse(change) for cr, user, change in zip(
                (first, second), self.approvers, self.changes, strict=True))
            self.assertEqual((one.state, two.state), ("assessed", "assessed"))
            one.action_approve()
            one.env.flush_all()
            first.commit()
            with self.assertRaises(psycopg2.errors.SerializationFailure):
                two.action_approve()
                two.env.flush_all()
            second.rollback()
            two.env.invalidate_all()
            with self.assertRaisesRegex(UserError, "has been changed"):  # as the server repeats the request
                two.action_approve()
        with self.clone.env() as env:
            self.assertEqual(env["sale.order.line"].browse(self.row).product_uom_qty, 8)
            self.assertEqual(env["order.change"].browse(self.changes).mapped("state"), ["applied", "assessed"])
