from odoo import api, fields, models
from odoo.fields import Domain

from .sampling_words import plain

OPEN_MOVES = ("waiting", "confirmed", "partially_available", "assigned")


class QualityNonconformity(models.Model):
    _inherit = "quality.nonconformity"

    demand_ids = fields.Many2many(
        "stock.move", string="Meant For", compute="_compute_demand_ids",
        help="Manufacturing orders and deliveries that wait for the quantity, first by their chain, then by date.")
    demand_count = fields.Integer(compute="_compute_demand_ids")

    @api.depends("product_id", "quantity", "inspection_id")
    def _compute_demand_ids(self):
        for record in self:
            demands = [demand["move"] for demand in record._get_meant_demands()] if record._origin.id else []
            record.demand_ids = self.env["stock.move"].union(*demands)
            record.demand_count = len(demands)

    def action_view_demands(self):
        """Open the stock moves that wait for the rejected quantity (NCR-8)."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "stock.move",
            "view_mode": "list,form",
            "domain": [("id", "in", self.demand_ids.ids)],
            "context": {"create": False, "edit": False},
            "name": self.env._("Meant For"),
        }

    def _get_meant_demands(self):
        """Orders that the quantity was meant for, and how much of it each (NCR-8, MAT-6).

        First the moves chained to the receipt, then the other open demands of the product that are not yet reserved;
        each group first come, first served by date, until the quantity is used up.

        :return: list of dicts ``move`` (stock.move), ``quantity`` (float, product's unit), ``date`` (datetime, UTC),
            ``chained`` (bool), in the order in which the demands miss the goods
        """
        self.ensure_one()
        # sudo: who reports a nonconformity need not see orders; only what is missing is handed out
        record = self.sudo()
        chained = record._get_chained_demands()
        moves = [(move, True) for move in chained] + [(move, False) for move in record._get_open_demands() - chained]
        left, demands = record.quantity, []
        for move, is_chained in moves:
            missing = min(left, record._get_missing_quantity(move))
            if record.product_uom_id.compare(missing, 0) > 0:
                demands.append({
                    "move": move.sudo(False), "quantity": missing, "date": move.date, "chained": is_chained})
                left -= missing
            if record.product_uom_id.compare(left, 0) <= 0:
                break
        return demands

    def _get_chained_demands(self):
        """Moves made to order that wait for the receipt under inspection, earliest first."""
        receipt = self.inspection_id._get_root().move_id if self.inspection_id else self.env["stock.move"]
        chain = receipt.move_dest_ids | receipt.move_dest_ids.filtered(
            lambda move: move.location_dest_id.usage == "internal").move_dest_ids
        return chain.filtered(
            lambda move: move.state in OPEN_MOVES and not move.quality_disposition_id).sorted("date")

    def _get_open_demands(self):
        """Other open moves that take the product out of stock, earliest first; limited for products used everywhere."""
        return self.env["stock.move"].search(
            Domain("product_id", "=", self.product_id.id) & Domain("company_id", "=", self.company_id.id)
            & Domain("state", "in", [state for state in OPEN_MOVES if state != "assigned"])
            & Domain("location_id.usage", "in", ("internal", "transit"))
            & Domain("location_dest_id.usage", "in", ("customer", "production", "transit"))
            & Domain("quality_disposition_id", "=", False), order="date, id", limit=200)

    @api.model
    def _get_missing_quantity(self, move):
        """What a demand has not reserved yet, in the product's unit."""
        return max(0.0, move.product_qty - move.product_uom._compute_quantity(
            move.quantity, move.product_id.uom_id, rounding_method="HALF-UP"))

    def _on_quantity_rejected(self, demands):
        """Called once when the nonconformity is decided; a hook for the planning of shortages (NCR-8, MAT-6).

        Here it is written on the report which orders miss the goods. An addon that plans shortages overrides it,
        calls ``super()`` and makes its shortage lines: what was decided stands in ``disposition_ids`` (return and
        scrap are lost for the orders, sorting, rework and repair come later, a replacement on ``expected_return``).

        :param demands: see :meth:`_get_meant_demands`
        """
        self.ensure_one()
        if demands and any(row.kind in ("return", "scrap", "sort", "rework", "repair") for row in self.disposition_ids):
            self.message_post(body=self.env._(
                "Orders that the quantity was meant for: %(orders)s.",
                orders=", ".join(self._describe_demand(demand) for demand in demands)))

    def _describe_demand(self, demand):
        # sudo: the name of the order only
        move = demand["move"].sudo()
        return self.env._(
            "%(order)s (%(quantity)s %(unit)s, %(date)s)",
            order=move.origin or move.reference or move.picking_id.name or move.display_name,
            quantity=plain(demand["quantity"]), unit=move.product_id.uom_id.name,
            date=fields.Date.to_string(fields.Datetime.context_timestamp(self, demand["date"]).date()))
