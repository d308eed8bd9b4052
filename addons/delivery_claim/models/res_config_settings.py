from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    delivery_claim_days = fields.Integer(related="company_id.delivery_claim_days", readonly=False)
    delivery_trace_days = fields.Integer(related="company_id.delivery_trace_days", readonly=False)
    delivery_claim_user_id = fields.Many2one(related="company_id.delivery_claim_user_id", readonly=False)
    delivery_freight_user_id = fields.Many2one(related="company_id.delivery_freight_user_id", readonly=False)
