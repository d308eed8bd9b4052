"""Two people act on changes of one order at once, on two real connections."""
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
            cls.heads = [cls._head(env, name) for name in ("three", "four")]
            cls.made, cls.production = cls._made(env, partner)
            cls.told = cls._change(env, order, 7, departments=cls.heads)

    @classmethod
    def _head(cls, env, name):
        """A department and the user who manages it."""
        user = env["res.users"].with_context(no_reset_password=True).create({
            "name": name, "login": f"ch_{name}", "group_ids": [Command.set(env.ref("base.group_user").ids)]})
        employee = env["hr.employee"].create({"name": name, "user_id": user.id})
        return env["hr.department"].create({"name": name, "manager_id": employee.id}).id, user.id

    @classmethod
    def _made(cls, env, partner):
        """A change of an order for which a manufacturing order is under way, and that one."""
        warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
        warehouse.mto_pull_id.route_id.active = True
        routes = warehouse.mto_pull_id.route_id | warehouse.manufacture_pull_id.route_id
        part, product = env["product.product"].create([
            {"name": "Sheet", "type": "consu"},
            {"name": "Door", "type": "consu", "is_storable": True, "route_ids": [Command.set(routes.ids)]}])
        env["mrp.bom"].create({"product_tmpl_id": product.product_tmpl_id.id, "bom_line_ids": [
            Command.create({"product_id": part.id, "product_qty": 1})]})
        order = env["sale.order"].create({"partner_id": partner, "order_line": [
            Command.create({"product_id": product.id, "product_uom_qty": 10})]})
        order.action_confirm()
        production = env["mrp.production"].search([("product_id", "=", product.id)])
        return cls._change(env, order, 8), production.id

    @classmethod
    def _change(cls, env, order, quantity, departments=()):
        change = env["order.change"].create({
            "order_id": order.id, "reason": "Fewer cabinets.", "line_ids": [Command.create({
                "kind": "quantity", "order_line_id": order.order_line.id, "quantity": quantity})],
            "acknowledgement_ids": [
                Command.create({"department_id": department}) for department, _user in departments]})
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

    def test_manufacturing_order_is_done_while_its_change_is_approved(self):
        """CHG-8, CHG-9: the approval waits for whoever closes the manufacturing order, starts again, and finds it done:
        it stays whole, the surplus is told, nothing is half applied."""
        with self.clone.cursor() as first, self.clone.cursor() as second:
            change = odoo.api.Environment(second, self.approvers[0], {})["order.change"].browse(self.made)
            self.assertIn("falls from 10 to 8", "".join(change.impact_ids.mapped("what")))
            production = odoo.api.Environment(first, odoo.SUPERUSER_ID, {})["mrp.production"].browse(self.production)
            production.qty_producing = 10
            production.move_raw_ids.picked = True
            production.button_mark_done()
            production.env.flush_all()
            with self.assertRaisesRegex(Exception, "lock|serialize"):  # told at once, and repeated by the server
                change.action_approve()
            second.rollback()
            first.commit()
            change.env.invalidate_all()
            self.assertEqual(change.state, "assessed")
            change.action_approve()
            change.env.flush_all()
            second.commit()
        with self.clone.env() as env:
            change, production = env["order.change"].browse(self.made), env["mrp.production"].browse(self.production)
            self.assertEqual((change.state, production.state, production.qty_produced), ("applied", "done", 10))
            self.assertEqual(change.order_id.order_line.product_uom_qty, 8)
            self.assertTrue(change.impact_ids.filtered(lambda row: row.obstacle and "2 become surplus" in row.what))
            self.assertIn(production.name, "".join(change.message_ids.mapped("body")))

    def test_two_departments_acknowledge_at_once(self):
        """CHG-2: the last of two who acknowledge at once closes the notice, though neither saw the other."""
        with self.clone.env() as env:
            change = env["order.change"].browse(self.told)
            change.order_id.order_line.invalidate_recordset()
            change.action_reopen()
            change.action_assess()
            change.with_user(self.approvers[0]).action_approve()
            others = change.acknowledgement_ids.filtered(
                lambda row: row.department_id.id not in [department for department, _user in self.heads])
            others._write_signed(others._prepare_acknowledgement())
            self.assertEqual(change.next_step, "acknowledge")
        with self.clone.cursor() as first, self.clone.cursor() as second:
            one, two = (
                odoo.api.Environment(cr, user, {})["order.change"].browse(self.told)
                for cr, (_head, user) in zip((first, second), self.heads, strict=True))
            self.assertTrue(one.can_acknowledge and two.can_acknowledge)
            one.action_acknowledge()
            one.env.flush_all()
            first.commit()
            with self.assertRaises(psycopg2.errors.SerializationFailure):
                two.action_acknowledge()
            second.rollback()
            two.env.invalidate_all()
            two.action_acknowledge()
            two.env.flush_all()
            second.commit()
        with self.clone.env() as env:
            change = env["order.change"].browse(self.told)
            self.assertEqual(set(change.acknowledgement_ids.mapped("state")), {"acknowledged"})
            self.assertFalse(change.next_step)
