from odoo import fields, models


class QualityLotDocument(models.Model):
    """A certificate (合格证) or instructions (说明书) that came with a lot or serial number (REC-9)."""
    _name = "quality.lot.document"
    _description = "Document of a Lot"
    _order = "lot_id, kind, id"
    _check_company_auto = True

    name = fields.Char(string="Number", required=True, help="Number or title of the document.")
    kind = fields.Selection(
        [("certificate", "Certificate"), ("instructions", "Instructions"), ("report", "Test Report")], required=True,
        default="certificate")
    lot_id = fields.Many2one(
        "stock.lot", string="Lot/Serial Number", required=True, index=True, ondelete="cascade", check_company=True)
    product_id = fields.Many2one(related="lot_id.product_id", store=True, index=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    datas = fields.Binary(string="File", attachment=True)
    file_name = fields.Char()
    received_on = fields.Date(default=fields.Date.context_today)
    note = fields.Char()
