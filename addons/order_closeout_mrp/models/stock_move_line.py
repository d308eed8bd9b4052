from odoo import fields, models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    lot_id = fields.Many2one(index="btree_not_null")  # the way from a lot to its order
