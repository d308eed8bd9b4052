from odoo import api, models


class StockRule(models.Model):
    _inherit = "stock.rule"

    @api.model
    def _get_request_planner(self, values, production):
        """Where nobody is named and the system itself works, the company's planner: else the request would be
        OdooBot's, and no person's to submit (MAT-1).

        An order that a contract confirms makes its manufacturing orders as the system, without a responsible.
        """
        planner = super()._get_request_planner(values, production)
        if planner or not self.env.user._is_superuser():
            return planner
        company = values.get("company_id") or self.env.company
        return self.env["material.shortage"]._get_planner(company, production)
