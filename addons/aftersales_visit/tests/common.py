import base64
import io
from datetime import datetime, timedelta

from PIL import Image, ImageDraw

from odoo import fields
from odoo.fields import Command

from odoo.addons.aftersales.tests.common import AftersalesCommon


def picture(drawn=True, size=(120, 40)):
    """A drawing as base64; an empty sheet where nothing is drawn."""
    image = Image.new("RGBA", size, "white")
    if drawn:
        ImageDraw.Draw(image).line([(5, 5), (100, 30)], fill="black", width=3)
    data = io.BytesIO()
    image.save(data, "PNG")
    return base64.b64encode(data.getvalue()).decode()


SIGNATURE = picture()


class VisitCommon(AftersalesCommon):
    """After-sales with two technicians, one of whom carries parts with him; a kind of visit with a checklist."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env["service.visit.kind"].create({"name": "Check", "line_ids": [
            Command.create({"name": "Interlock", "answer_kind": "yes_no"}),
            Command.create({"name": "Insulation", "answer_kind": "value", "unit": "MΩ", "limits": "at_least",
                            "minimum": 1000})]})
        warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.car = cls.env["stock.location"].create({
            "name": "Car", "location_id": warehouse.lot_stock_id.id, "company_id": cls.company.id,
            "service_user_id": cls.engineer.id})
        cls.coil, cls.relay = cls.env["product.product"].create([
            {"name": "Coil", "is_storable": True}, {"name": "Relay", "is_storable": True, "tracking": "serial"}])
        cls.serial = cls.env["stock.lot"].create({
            "name": "R-1", "product_id": cls.relay.id, "company_id": cls.company.id})
        quants = cls.env["stock.quant"]
        quants._update_available_quantity(cls.coil, cls.car, 3)
        quants._update_available_quantity(cls.relay, cls.car, 1, lot_id=cls.serial)
        cls.start = datetime.combine(fields.Date.today() + timedelta(days=1), datetime.min.time()).replace(hour=9)

    def _visit(self, user=None, **values):
        return self.env["service.visit"].with_user(user or self.head).create({
            "kind_id": self.kind.id, "partner_id": self.contact.id, "lot_ids": [Command.set(self.lot.ids)],
            "technician_id": self.engineer.id, "planned_start": self.start,
            "planned_end": self.start + timedelta(hours=3), **values})

    def _planned(self, **values):
        visit = self._visit(**values)
        visit.action_plan()
        return visit.with_user(self.engineer)

    def _on_site(self, **values):
        visit = self._planned(**values)
        visit.action_arrive()
        return visit

    def _fill(self, visit, **values):
        """All that a report needs."""
        interlock, insulation = visit.check_ids
        interlock.yes_no, insulation.answer = "yes", "2500"
        if not visit.hours_ids:
            visit.write({"hours_ids": [Command.create({"user_id": visit.env.uid, "work_hours": 2.0, "travel_hours": 1.5,
                                                       "travel_cost": 120})]})
        visit.write({"work_done": "The coil was replaced.", "signer": "Mr. Wang", "signature": SIGNATURE, **values})
        return visit

    def _signed(self, **values):
        visit = self._fill(self._on_site(**values))
        visit.action_complete()
        return visit
