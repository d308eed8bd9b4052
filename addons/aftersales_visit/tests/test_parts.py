from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import VisitCommon


@tagged("-at_install", "post_install")
class TestParts(VisitCommon):
    def _with_part(self, **values):
        visit = self._fill(self._on_site())
        visit.write({"part_ids": [Command.create({"user_id": self.engineer.id, **values})]})
        return visit

    def _left(self, product):
        return self.env["stock.quant"]._get_available_quantity(product, self.car)

    def test_parts_leave_the_technicians_stock(self):
        """AFT-3: parts go from the technician's own stock to the customer when it is signed, with their number."""
        visit = self._with_part(product_id=self.coil.id, quantity=2)
        visit.write({"part_ids": [Command.create({
            "user_id": self.engineer.id, "product_id": self.relay.id, "lot_id": self.serial.id})]})
        visit.action_complete()
        moves = visit.sudo().part_ids.move_id
        self.assertRecordValues(moves, [
            {"state": "done", "quantity": 2, "location_id": self.car.id}, {"state": "done", "quantity": 1,
                                                                         "location_id": self.car.id}])
        self.assertEqual(set(moves.location_dest_id.mapped("usage")), {"customer"})
        self.assertEqual(moves[1].move_line_ids.lot_id, self.serial)
        self.assertEqual((self._left(self.coil), self._left(self.relay)), (1, 0))

    def test_parts_that_he_does_not_have(self):
        """AFT-3: what the technician does not have is refused with what he has; nothing moves, nothing is negative."""
        for values, word in (
                ({"product_id": self.coil.id, "quantity": 4}, "does not have 4 .*: 3 are in"),
                ({"product_id": self.relay.id}, "name the lot or serial"),
                ({"product_id": self.coil.id, "quantity": 1, "user_id": self.colleague.id}, "no stock of his own")):
            visit = self._with_part(**values)
            with self.assertRaisesRegex(UserError, word):
                visit.action_complete()
            self.assertEqual(visit.state, "under_way")
        self.assertEqual(self._left(self.coil), 3)
        visit = self._with_part(product_id=self.coil.id, quantity=2)
        visit.write({"part_ids": [Command.create({
            "user_id": self.engineer.id, "product_id": self.coil.id, "quantity": 2})]})
        with self.assertRaisesRegex(UserError, "does not have"), self.env.cr.savepoint():
            visit.action_complete()
        self.assertEqual(self._left(self.coil), 3)

    def test_parts_are_taken_where_they_lie(self):
        """AFT-3: what lies in a box of the car, packed or lent by somebody, leaves from there; nothing is negative."""
        quants = self.env["stock.quant"]
        box = self.env["stock.location"].create({
            "name": "Box", "location_id": self.car.id, "company_id": self.company.id})
        package = self.env["stock.package"].create({"name": "P-1"})
        quants._update_available_quantity(self.coil, box, 2, package_id=package, owner_id=self.customer)
        visit = self._with_part(product_id=self.coil.id, quantity=5)
        visit.action_complete()
        self.assertEqual(visit.sudo().part_ids.move_id.quantity, 5)
        self.assertFalse(quants.search([
            ("product_id", "=", self.coil.id), ("location_id", "child_of", self.car.id), ("quantity", "!=", 0)]))

    def test_unit_follows_the_product(self):
        """AFT-3: another product than before has its own unit."""
        visit = self._with_part(product_id=self.coil.id)
        cable = self.env["product.product"].create({
            "name": "Cable", "is_storable": True, "uom_id": self.env.ref("uom.product_uom_meter").id})
        visit.part_ids.product_id = cable
        self.assertEqual(visit.part_ids.uom_id, cable.uom_id)

    @mute_logger("odoo.sql_db")
    def test_quantity_and_unit(self):
        """AFT-3: a quantity of zero, a unit of something else, a serial number of something else are refused."""
        kilogram = self.env.ref("uom.product_uom_kgm")
        for values in ({"quantity": 0}, {"quantity": -1}, {"uom_id": kilogram.id}, {"lot_id": self.serial.id}):
            with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
                self._with_part(product_id=self.coil.id, **values)
                self.env.flush_all()
            self.assertNotIsInstance(caught.exception, AssertionError)
        dozen = self.env.ref("uom.product_uom_dozen")
        visit = self._with_part(product_id=self.coil.id, uom_id=dozen.id, quantity=0.25)
        visit.action_complete()
        self.assertEqual(self._left(self.coil), 0)

    def test_cost_of_a_visit(self):
        """AFT-5: a signed visit costs its request the hours at the rate of that day, the travel, and the parts at the
        value of the stock; unsigned it costs nothing; whoever is no head sees none of it."""
        self.company.service_hour_cost = 80
        self.coil.standard_price = 25
        request = self._contacted(lot_id=self.lot.id)
        visit = self._fill(self._on_site(request_id=request.id), part_ids=[Command.create({
            "product_id": self.coil.id, "quantity": 2})])
        costs = self.env["service.cost.report"].with_user(self.head)
        self.env.flush_all()
        self.assertFalse(costs.search([("request_id", "=", request.id)]))
        visit.action_complete()
        self.company.service_hour_cost = 500
        self.env.flush_all()
        rows = costs.search([("request_id", "=", request.id)])
        self.assertEqual(sorted((row.kind, row.amount) for row in rows), [
            ("hours", 280), ("parts", 50), ("travel", 120)])
        self.assertEqual({(row.res_model, row.res_id) for row in rows}, {("service.visit", visit.id)})
        self.assertEqual(request.with_user(self.head).cost_total, 450)
        with self.assertRaises(AccessError):
            visit.labor_cost  # noqa: B018

    def test_cost_falls_on_the_companys_day(self):
        """AFT-5: what is signed at one o'clock at night in Shanghai costs that day, wherever the reader is."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.company.service_hour_cost = 80
        visit = self._fill(self._on_site(request_id=self._contacted(lot_id=self.lot.id).id))
        visit._complete(datetime(2031, 3, 3, 17))
        self.env.flush_all()
        hours = self.env["service.cost.report"].with_user(self.head).with_context(tz="America/Lima").search([
            ("res_model", "=", visit._name), ("res_id", "=", visit.id), ("kind", "=", "hours")])
        self.assertEqual(str(hours.date), "2031-03-04")
