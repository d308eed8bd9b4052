from pytz import timezone, utc

from odoo import fields, models


class ResCompany(models.Model):
    """A company's days, the same for whoever looks and for crons that have no time zone."""

    _inherit = "res.company"

    def _get_zone(self):
        """Time zone in which the company's days begin and end."""
        company = self.sudo()  # calendar and address say no more than the zone
        return timezone(company.resource_calendar_id.tz or company.partner_id.tz or "UTC")

    def _get_day(self, moment):
        """Day of a moment in the company's time zone.

        :param moment: naive UTC datetime, or False
        :rtype: date, False where no moment is given
        """
        return moment and utc.localize(moment).astimezone(self._get_zone()).date()

    def _get_today(self):
        """Today in the company's time zone."""
        return self._get_day(fields.Datetime.now())
