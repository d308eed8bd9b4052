from odoo import fields, models


class ServiceCauseCategory(models.Model):
    """What problems on site come from, and which department answers for it (AFT-5)."""

    _name = "service.cause.category"
    _inherit = ["document.number.mixin"]
    _description = "Cause Category"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    is_ours = fields.Boolean(
        string="Ours", default=True, help="Unticked: handling by the user, wear. No department of ours has to answer.")
    department_id = fields.Many2one(
        "hr.department", company_dependent=True, help="Of this company: its manager is asked for the measure.")
    answer_days = fields.Integer(
        string="Answer Within (days)", default=5, help="Proposed for the answer, from the day on which it is asked.")

    _answer_days_positive = models.Constraint(
        "CHECK(answer_days BETWEEN 1 AND 365)", "An answer is due within 1 to 365 days.")
