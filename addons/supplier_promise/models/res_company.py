from datetime import timedelta

from odoo import fields, models

from odoo.addons.order_sla.kernel import limits
from odoo.addons.order_sla.kernel.worktime import ElapsedTable, NoWorkingTime, local_date, midnight
from odoo.addons.order_sla.tools.moments import to_datetime, to_moment


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "document.number.mixin"]

    supplier_link_days = fields.Integer(
        string="Days of a Link", default=60, help="Days after which a supplier's link is no longer valid.")
    supplier_ask_days = fields.Integer(
        string="Ask before Arrival", default=5,
        help="Working days before the planned arrival on which the supplier is asked for the real shipping date. 0: "
        "he is not asked.")
    supplier_transit_days = fields.Integer(
        string="Days in Transit", default=2,
        help="Working days between shipping and arrival: so many before the planned arrival he is asked whether the "
        "goods are shipped.")
    supplier_file_size = fields.Integer(
        string="Largest File (MB)", default=10, help="Largest file that a supplier may send by his page, in megabytes.")

    _supplier_days = models.Constraint(
        "CHECK(supplier_link_days BETWEEN 1 AND 730 AND supplier_ask_days BETWEEN 0 AND 90 "
        "AND supplier_transit_days BETWEEN 0 AND 90 AND supplier_file_size BETWEEN 1 AND 50)",
        "Suppliers: a link holds 1 to 730 days, they are asked at most 90 days before, a file has 1 to 50 MB.")

    def _get_working_day_end(self, days):
        """End of the working day so many working days from now, by the company's calendar (order_sla).

        :return: naive UTC datetime
        """
        self.ensure_one()
        calendar = self.sudo().resource_calendar_id  # sudo: hours of work are no secret
        tz = self._get_zone()
        now = to_moment(fields.Datetime.now())
        try:
            moment = limits.shifted(calendar._sla_work_time(self) or ElapsedTable(), tz, now, days, "days")
        except NoWorkingTime:
            moment = limits.shifted(ElapsedTable(), tz, now, days, "days")
        return to_datetime(midnight(local_date(moment, tz) + 1, tz)) - timedelta(seconds=1)
