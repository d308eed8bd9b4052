from datetime import timedelta

from odoo import fields, models

from ..tools.plan_times import PlanTimes

DAYS = [("0", "Monday"), ("1", "Tuesday"), ("2", "Wednesday"), ("3", "Thursday"), ("4", "Friday"),
        ("5", "Saturday"), ("6", "Sunday")]


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "document.number.mixin"]

    plan_week_day = fields.Selection(
        DAYS, string="Plan Week Ends On", required=True, default="4",
        help="On this day the week of the plans is closed, and the next one frozen.")
    plan_week_hour = fields.Float(
        string="Plan Week Ends At", default=18.0, help="Hour of that day, after which nothing counts for the week.")
    plan_objection_days = fields.Float(
        string="Days to Object", default=1.0,
        help="Working days after the release in which a department may object to a planned date.")
    plan_desk_department_id = fields.Many2one(
        "hr.department", string="Order Desk", check_company=True,
        help="Agrees with production when orders change places, and is told of changed delivery dates.")

    _plan_week_hour_range = models.Constraint(
        "CHECK(plan_week_hour >= 0 AND plan_week_hour < 24)", "The plan week ends between 0:00 and 23:59.")
    _plan_objection_days_range = models.Constraint(
        "CHECK(plan_objection_days >= 0 AND plan_objection_days <= 60)", "Days to object: a number from 0 to 60.")

    def _get_plan_closing_date(self):
        """The last day on which a week of the plans has ended by now, in the company's time."""
        self.ensure_one()
        zone = PlanTimes(self.env["project.task"]).get_zone(self)
        now = fields.Datetime.context_timestamp(self.with_context(tz=str(zone)), fields.Datetime.now())
        back = (now.weekday() - int(self.plan_week_day)) % 7
        if not back and now.hour + now.minute / 60 < self.plan_week_hour:
            back = 7
        return now.date() - timedelta(days=back)
