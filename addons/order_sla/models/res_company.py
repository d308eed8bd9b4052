from pytz import timezone

from odoo import api, fields, models

from ..kernel.official_days import years_due


class ResCompany(models.Model):
    _inherit = "res.company"

    sla_general_manager_id = fields.Many2one(
        "res.users", string="General Manager",
        help="Last level of escalation of a time limit. Left empty: the manager of the topmost department.")
    sla_official_year_ids = fields.One2many(
        "resource.calendar.official.year", "company_id", string="Official Working Days")
    sla_needs_official_days = fields.Boolean(
        compute="_compute_sla_needs_official_days", export_string_translation=False)
    sla_missing_official_years = fields.Char(
        string="Official Years Missing", compute="_compute_sla_missing_official_years",
        help="Years whose official working days should be loaded by now, and are not.")

    @api.depends("country_id", "sla_official_year_ids.state")
    def _compute_sla_needs_official_days(self):
        """A company in China needs them, and one that has loaded them before."""
        for company in self:
            loaded = company.sudo().sla_official_year_ids.filtered(lambda year: year.state == "loaded")  # sudo: a fact
            company.sla_needs_official_days = company.country_id.code == "CN" or bool(loaded)

    @api.depends("sla_needs_official_days", "sla_official_year_ids.state")
    def _compute_sla_missing_official_years(self):
        for company in self:
            loaded = company.sudo().sla_official_year_ids.filtered(lambda year: year.state == "loaded")  # sudo: a fact
            due = years_due(loaded._today(company)) if company.sla_needs_official_days else ()
            company.sla_missing_official_years = ", ".join(
                str(year) for year in due if year not in loaded.mapped("year"))

    def _get_zone(self):
        """As it is; kept with the calendar's hours, since every clock and every day asks for it."""
        calendar = self.sudo().resource_calendar_id  # sudo: it says no more than the zone
        zone = calendar and calendar._sla_zone_and_day()[0]
        return timezone(zone) if zone else super()._get_zone()

    def write(self, vals):
        result = super().write(vals)
        if {"resource_calendar_id", "sla_general_manager_id"}.intersection(vals):
            self.env["sla.clock"]._wake_later(companies=self)
        return result
