import json

from pytz import timezone, utc

from odoo import api, fields, models
from odoo.tools import SQL


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

    @api.model
    def _get_day_sql(self, moment, company):
        """SQL of the day of a moment in a company's time zone, as :meth:`_get_day`.

        :param moment: SQL of a moment in UTC
        :param company: SQL of the id of the company
        """
        # sudo: of all companies, archived ones too; zones are no secret
        companies = self.sudo().with_context(active_test=False).search([("id", "!=", False)])
        zones = json.dumps({str(one.id): one._get_zone().zone for one in companies})
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE (%s::jsonb ->> %s::text))::date", moment, zones, company)
