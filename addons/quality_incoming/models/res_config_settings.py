from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    delivery_note_required = fields.Boolean(related="company_id.delivery_note_required", readonly=False)
    purchase_department_id = fields.Many2one(related="company_id.purchase_department_id", readonly=False)
    material_department_id = fields.Many2one(related="company_id.material_department_id", readonly=False)
    quality_buyer_decides = fields.Boolean(related="company_id.quality_buyer_decides", readonly=False)
    quality_payment_gate = fields.Boolean(related="company_id.quality_payment_gate", readonly=False)
    score_weight_acceptance = fields.Float(related="company_id.score_weight_acceptance", readonly=False)
    score_weight_ppm = fields.Float(related="company_id.score_weight_ppm", readonly=False)
    score_weight_on_time = fields.Float(related="company_id.score_weight_on_time", readonly=False)
    score_weight_response = fields.Float(related="company_id.score_weight_response", readonly=False)
    score_weight_price = fields.Float(related="company_id.score_weight_price", readonly=False)
    score_months = fields.Integer(related="company_id.score_months", readonly=False)
    score_ppm_limit = fields.Float(related="company_id.score_ppm_limit", readonly=False)
    score_response_limit = fields.Float(related="company_id.score_response_limit", readonly=False)
