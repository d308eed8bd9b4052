from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"
    _dossier_path = "line_ids.sale_line_ids.order_id"
