from odoo import api, fields, models


class OrderReviewLine(models.Model):
    """What a change means for the department that gives its opinion on it (CHG-9)."""

    _inherit = "order.review.line"

    change_id = fields.Many2one(related="review_id.change_id")
    change_comparison = fields.Html(related="review_id.change_comparison", string="Before and After")
    change_part = fields.Text(string="Our part of the change", compute="_compute_change_part", compute_sudo=True)

    @api.depends("change_id.acknowledgement_ids.part", "department_id")
    def _compute_change_part(self):
        for line in self:
            line.change_part = line.change_id.acknowledgement_ids.filtered(
                lambda row, line=line: row.department_id == line.department_id).part
