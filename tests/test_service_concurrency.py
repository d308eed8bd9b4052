"""Two people of after-sales at one document at the same moment. Everything here commits, in a clone."""
import unittest
from datetime import datetime, timedelta

from psycopg2.errors import SerializationFailure

import odoo.api
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.aftersales_visit.tests.common import SIGNATURE

from cloning import cloned_database


class TestServiceConcurrency(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clone = cls.enterClassContext(cloned_database())
        with cls.clone.env() as env:
            group = env.ref("aftersales.group_service_user")
            people = env["res.users"].create([
                {"name": login, "login": login, "group_ids": [Command.set(group.ids)]} for login in ("zhao", "qian")])
            cls.people = people.ids
            cls.customer = env["res.partner"].create({"name": "Power Station"}).id

    def _at(self, cursor, person, record):
        """The record in a transaction of that person that has begun and has seen it."""
        env = odoo.api.Environment(cursor, self.people[person], {})
        found = env[record._name].browse(record.id)
        found.read(["state"])
        return found

    def _both(self, record, method):
        """Two press the same button at once: the second begins again, as Odoo does it, and is told what the first
        did.

        :return: what he is told
        """
        with self.clone.cursor() as mine, self.clone.cursor() as theirs:
            one, other = self._at(mine, 0, record), self._at(theirs, 1, record)
            getattr(one, method)()
            mine.commit()
            with self.assertRaises(SerializationFailure):
                getattr(other, method)()
        with self.clone.cursor() as again, self.assertRaises(UserError) as told:
            getattr(self._at(again, 1, record), method)()
        return str(told.exception)

    def test_two_take_one_request(self):
        """AFT-1: two engineers take the same request at once: one has it, and one to-do is there; the other is told
        who."""
        with self.clone.env() as env:
            request = env["service.request"].create({
                "subject": "Breaker", "source": "sales", "partner_id": self.customer})
        self.assertIn("handed over already, to zhao", self._both(request, "action_take"))
        with self.clone.env() as env:
            request = env["service.request"].browse(request.id)
            self.assertEqual((request.user_id.login, request.activity_ids.user_id.login), ("zhao", "zhao"))

    def test_two_sign_one_visit(self):
        """AFT-3: two technicians report the same visit at once: its parts leave the stock once."""
        with self.clone.env() as env:
            zhao, qian = env["res.users"].browse(self.people)
            warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
            car = env["stock.location"].create({
                "name": "Car", "location_id": warehouse.lot_stock_id.id, "service_user_id": zhao.id})
            coil = env["product.product"].create({"name": "Coil", "is_storable": True})
            env["stock.quant"]._update_available_quantity(coil, car, 5)
            start = datetime.now() + timedelta(days=1)
            visit = env["service.visit"].create({
                "kind_id": env["service.visit.kind"].create({"name": "Check"}).id, "partner_id": self.customer,
                "technician_id": zhao.id, "technician_ids": [Command.set(qian.ids)], "planned_start": start,
                "planned_end": start + timedelta(hours=2)})
            theirs = visit.with_user(zhao)
            theirs.action_plan()
            theirs.action_arrive()
            theirs.write({
                "work_done": "Coil replaced", "signer": "Mr. Wang", "signature": SIGNATURE,
                "hours_ids": [Command.create({"user_id": zhao.id, "work_hours": 1})],
                "part_ids": [Command.create({"user_id": zhao.id, "product_id": coil.id, "quantity": 2})]})
        self.assertIn("Done", self._both(visit, "action_complete"))
        with self.clone.env() as env:
            left = env["stock.quant"]._get_available_quantity(
                env["product.product"].browse(coil.id), env["stock.location"].browse(car.id))
            self.assertEqual(left, 3)
