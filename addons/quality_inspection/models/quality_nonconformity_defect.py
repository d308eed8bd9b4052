from odoo import api, fields, models

from .quality_defect_code import DEFECT_CLASSES


class QualityNonconformityDefect(models.Model):
    """One defect found on the goods of a nonconformity (NCR-1)."""

    _name = "quality.nonconformity.defect"
    _inherit = ["document.control.mixin"]
    _description = "Defect of a Nonconformity"
    _rec_name = "defect_code_id"
    _order = "nonconformity_id, sequence, id"
    _check_company_auto = True

    nonconformity_id = fields.Many2one("quality.nonconformity", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="nonconformity_id.company_id", store=True, index=True, precompute=True)
    product_id = fields.Many2one(related="nonconformity_id.product_id", store=True)
    partner_id = fields.Many2one(related="nonconformity_id.partner_id", store=True)
    sequence = fields.Integer(default=10)
    defect_code_id = fields.Many2one(
        "quality.defect.code", string="Defect", index="btree_not_null", ondelete="restrict", check_company=True)
    defect_class = fields.Selection(
        DEFECT_CLASSES, string="Class", compute="_compute_defect_class", store=True, readonly=False, required=True,
        precompute=True)
    quantity = fields.Float(digits="Product Unit", help="Units on which the defect was found, in the product's unit.")
    note = fields.Char(string="Finding", help="Where on the part, measured against which limit.")
    attachment_ids = fields.Many2many(
        "ir.attachment", "quality_nonconformity_defect_attachment_rel", "defect_id", "attachment_id",
        string="Photos", bypass_search_access=True)

    _quantity_positive = models.Constraint("CHECK(quantity >= 0)", "The quantity of a defect cannot be negative.")

    @api.depends("defect_code_id")
    def _compute_defect_class(self):
        for line in self:
            line.defect_class = line.defect_code_id.defect_class or line.defect_class or "major"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.nonconformity_id._check_describable()
        lines._follow_repeats()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if "defect_code_id" in vals:
            self._follow_repeats()
        return result

    def _follow_repeats(self):
        """Defects are often named after the report was opened, by the inspector who took it (NCR-7)."""
        # sudo: whoever names a defect need not see the former cases
        for record in self.nonconformity_id.sudo().filtered(lambda record: record.state in ("open", "review")):
            record._recognise_repeat()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reported(self):
        self.nonconformity_id._check_describable()

    @api.model
    def _get_creatable_fields(self):
        return {"nonconformity_id", "sequence", "defect_code_id", "defect_class", "quantity", "note", "attachment_ids"}

    def _get_open_fields(self):
        return self._get_creatable_fields() if self.nonconformity_id._is_describable() else set()

    def _is_frozen(self):
        return self.nonconformity_id._is_frozen()
