from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    process_card_policy = fields.Selection(related="company_id.process_card_policy", readonly=False)
    process_card_gate = fields.Boolean(related="company_id.process_card_gate", readonly=False)
    process_card_receipt_check = fields.Boolean(related="company_id.process_card_receipt_check", readonly=False)
    material_controller_id = fields.Many2one(related="company_id.material_controller_id", readonly=False)
