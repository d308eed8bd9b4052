from odoo import fields, models


class ServiceWarrantyExtension(models.Model):
    """Days by which a repair has extended the warranty of a serial number; written by the repair (AFT-4)."""

    _name = "service.warranty.extension"
    _inherit = ["document.control.mixin"]
    _description = "Warranty Extension"
    _rec_name = "lot_id"
    _order = "id desc"

    lot_id = fields.Many2one(
        "stock.lot", string="Serial Number", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    days = fields.Integer(required=True, readonly=True)
    repair_id = fields.Many2one("repair.order", readonly=True, index="btree_not_null")
    request_id = fields.Many2one("service.request", readonly=True, index="btree_not_null")

    _repair_uniq = models.UniqueIndex("(repair_id) WHERE repair_id IS NOT NULL", "A repair extends a warranty once.")

    def _is_frozen(self):
        return True
