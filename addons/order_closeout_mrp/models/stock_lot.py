from odoo import fields, models


class StockLot(models.Model):
    """Lots and serial numbers that were delivered or made for the order."""

    _inherit = "stock.lot"
    _dossier_path = ("dossier_line_ids.move_id.sale_line_id.order_id", "dossier_line_ids.move_id.production_id")
    _dossier_report = False  # labels and passports are printed for the goods, not for the file

    dossier_line_ids = fields.One2many("stock.move.line", "lot_id", export_string_translation=False)
