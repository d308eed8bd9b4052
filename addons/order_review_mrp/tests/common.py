from datetime import datetime, time, timedelta

import pytz

from odoo import fields
from odoo.fields import Command

from odoo.addons.order_review.tests.common import ReviewCommon

#: Seven hours a day, Monday to Friday, in Shanghai.
ZONE = "Asia/Shanghai"


class FeasibleCommon(ReviewCommon):
    """A plant that makes cabinets of frames and breakers, a press, a supplier, and a customer who asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create({
            "name": "Plant", "tz": ZONE, "company_id": cls.company.id, "attendance_ids": [Command.clear()] + [
                Command.create({
                    "name": "Day", "dayofweek": str(day), "hour_from": 8, "hour_to": 15, "day_period": "morning"})
                for day in range(5)]})
        cls.company.write({"resource_calendar_id": cls.calendar.id, "days_to_purchase": 0, "security_lead": 0})
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.stock = cls.warehouse.lot_stock_id
        cls.supplier = cls.env["res.partner"].create({"name": "Copper Works"})
        cls.cabinet, cls.frame, cls.breaker, cls.sheet = (
            cls.goods(name) for name in ("Cabinet", "Frame", "Breaker", "Sheet"))
        cls.press = cls.env["mrp.workcenter"].create({
            "name": "Press", "resource_calendar_id": cls.calendar.id, "company_id": cls.company.id})
        cls.sells(cls.breaker, 10)
        cls.sells(cls.sheet, 2)

    @classmethod
    def goods(cls, name, **values):
        return cls.env["product.product"].create({
            "name": name, "type": "consu", "is_storable": True, "sale_delay": 0} | values)

    @classmethod
    def bill(cls, product, *parts, hours=0, quantity=1, **values):
        """A bill of material, and an operation at the press that takes so many hours."""
        return cls.env["mrp.bom"].create({
            "product_tmpl_id": product.product_tmpl_id.id, "product_qty": quantity, "company_id": cls.company.id,
            "bom_line_ids": [Command.create({"product_id": part.id, "product_qty": number}) for part, number in parts],
            "operation_ids": [Command.create({
                "name": "Press", "workcenter_id": cls.press.id, "time_cycle_manual": hours * 60})] if hours else [],
        } | values)

    @classmethod
    def sells(cls, product, days, partner=None, **values):
        return cls.env["product.supplierinfo"].create({
            "partner_id": (partner or cls.supplier).id, "product_tmpl_id": product.product_tmpl_id.id, "delay": days,
            "price": 1, "company_id": cls.company.id} | values)

    @classmethod
    def put(cls, product, quantity, location=None):
        cls.env["stock.quant"]._update_available_quantity(product, location or cls.stock, quantity)

    @classmethod
    def buy(cls, product, quantity, days):
        order = cls.env["purchase.order"].create({"partner_id": cls.supplier.id, "order_line": [Command.create({
            "product_id": product.id, "product_qty": quantity, "price_unit": 1,
            "date_planned": fields.Datetime.now() + timedelta(days=days)})]})
        order.button_confirm()
        return order

    @classmethod
    def produce(cls, product, quantity, days=0):
        order = cls.env["mrp.production"].create({
            "product_id": product.id, "product_qty": quantity,
            "date_start": fields.Datetime.now() + timedelta(days=days)})
        order.action_confirm()
        return order

    @classmethod
    def quote(cls, *lines, days=60, **values):
        """A quotation of (product, quantity), asked for in so many days."""
        return cls.env["sale.order"].create({
            "partner_id": cls.partner.id, "user_id": cls.sales.id, "warehouse_id": cls.warehouse.id,
            "commitment_date": days is not None and fields.Datetime.now() + timedelta(days=days),
            "order_line": [Command.create({"product_id": product.id, "product_uom_qty": quantity})
                           for product, quantity in lines]} | values)

    @staticmethod
    def working_day(days):
        """The day that is so many working days from today, today not counted: Saturdays and Sundays off."""
        day = pytz.utc.localize(fields.Datetime.now()).astimezone(pytz.timezone(ZONE)).date()
        while days:
            day += timedelta(days=1)
            days -= day.weekday() < 5
        return fields.Date.to_string(day)

    @staticmethod
    def noon(day):
        """That day at noon in the plant, in UTC: what tests freeze."""
        local = pytz.timezone(ZONE).localize(datetime.combine(fields.Date.to_date(day), time(12)))
        return local.astimezone(pytz.utc).replace(tzinfo=None)
