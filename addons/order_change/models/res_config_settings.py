from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    order_change_own_approval = fields.Boolean(
        related="company_id.order_change_own_approval", readonly=False)
