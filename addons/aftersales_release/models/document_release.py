from odoo import api, fields, models
from odoo.fields import Domain


class DocumentRelease(models.Model):
    """What is released to an order may be for its customer, too: he finds it on his portal (AFT-4)."""

    _inherit = "document.release"

    is_for_customer = fields.Boolean(
        string="For the Customer", compute="_compute_is_for_customer", store=True, readonly=False, precompute=True,
        help="Once it is released, the customer of the order finds its files on his portal, as long as it is in force.")

    @api.depends("kind_id")
    def _compute_is_for_customer(self):
        for release in self:
            release.is_for_customer = release.kind_id.is_for_customer

    @api.model
    def _get_creatable_fields(self):
        return super()._get_creatable_fields() | {"is_for_customer"}

    def _get_open_fields(self):
        fields_open = super()._get_open_fields()
        return fields_open | {"is_for_customer"} if "subject" in fields_open else fields_open

    @api.model
    def _get_domain_in_force(self, orders):
        """What is released to orders, and counts: neither drafts nor what was replaced or taken back."""
        return self._get_domain_of(orders) & Domain(
            "state", "in", ("released", "acknowledged")) & Domain("replaced_by_id", "=", False)

    @api.model
    def _get_domain_for_customer(self, partner):
        """What a customer finds on his portal."""
        orders = self.env["sale.order"].sudo().search([  # sudo: which orders are his
            ("partner_id", "child_of", partner.commercial_partner_id.ids), ("state", "=", "sale")])
        return self._get_domain_in_force(orders) & Domain("is_for_customer", "=", True)
