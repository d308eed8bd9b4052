from odoo import fields, models


class UtmMedium(models.Model):
    """Channels that orders come by: a short list of its own among the media of marketing (INT-1)."""

    _inherit = "utm.medium"

    name = fields.Char(translate=True)
    is_intake_channel = fields.Boolean(
        string="Intake Channel", help="Offered on orders; the other media belong to marketing.")
