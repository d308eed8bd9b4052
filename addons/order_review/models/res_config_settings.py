from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    order_review_policy = fields.Selection(
        related="company_id.order_review_policy", readonly=False, required=True)
    contract_needs_down_payment = fields.Boolean(
        related="company_id.contract_needs_down_payment", readonly=False)
