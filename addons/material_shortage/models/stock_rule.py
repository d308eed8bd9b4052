from odoo import api, models


class StockRule(models.Model):
    _inherit = "stock.rule"

    @api.model
    def _get_request_planner(self, values, production):
        """For an order without a responsible, and where the system itself works, the company's planner: else the
        request would be OdooBot's or his who has approved a change, and nobody would submit it (MAT-1).
        """
        planner = super()._get_request_planner(values, production)
        if planner or not (production or self.env.user._is_superuser()):
            return planner
        company = values.get("company_id") or self.env.company
        return self.env["material.shortage"]._get_planner(company, production)
