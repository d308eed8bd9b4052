from odoo import fields, models


class DocumentReleaseKind(models.Model):
    _inherit = "document.release.kind"

    is_for_customer = fields.Boolean(
        string="For the Customer", help="Releases of this kind to an order are on the customer's portal.")
