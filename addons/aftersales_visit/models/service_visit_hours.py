from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Of one technician on one visit: a month.
MOST_HOURS = 31 * 24


class ServiceVisitHours(models.Model):
    """Hours and travel of one technician on one visit (AFT-3, AFT-5)."""

    _name = "service.visit.hours"
    _inherit = ["service.visit.line.mixin"]
    _description = "Hours of a Visit"
    _rec_name = "visit_id"
    _order = "visit_id, id"

    user_id = fields.Many2one(
        "res.users", string="Technician", required=True, index=True, ondelete="restrict",
        default=lambda self: self.env.user, domain="[('share', '=', False)]")
    work_hours = fields.Float(string="Working Hours")
    travel_hours = fields.Float()
    travel_cost = fields.Monetary()
    currency_id = fields.Many2one(related="company_id.currency_id")

    _user_uniq = models.Constraint("UNIQUE(visit_id, user_id)", "The hours of this technician are there already.")

    @api.constrains("work_hours", "travel_hours", "travel_cost")
    def _check_hours(self):
        for line in self:
            if not (0 <= line.work_hours <= MOST_HOURS and 0 <= line.travel_hours <= MOST_HOURS
                    and line.travel_cost >= 0):
                raise ValidationError(self.env._(
                    "%(person)s: hours and costs are zero or more, hours at most %(most)s.", person=line.user_id.name,
                    most=MOST_HOURS))

    @api.model
    def _get_line_fields(self):
        return {"user_id", "work_hours", "travel_hours", "travel_cost"}
