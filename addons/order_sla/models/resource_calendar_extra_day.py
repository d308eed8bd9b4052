from odoo import api, fields, models


class ResourceCalendarExtraDay(models.Model):
    """A date that is worked although the week or a holiday says otherwise (调休)."""
    _name = "resource.calendar.extra.day"
    _inherit = ["document.fence.mixin", "document.cached.mixin"]
    _description = "Extra Working Day"
    _order = "date desc, id"
    _check_company_auto = True
    _cached_in = "stable"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    date = fields.Date(required=True, index=True)
    dayofweek = fields.Selection(
        [("0", "Monday"), ("1", "Tuesday"), ("2", "Wednesday"), ("3", "Thursday"),
         ("4", "Friday"), ("5", "Saturday"), ("6", "Sunday")],
        string="Works Like", required=True, default="0",
        help="The date is worked by the hours of this weekday. They replace what the calendar has for the date, "
             "public holidays included.")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    calendar_id = fields.Many2one(
        "resource.calendar", string="Working Hours", check_company=True, index="btree_not_null", ondelete="cascade",
        help="Left empty: all working hours of the company.")
    official_year_id = fields.Many2one(
        "resource.calendar.official.year", string="Loaded with", readonly=True, copy=False, index="btree_not_null",
        ondelete="set null", help="The year of official working days that this day was loaded with.")

    _date_uniq = models.UniqueIndex(
        "(date, company_id, COALESCE(calendar_id, 0)) WHERE active",
        "There is already an extra working day on this date for these working hours.")

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"official_year_id"}  # which load made it, so that a load may undo it

    @api.depends("name", "date")
    def _compute_display_name(self):
        for day in self:
            day.display_name = f"{day.date or ''} {day.name or ''}".strip()

    @api.model_create_multi
    def create(self, vals_list):
        days = super().create(vals_list)
        days._sla_days_changed()
        return days

    def write(self, vals):
        self._sla_days_changed()  # where they were
        result = super().write(vals)
        self._sla_days_changed()  # where they are now
        return result

    def unlink(self):
        self._sla_days_changed()
        return super().unlink()

    def _sla_days_changed(self):
        """Have the open clocks that count by these days computed anew (SLA-4)."""
        unbound = self.filtered(lambda day: not day.calendar_id)
        self.env["sla.clock"]._wake_later(calendars=self.calendar_id, companies=unbound.company_id)
