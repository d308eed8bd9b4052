from odoo import api, fields, models
from odoo.fields import Domain

DEFECT_CLASSES = [("critical", "Critical"), ("major", "Major"), ("minor", "Minor")]


class QualityDefectCode(models.Model):
    """A kind of defect, so that the same defect is recognised when it comes again (NCR-1, NCR-7)."""

    _name = "quality.defect.code"
    _inherit = ["document.number.mixin"]
    _description = "Defect Code"
    _order = "sequence, code, id"
    _check_company_auto = True
    _rec_names_search = ["code", "name"]

    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    defect_class = fields.Selection(DEFECT_CLASSES, string="Class", required=True, default="major")
    description = fields.Text(translate=True, help="How the defect is told from others.")
    category_ids = fields.Many2many("product.category", string="Product Categories", help="Left empty: all products.")
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Left empty: all companies.")
    nonconformity_count = fields.Integer(compute="_compute_nonconformity_count")

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another defect code of this company already has this code.")

    def _compute_nonconformity_count(self):
        counts = dict(self.env["quality.nonconformity.defect"]._read_group(
            [("defect_code_id", "in", self.ids)], ["defect_code_id"], ["nonconformity_id:count_distinct"]))
        for code in self:
            code.nonconformity_count = counts.get(code, 0)

    @api.depends("code", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for code in self:
            code.display_name = f"{code.code} {code.name}" if code.code else code.name

    def action_view_nonconformities(self):
        """Open the nonconformities that show this defect."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "quality.nonconformity",
            "view_mode": "list,kanban,form,pivot,graph",
            "domain": Domain("defect_line_ids.defect_code_id", "=", self.id),
            "name": self.display_name,
        }
