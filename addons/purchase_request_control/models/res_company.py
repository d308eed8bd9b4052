from datetime import datetime, time, timedelta

from odoo import fields, models
from odoo.exceptions import LockError, UserError


class ResCompany(models.Model):
    _inherit = "res.company"

    purchase_self_approval = fields.Boolean(
        string="Own Requests and Plans", help="People may approve what they asked for themselves.")
    purchase_merge_needs = fields.Boolean(
        string="Merge Needs", help="Needs of different orders may share a line of a purchase order.")
    purchase_plan_required = fields.Boolean(
        help="Requests for quotation come from approved purchase plans only.")
    purchase_lead_working = fields.Boolean(
        string="Lead Times in Working Days", default=True,
        help="The day to order is counted back in working days of the company's calendar; else in calendar days.")
    material_run_ids = fields.One2many("material.run", "company_id", string="Material Runs")

    def _get_order_day(self, day, lead_days):
        """Day on which to order so that goods are here on a day, with that lead time.

        :rtype: date, False where no day is given
        """
        if not day or not self.purchase_lead_working or not self.resource_calendar_id:
            return day and day - timedelta(days=lead_days)
        if not lead_days:
            return day
        zone = self._get_zone()
        begin = zone.localize(datetime.combine(day, time.min))
        moment = self.resource_calendar_id.plan_days(-lead_days, begin, compute_leaves=True)
        return moment.astimezone(zone).date() if moment else day - timedelta(days=lead_days)

    def _lock_material_run(self):
        """Of two runs of one company the second is told so.

        :raise UserError: a run is under way
        """
        self.ensure_one()
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(self.env._(
                "The material run is just under way. Look at its result in a moment.")) from error
