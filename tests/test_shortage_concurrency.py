"""Two people, or two swaps, at one shortage at the same moment. Everything here commits, in a clone."""
import unittest
from datetime import timedelta

from psycopg2.errors import SerializationFailure, UniqueViolation

import odoo.api
from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

from cloning import cloned_database


class TestShortageConcurrency(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.clone = self.enterContext(cloned_database())
        with self.clone.env() as env:
            env.company.shortage_swap_policy = "free"
            part, cabinet = env["product.product"].create([
                {"name": name, "type": "consu", "is_storable": True} for name in ("Relay", "Cabinet of relays")])
            stock = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1).lot_stock_id
            env["stock.quant"]._update_available_quantity(part, stock, 3)
            self.orders = []
            for days in (20, 4, 5):
                order = env["mrp.production"].create({
                    "product_id": cabinet.id, "product_qty": 1, "bom_id": False,
                    "date_start": fields.Datetime.now() + timedelta(days=days),
                    "move_raw_ids": [Command.create({"product_id": part.id, "product_uom_qty": 3})]})
                order.action_confirm()
                order.action_assign()
                self.orders.append(order.id)
            env["material.pegging"]._refresh()
            env["material.pegging"]._on_refreshed(None)
            self.part_id = part.id

    def _environment(self, cursor):
        """An environment whose transaction has begun: it has seen the orders."""
        env = odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {})
        env["mrp.production"].browse(self.orders).read(["state"])
        return env

    def _swap(self, env, taker, quantity=3):
        line = env["material.shortage"].search([("production_id", "=", taker), ("state", "!=", "closed")])
        return env["material.measure"]._take(line, "swap", {"quantity": quantity, "giver_id": self.orders[0]})

    def test_two_orders_take_the_same_parts(self):
        """MAT-13 (odoo/odoo #28403): of two orders that take the same reserved parts one gets them; the other one,
        started again, is told that nothing is left."""
        with self.clone.cursor() as mine, self.clone.cursor() as theirs:
            one, other = self._environment(mine), self._environment(theirs)
            self._swap(one, self.orders[1])
            one.flush_all()
            mine.commit()
            with self.assertRaises(SerializationFailure):
                self._swap(other, self.orders[2])
                other.flush_all()
        with self.clone.env() as env:
            swap = env["material.swap"].search([])
            self.assertEqual((swap.taker_id.id, swap.quantity), (self.orders[1], 3))
            with self.assertRaisesRegex(UserError, "can give 0"):
                self._swap(env, self.orders[2])
            moves = env["mrp.production"].browse(self.orders).move_raw_ids
            self.assertEqual(sum(moves.move_line_ids.mapped("quantity")), 3)

    def test_reported_twice_at_once(self):
        """MAT-10: two fitters report the same part at the same moment: one line; the second joins it, started again."""
        with self.clone.env() as env:
            part = env["product.product"].create({"name": "Fuse", "type": "consu", "is_storable": True})
        with self.clone.cursor() as mine, self.clone.cursor() as theirs:
            one, other = self._environment(mine), self._environment(theirs)
            for env in (one, other):
                env["product.product"].browse(part.id).read(["name"])
            self._report(one, part.id, 1)
            one.flush_all()
            mine.commit()
            with self.assertRaises((SerializationFailure, UniqueViolation)):
                self._report(other, part.id, 2)
        with self.clone.env() as env:
            self._report(env, part.id, 2)
            lines = env["material.shortage"].search([("product_id", "=", part.id)])
            self.assertEqual(lines.mapped("quantity"), [2])

    def _report(self, env, part, quantity):
        return env["material.shortage"]._report(
            env["product.product"].browse(part), quantity, env["mrp.production"].browse(self.orders[1]))

    def test_two_decide_at_once(self):
        """PUR-6: of two who agree and refuse at once the second meets what the first did."""
        with self.clone.env() as env:
            line = env["material.shortage"].search([("production_id", "=", self.orders[1])])
            env.company.shortage_swap_policy = "agree"
            user = env.ref("base.user_admin")
            env.company.sla_general_manager_id = user
            measure = self._swap(env, self.orders[1])
            self.assertEqual((measure.state, line.state), ("proposed", "open"))
        with self.clone.cursor() as mine, self.clone.cursor() as theirs:
            one, other = self._environment(mine), self._environment(theirs)
            for env in (one, other):
                env["material.measure"].browse(measure.id).read(["state"])
            one["material.measure"].browse(measure.id).action_refuse("Its order is urgent, too")
            one.flush_all()
            mine.commit()
            with self.assertRaises(SerializationFailure):
                other["material.measure"].browse(measure.id).action_agree()
        with self.clone.env() as env, self.assertRaises(UserError):
            env["material.measure"].browse(measure.id).action_agree()

    def test_line_added_while_it_is_submitted(self):
        """PUR-1: a line that is added in the moment in which its request is handed in: the second starts again, and is
        told that it is no draft any more. Nothing is approved that was not read."""
        line = {"product_id": self.part_id, "product_qty": 5, "name": "Relay"}
        with self.clone.env() as env:
            line["product_uom_id"] = env.ref("uom.product_uom_unit").id
            user = env["res.users"].create({"name": "Applicant", "login": "applicant", "group_ids": [
                Command.set(env.ref("purchase_request.group_purchase_request_user").ids)]})
            request = env["purchase.request"].with_user(user).create({
                "request_kind": "plan", "description": "For the sets of May", "line_ids": [Command.create(line)]})
        line["request_id"] = request.id
        with self.clone.cursor() as mine, self.clone.cursor() as theirs:
            one, other = (odoo.api.Environment(cursor, user.id, {}) for cursor in (mine, theirs))
            for env in (one, other):
                env["purchase.request"].browse(request.id).read(["state"])
            one["purchase.request"].browse(request.id).button_to_approve()
            one.flush_all()
            mine.commit()
            with self.assertRaises(SerializationFailure):
                other["purchase.request.line"].create(line)
                other.flush_all()
        with self.clone.env() as env, self.assertRaises(UserError):
            env["purchase.request.line"].with_user(user.id).create(line)
