from odoo import models
from odoo.tools import format_date

LATE_TYPE = "material_shortage.mail_activity_type_supplier_late"


class SupplierPromise(models.Model):
    """A supplier's date beyond the need goes to the planner at once, not with the next run of the pegging (PUR-8)."""

    _inherit = "supplier.promise"

    def _on_accepted(self):
        result = super()._on_accepted()
        self._tell_planners()
        return result

    def _ask_to_decide(self):
        result = super()._ask_to_decide()
        self._tell_planners()
        return result

    def _tell_planners(self):
        """Open or move the lines of what waits for these supplies beyond its need, and tell who plans it."""
        self.env["material.pegging"]._request_refresh(self.product_id)
        shortages = self.env["material.shortage"].sudo()  # sudo: lines are the engine's, whoever enters the date
        for promise in self.filtered("date_promised"):
            for peg in promise._get_late_pegs():
                line = shortages._find_or_open(peg, promise)
                planner = line._get_planner(line.company_id, line.production_id)
                known = line.activity_ids.filtered(
                    lambda todo, planner=planner: todo.user_id == planner
                    and todo.activity_type_id == self.env.ref(LATE_TYPE))
                if planner and not known:
                    line._ask([(line, planner)], LATE_TYPE, self.env._(
                        "%(supplier)s: %(date)s; needed on %(needed)s.", supplier=promise.partner_id.display_name,
                        date=format_date(self.env, promise.date_promised),
                        needed=format_date(self.env, peg.demand_date)))

    def _get_late_pegs(self):
        """What waits for this supply and needs it before: one peg for an order or delivery."""
        pegs = self.env["material.peg"].sudo().search([  # sudo: whom it delays is told to those who plan
            ("purchase_line_id", "=", self.line_id.id), ("demand_date", "<", self.date_promised)],
            order="demand_date")
        seen = {}
        for peg in pegs.filtered(lambda peg: peg.production_id or peg.picking_id):
            seen.setdefault((peg.production_id, peg.picking_id if not peg.production_id else False), peg)
        return list(seen.values())
