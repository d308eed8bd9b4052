from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    is_group_company = fields.Boolean(
        string="Company of our group",
        help="Supplies from here are group-internal, not purchased parts.")
    customer_qualified = fields.Boolean(
        string="Qualified customer", help="Credit and licences were examined and found in order.")
    qualification_note = fields.Text(help="What was examined: credit, business licence, permits.")
    qualification_expiry = fields.Date(
        string="Qualified until", help="Empty: the qualification does not expire.")

    def _is_qualified_on(self, date):
        """Whether the customer's qualification holds on a date (REV-9)."""
        customer = self.commercial_partner_id
        return customer.customer_qualified and (
            not customer.qualification_expiry or customer.qualification_expiry >= date)

    def _commercial_fields(self):
        return super()._commercial_fields() + [
            "is_group_company", "customer_qualified", "qualification_note", "qualification_expiry"]
