from odoo import models

from odoo.addons.order_closeout.tools.figures import against


class MrpProduction(models.Model):
    """What was made for the order, through all levels, and what it cost against the plan."""

    _inherit = "mrp.production"
    _dossier_path = ("sale_line_id.order_id", "reference_ids.sale_ids")

    def _get_dossier_figures(self):
        """Material and work, planned and used, and how many were late, of the productions of one order (EVA-1)."""
        made = self.filtered(lambda production: production.state != "cancel")
        late = made.filtered(lambda production: production.date_deadline and production.date_finished
                             and production.date_finished > production.date_deadline)
        figures = [(self.env._("Manufacturing orders, of these late"), f"{len(made)}, {len(late)}")]
        for label, (planned, used) in (
                (self.env._("Material, planned and used"), made._get_material_costs()),
                (self.env._("Work, planned and used"), made._get_work_costs())):
            if planned or used:
                figures.append((label, against(self.env, planned, used, made.company_id[:1].currency_id)))
        return figures

    def _get_material_costs(self):
        """At the products' cost; what is made for the same order is counted once, by its own material."""
        moves = self.move_raw_ids.filtered(
            lambda move: move.state != "cancel" and move.product_id not in self.product_id)
        planned = sum(move.product_qty * self._get_cost(move) for move in moves)
        used = sum(move.value or move.product_uom._compute_quantity(move.quantity, move.product_id.uom_id)
                   * self._get_cost(move) for move in moves if move.state == "done")
        return planned, used

    def _get_cost(self, move):
        return move.product_id.with_company(move.company_id).standard_price

    def _get_work_costs(self):
        """Minutes of the work orders at the hourly cost of their work centres."""
        planned = used = 0
        for workorder in self.workorder_ids.filtered(lambda workorder: workorder.state != "cancel"):
            planned += workorder.duration_expected / 60 * workorder.workcenter_id.costs_hour
            used += workorder.duration / 60 * workorder.workcenter_id.costs_hour
        return planned, used
