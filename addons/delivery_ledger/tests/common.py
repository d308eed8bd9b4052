from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command

from odoo.addons.order_delivery.tests.common import DeliveryCommon


class LedgerCommon(DeliveryCommon):
    """Orders that are promised and shipped on given days of a company in China, where the day begins at 16 UTC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.company.delivery_notice_required = False

    @classmethod
    def _promised(cls, moment="2026-12-10 04:00:00", **values):
        with freeze_time("2026-12-01 08:00:00"):
            return cls._order(commitment_date=moment, **values)

    def _leave(self, order, moment, quantities=None):
        """Ship what is open of an order, or a part of it, at a moment."""
        with freeze_time(moment):
            pickings = order.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
            for move in pickings.move_ids.filtered(lambda one: one.state != "cancel"):
                move.quantity = (quantities or {}).get(move.product_id, 0.0) if quantities else move.product_uom_qty
                move.picked = bool(move.quantity)
            pickings._action_done()
            self.env.flush_all()
        return pickings

    def _bring_back(self, picking, quantity):
        """The customer sends goods of the first line back."""
        window = self.env["stock.return.picking"].with_context(
            active_id=picking.id, active_model="stock.picking").create({"picking_id": picking.id})
        window.product_return_moves.quantity = 0.0
        window.product_return_moves[0].quantity = quantity
        returned = self.env["stock.picking"].browse(window.action_create_returns()["res_id"])
        returned.move_ids.picked = True
        returned._action_done()
        self.env.flush_all()
        return returned

    def _noticed(self, order, delay_to=None):
        """The order's notice, released; and, where a day is given, delayed to it."""
        with freeze_time("2026-12-02 08:00:00"):
            notice = self._notice(order, release=False)
            notice.write({"date_planned": "2026-12-10 02:00:00", "date_arrival": "2026-12-11 02:00:00"})
            notice.action_release()
            if delay_to:
                planned = fields.Datetime.to_datetime(delay_to)
                notice.with_user(self.logistics).action_report_delay(
                    self.env.ref("order_delivery.cause_material"), "Breakers are late", planned,
                    planned + timedelta(days=1))
        return notice

    def _rows(self, order, user=None):
        self.env.flush_all()
        return self.env["delivery.ledger"].with_user(user or self.head).search(
            [("order_id", "=", order.id)], order="id")

    def _orders(self, orders, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["delivery.punctuality"].with_user(user or self.head).search(
            [("order_id", "in", orders.ids)], order="id")

    def _sister(self):
        """Another company, and somebody who may read everything in it."""
        sister = self.env["res.company"].create({"name": "Sister Works"})
        theirs = self._person("theirs", "sales_team.group_sale_manager,order_delivery.group_delivery_manager")
        theirs.write({"company_ids": [Command.set(sister.ids)], "company_id": sister.id})
        return theirs
