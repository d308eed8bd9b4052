"""Supplier and buyer at one order at the same moment. Everything here commits, in a clone."""
import unittest
from datetime import date, timedelta

from psycopg2.errors import SerializationFailure

import odoo.api
from odoo.exceptions import UserError

import quality_company as qc
from cloning import cloned_database


class TestSupplierConcurrency(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.clone = self.enterContext(cloned_database())
        with self.clone.env() as env:
            self.order_id = qc.buy(env, qc.component(env), 10).id

    def _order(self, cursor):
        """The order in a transaction that has begun and has seen it."""
        env = odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {})
        order = env["purchase.order"].browse(self.order_id)
        order.read(["state", "confirmation_state"])
        return order

    def _said(self, order, days):
        return order.order_line._promise(
            date.today() + timedelta(days=days), "Copper is short", source="supplier", author=order.partner_id)

    def test_confirmed_twice_at_once(self):
        """PUR-4: two taps in two transactions: the second begins again on what the first did, and confirms no more."""
        with self.clone.cursor() as mine, self.clone.cursor() as theirs:
            one, other = self._order(mine), self._order(theirs)
            one._confirm_all(one.partner_id)
            mine.commit()
            with self.assertRaises(SerializationFailure):
                other._confirm_all(other.partner_id)
        with self.clone.env() as env:  # as Odoo starts the request again
            order = self._order(env.cr)
            order._confirm_all(order.partner_id)
            self.assertEqual(len(order.confirmation_ids), 1)

    def test_accepted_while_the_supplier_says_another(self):
        """PUR-8: two people of the supplier give two dates for one line at once: the second begins again, both stay on
        record. The buyer accepts while the supplier gives a newer one: he begins again and is told that it was
        replaced."""
        with self.clone.cursor() as mine, self.clone.cursor() as theirs:
            one, other = self._order(mine), self._order(theirs)
            self._said(one, 20)
            mine.commit()
            with self.assertRaises(SerializationFailure):
                self._said(other, 30)
        with self.clone.env() as env:
            promise_id = self._said(self._order(env.cr), 30).id
            promises = env["purchase.order"].browse(self.order_id).order_line.promise_ids.sorted("id")
            self.assertEqual(promises.mapped("state"), ["replaced", "proposed"])
        with self.clone.cursor() as mine, self.clone.cursor() as theirs:
            supplier, buyer = self._order(mine), self._order(theirs)
            promise = buyer.env["supplier.promise"].browse(promise_id)
            self.assertEqual(promise.state, "proposed")
            self._said(supplier, 60)
            mine.commit()
            with self.assertRaises(SerializationFailure):
                promise.action_accept()
        with self.clone.env() as env, self.assertRaisesRegex(UserError, "Replaced"):
            env["supplier.promise"].browse(promise_id).action_accept()
