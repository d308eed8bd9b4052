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
        """Open the lines of what waits for these supplies beyond its need, and tell who plans it, all at once."""
        self.env["material.pegging"]._request_refresh(self.product_id)
        shortages = self.env["material.shortage"].sudo()  # sudo: lines are the engine's, whoever enters the date
        late = self._get_late_pegs()
        lines = shortages._find_or_open(late)
        type_id = self.env["ir.model.data"]._xmlid_to_res_id(LATE_TYPE)
        todos = shortages.union(*lines).activity_ids.filtered(lambda todo: todo.activity_type_id.id == type_id)
        told, asked = {(todo.res_id, todo.user_id) for todo in todos}, []
        for line, (peg, promise) in zip(lines, late, strict=True):
            planner = line._get_planner(line.company_id, line.production_id)
            if planner and (line.id, planner) not in told:
                told.add((line.id, planner))
                asked.append((line, planner, promise.with_context(lang=planner.lang)._get_late_note(peg)))
        shortages._ask(asked, LATE_TYPE)

    def _get_late_note(self, peg):
        promise = self.sudo()  # sudo: whom it delays is told which supplier does
        return self.env._(
            "%(supplier)s: %(date)s; needed on %(needed)s.", supplier=promise.partner_id.display_name,
            date=format_date(self.env, promise.date_promised), needed=format_date(self.env, peg.demand_date))

    def _get_late_pegs(self):
        """What waits for these supplies and needs them before.

        :return: list of pairs (material.peg, supplier.promise), the first peg of each order or delivery and promise
        """
        promises = {promise.line_id.id: promise for promise in self.filtered("date_promised").sorted("id")}
        if not promises:
            return []
        pegs = self.env["material.peg"].sudo().search([  # sudo: whom it delays is told to those who plan
            ("purchase_line_id", "in", list(promises)),
            ("demand_date", "<", max(promise.date_promised for promise in promises.values()))], order="demand_date")
        first = {}
        for peg in pegs.filtered(lambda peg: peg.production_id or peg.picking_id):
            promise = promises[peg.purchase_line_id.id]
            if peg.demand_date < promise.date_promised:
                first.setdefault((promise, peg.production_id or peg.picking_id), (peg, promise))
        return list(first.values())
