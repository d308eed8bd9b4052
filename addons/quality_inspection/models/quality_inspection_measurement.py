from odoo import fields, models

from ..tools.export_rows import export_rows


class QualityInspectionMeasurement(models.Model):
    """One value of one unit, as it was entered and in the unit of the tolerance (REC-4)."""
    _name = "quality.inspection.measurement"
    _description = "Measured Value"
    _rec_name = "line_id"
    _inherit = ["document.control.mixin"]
    _order = "line_id, unit_no, id"

    line_id = fields.Many2one("quality.inspection.line", required=True, index=True, ondelete="cascade")
    inspection_id = fields.Many2one(related="line_id.inspection_id", store=True, index=True)
    product_id = fields.Many2one(related="inspection_id.product_id")
    partner_id = fields.Many2one(related="inspection_id.partner_id", string="Supplier")
    done_at = fields.Datetime(related="inspection_id.done_at", string="Concluded On")
    company_id = fields.Many2one(related="line_id.inspection_id.company_id", store=True, index=True)
    unit_no = fields.Integer(string="Unit No.", required=True)
    lot_id = fields.Many2one("stock.lot", string="Serial Number", index="btree_not_null")
    entered = fields.Float(string="As Entered", digits=(16, 6))
    entered_uom_id = fields.Many2one("uom.uom", string="Unit as Entered")
    value = fields.Float(digits=(16, 6), help="In the unit of the tolerance.")
    text = fields.Char()
    ok = fields.Selection([("ok", "OK"), ("ng", "Not OK")], string="Result")

    _unit_uniq = models.UniqueIndex("(line_id, unit_no)", "A unit has one value per characteristic.")

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        """What was not measured but looked at has no value, not the value 0 (RPT-3)."""
        def is_empty(one, name):
            return name in ("entered", "value") and one.line_id.kind != "measure"

        def export(records):
            parent = super(QualityInspectionMeasurement, records)  # noqa: UP008 - of records, not of self
            return parent._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

        return export_rows(self, export, fields, is_empty)

    def _is_frozen(self):
        return self.line_id.inspection_id._is_frozen()
