from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    delivery_notice_required = fields.Boolean(related="company_id.delivery_notice_required", readonly=False)
    delivery_page_days = fields.Integer(related="company_id.delivery_page_days", readonly=False)
    delivery_file_size = fields.Integer(related="company_id.delivery_file_size", readonly=False)
