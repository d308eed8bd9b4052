import re

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..tools import gs1


class ScanCodeAi(models.Model):
    """A GS1 application identifier: what stands behind it, and what it is for (SCN-2)."""

    _name = "scan.code.ai"
    _inherit = ["document.number.mixin", "document.cached.mixin"]
    _description = "GS1 Application Identifier"
    _order = "code"
    _rec_name = "code"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        string="Identifier", required=True, help="Its digits; n at the end stands for the number of decimals: 310n.")
    role = fields.Selection(
        [("gtin", "Product"), ("content", "Product in the Box"), ("lot", "Lot"), ("serial", "Serial Number"),
         ("quantity", "Quantity"), ("weight", "Net Weight in kg"), ("expiry", "Expiry"), ("best", "Best Before"),
         ("production", "Production"), ("packed", "Packed"), ("sscc", "Package"), ("order", "Order"),
         ("place", "Location"), ("part", "Supplier's Part Number"), ("measure", "Other Measure"), ("other", "Other")],
        string="Means", required=True, default="other")
    kind = fields.Selection(
        [("text", "Text"), ("digits", "Digits"), ("date", "Date (YYMMDD)"), ("time", "Date and Time (YYMMDDHH…)")],
        string="Written As", required=True, default="text")
    least = fields.Integer(string="Least Characters", required=True, default=1)
    most = fields.Integer(string="Most Characters", required=True, default=30)

    _code_uniq = models.Constraint("UNIQUE(code)", "This identifier is there already.")
    _length_sound = models.Constraint("CHECK(least >= 1 AND least <= most)", "Least and most do not fit.")

    @api.constrains("code", "kind", "least")
    def _check_code(self):
        for one in self:
            if not re.fullmatch(r"\d{2,4}|\d{3}n", one.code) or one.kind in ("date", "time") and one.least < 6:
                raise ValidationError(self.env._(
                    "%(code)s: an identifier has two to four digits, or three and n; a date has six.", code=one.code))

    @api.model
    @tools.ormcache()
    def _get_table(self):
        """Table of all identifiers for the reader."""
        # sudo: whoever scans reads labels
        return gs1.Table([gs1.Identifier(one.code, one.role, one.kind, one.least, one.most)
                          for one in self.sudo().search([])])
