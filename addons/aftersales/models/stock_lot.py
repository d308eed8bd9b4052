from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..kernel import warranty

STAFF = ("aftersales.group_service_user",)


class StockLot(models.Model):
    """What a serial number brings: customer, order, warranty, and what was asked about it (AFT-4)."""

    _name = "stock.lot"
    _inherit = ["stock.lot", "document.fence.mixin"]

    service_partner_id = fields.Many2one("res.partner", string="Delivered to", compute="_compute_service_facts")
    service_order_id = fields.Many2one("sale.order", string="Delivered for", compute="_compute_service_facts")
    delivered_on = fields.Date(string="Delivered", compute="_compute_service_facts")
    commissioned_on = fields.Date(string="Commissioned", readonly=True, copy=False, tracking=True)
    warranty_term_id = fields.Many2one("service.warranty.term", string="Warranty", compute="_compute_service_facts")
    warranty_extension_ids = fields.One2many(
        "service.warranty.extension", "lot_id", string="Warranty Extensions", readonly=True)
    warranty_end = fields.Date(string="Covered to", compute="_compute_service_facts")
    warranty_state = fields.Selection(
        [("unknown", "Unknown"), ("in", "In Warranty"), ("out", "Out of Warranty")], string="Warranty Today",
        compute="_compute_service_facts")
    service_request_ids = fields.One2many("service.request", "lot_id", string="Service Requests", readonly=True)
    service_request_count = fields.Integer(compute="_compute_service_request_count")
    # Raised where the codes on a cabinet are to open nothing any more.
    service_code_version = fields.Integer(
        readonly=True, copy=False, default=1, export_string_translation=False)

    @api.depends("commissioned_on", "warranty_extension_ids.days", "product_id", "company_id")
    def _compute_service_facts(self):
        for company, lots in self.grouped(lambda lot: lot.company_id or self.env.company).items():
            facts, today = lots._get_deliveries(company), company._get_today()
            nothing = self.env["res.partner"], self.env["sale.order"], False
            rows = [facts.get(lot._origin.id, nothing) for lot in lots]
            terms = self.env["service.warranty.term"]._find_for(company, [
                (lot.product_id, row[1]) for lot, row in zip(lots, rows, strict=True)])
            for lot, (partner, order, day), term in zip(lots, rows, terms, strict=True):
                lot.service_partner_id, lot.service_order_id, lot.delivered_on = partner, order, day
                lot.warranty_term_id = term
                lot.warranty_end = bool(term) and warranty.end(*lot._get_warranty_facts()) or False
                lot.warranty_state = lot._judge_warranty(today)

    def _compute_service_request_count(self):
        counts = dict(self.env["service.request"]._read_group(
            [("lot_id", "in", self.ids)], ["lot_id"], ["__count"]))
        for lot in self:
            lot.service_request_count = counts.get(lot._origin, 0)

    def action_new_service_request(self):
        """Take down a request about this serial number."""
        self.ensure_one()
        return self.env["service.request"]._open_new(default_lot_id=self.id)

    def action_view_service_requests(self):
        """Open the requests about this serial number."""
        self.ensure_one()
        return self.env["service.request"]._open_list([("lot_id", "=", self.id)])

    def action_renew_service_code(self):
        """The codes on this cabinet open nothing any more; a new one has to be printed.

        :raise AccessError: nobody of after-sales
        """
        self.check_access("read")
        self._check_groups(*STAFF)
        for lot in self:
            lot._write_signed({"service_code_version": lot.service_code_version + 1})
        return True

    def _set_commissioned(self, day):
        """The cabinet was put into operation: the event with which most warranties begin.

        :raise AccessError: nobody of after-sales
        :raise UserError: before its delivery, or in the future
        """
        self._check_groups(*STAFF)
        for lot in self.sudo():  # sudo: stock writes serial numbers; the right was checked
            today = (lot.company_id or self.env.company)._get_today()
            if day > today or lot.delivered_on and day < lot.delivered_on:
                raise UserError(self.env._(
                    "%(lot)s was delivered on %(delivered)s: it was not commissioned on %(day)s.", lot=lot.name,
                    delivered=format_date(self.env, lot.delivered_on) or "–", day=format_date(self.env, day)))
            lot.commissioned_on = day

    def _get_deliveries(self, company):
        """``{id: (customer, order, day)}``: who has the serial numbers now, and since when.

        Goods that came back for a repair and left again are delivered since they left for this customer first. Of a
        serial number that companies share each sees its own deliveries.
        """
        # sudo: deliveries are read by whoever may read the serial number
        lines = self.env["stock.move.line"].sudo().search([
            ("lot_id", "in", self.ids), ("company_id", "=", company.id), ("state", "=", "done"),
            ("location_dest_id.usage", "=", "customer"), ("location_id.usage", "!=", "customer")], order="date, id")
        found = {}
        for lot, moved in lines.grouped("lot_id").items():
            last = moved[-1]
            partner = last.picking_id.partner_id or last.move_id.partner_id
            same = [line for line in moved if line.picking_id.partner_id.commercial_partner_id
                    == last.picking_id.partner_id.commercial_partner_id]
            orders = [line.move_id.sale_line_id.order_id for line in same if line.move_id.sale_line_id]
            found[lot.id] = (
                partner, orders[0] if orders else self.env["sale.order"], company._get_day(same[0].date))
        return found

    @api.model
    def _get_lots_with(self, partner):
        """The serial numbers that a customer's company has now, as superuser: what came back or went on is not his."""
        customer = partner.commercial_partner_id
        lines = self.env["stock.move.line"].sudo().search([  # sudo: customers have no rights in stock
            ("state", "=", "done"), ("lot_id", "!=", False), ("location_dest_id.usage", "=", "customer"),
            ("picking_id.partner_id", "child_of", customer.ids)])
        moved = self.env["stock.move.line"].sudo().search([  # sudo: as above
            ("state", "=", "done"), ("lot_id", "in", lines.lot_id.ids), "|",
            ("location_dest_id.usage", "=", "customer"), ("location_id.usage", "=", "customer")], order="date, id")
        last = {line.lot_id: line for line in moved}
        return lines.lot_id.filtered(lambda lot: last[lot].location_dest_id.usage == "customer" and (
            last[lot].picking_id.partner_id.commercial_partner_id == customer)).sorted("name")

    def _get_warranty_facts(self):
        """Arguments of the kernel: term, delivered, commissioned, days of extension."""
        days = sum(self.sudo().warranty_extension_ids.mapped("days"))  # sudo: shown to whoever reads the number
        return self.warranty_term_id._as_term(), self.delivered_on or None, self.commissioned_on or None, days

    def _judge_warranty(self, day):
        """Whether a day is covered: ``in``, ``out`` or ``unknown``."""
        return warranty.judge(*self._get_warranty_facts(), day) if self else "unknown"

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "commissioned_on", "service_code_version", "warranty_extension_ids", "service_request_ids"}
