from odoo import api, fields, models


class OrderReviewCheck(models.Model):
    """One criterion, answered by a department (REV-3)."""

    _name = "order.review.check"
    _inherit = ["document.control.mixin"]
    _description = "Answered Criterion"
    _order = "sequence, id"

    line_id = fields.Many2one("order.review.line", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    is_my_department = fields.Boolean(compute="_compute_is_my_department", search="_search_is_my_department")
    sequence = fields.Integer(readonly=True)
    criterion_id = fields.Many2one("order.review.criterion", string="Taken from", readonly=True, ondelete="restrict")
    name = fields.Char(string="Criterion", required=True, readonly=True)
    description = fields.Text(readonly=True)
    required = fields.Boolean(readonly=True)
    result = fields.Selection([("ok", "Met"), ("not_ok", "Not met"), ("na", "Does not apply")])
    note = fields.Char()

    @api.depends("line_id.is_my_department")
    @api.depends_context("uid")
    def _compute_is_my_department(self):
        for check in self:
            check.is_my_department = check.line_id.is_my_department

    @api.model
    def _search_is_my_department(self, operator, value):
        return [("line_id.is_my_department", operator, value)]

    def _get_open_fields(self):
        return {"result", "note"} if self.line_id._is_answerable() else set()

    def _is_frozen(self):
        return self.line_id._is_frozen()
