from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    supplier_link_days = fields.Integer(related="company_id.supplier_link_days", readonly=False)
    supplier_ask_days = fields.Integer(related="company_id.supplier_ask_days", readonly=False)
    supplier_transit_days = fields.Integer(related="company_id.supplier_transit_days", readonly=False)
    supplier_file_size = fields.Integer(related="company_id.supplier_file_size", readonly=False)
