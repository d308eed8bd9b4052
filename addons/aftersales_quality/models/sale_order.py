from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_making_steps(self):
        """The final inspections of what is made, where quality_production makes them."""
        steps, inspections = super()._get_making_steps(), self.env["quality.inspection"].sudo()  # sudo: in words only
        if "production_id" not in inspections._fields or "mrp_production_ids" not in self._fields:
            return steps
        found = inspections.search([
            ("trigger", "=", "final"), ("state", "!=", "cancelled"),
            ("production_id", "in", self.sudo().mrp_production_ids.ids)])  # sudo: as above
        return steps + self._count_step(
            self.env._("Inspected"), found, found.filtered(lambda one: one.state == "done"), False)
