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

    def _prepare_purchase_order(self, company_id, origins, values):
        """Of a supplier whom nobody is named to buy from, or one who has left, the company's buyer: else the
        request for quotation would be nobody's, and whoever looks at his own never sees it (MAT-1)."""
        vals = super()._prepare_purchase_order(company_id, origins, values)
        if not self._is_buying(self.env["res.users"].browse(vals.get("user_id")), company_id):
            vals["user_id"] = self._get_company_buyer(company_id).id
        return vals

    def _make_po_get_domain(self, company_id, values, partner):
        """The next need of the same supplier joins it."""
        domain = super()._make_po_get_domain(company_id, values, partner)
        buyer = self._get_company_buyer(company_id)
        if self._is_buying(partner.buyer_id, company_id) or not buyer:
            return domain
        ids = (False, partner.buyer_id.id, buyer.id)
        return tuple(("user_id", "in", ids) if term[0] == "user_id" else term for term in domain)

    @api.model
    def _is_buying(self, user, company):
        return self.env["material.shortage"]._can_own(user, company)

    @api.model
    def _get_company_buyer(self, company):
        buyer = company.sudo().shortage_buyer_id  # sudo: a setting
        return buyer if self._is_buying(buyer, company) else buyer.browse()
