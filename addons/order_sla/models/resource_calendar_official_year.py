from collections import defaultdict
from datetime import date

from pytz import timezone

from odoo import api, fields, models
from odoo.fields import Domain

from ..kernel.layout import end_of_time_off
from ..kernel.official_days import ONE_DAY, Known, planned, years_due
from ..kernel.worktime import local_date, midnight
from ..tools.moments import to_datetime, to_moment

SOURCES = [("notice", "Text of the notice"), ("file", "File (CSV or .ics)"), ("package", "Package chinesecalendar")]


class ResourceCalendarOfficialYear(models.Model):
    """A year of China's official working days in a company: loaded, or still to be loaded.

    Records are the loader's and the cron's alone. What a load made carries its year, so that a corrected notice can
    change it; what people entered in a calendar is never changed by a load.
    """
    _name = "resource.calendar.official.year"
    _description = "Year of Official Working Days"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "year desc, company_id"
    _rec_name = "year"

    year = fields.Integer(required=True, readonly=True, aggregator=False)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    state = fields.Selection([("missing", "Not Loaded"), ("loaded", "Loaded")], required=True, readonly=True,
                             default="missing", tracking=True)
    source = fields.Selection(SOURCES, readonly=True, tracking=True)
    loaded_on = fields.Datetime(readonly=True)
    leave_ids = fields.One2many("resource.calendar.leaves", "official_year_id", string="Days Off", readonly=True)
    extra_day_ids = fields.One2many(
        "resource.calendar.extra.day", "official_year_id", string="Extra Working Days", readonly=True)

    _year_uniq = models.Constraint("UNIQUE(year, company_id)", "This year is in the company's list already.")

    @api.depends("year", "state")
    def _compute_display_name(self):
        for official in self:
            official.display_name = f"{official.year}: {official._get_selection_label('state')}"

    def action_load(self):
        """Open the loader for this year."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("order_sla.resource_calendar_official_load_action")
        return action | {"context": {"default_year": self.year, "default_company_id": self.company_id.id}}

    @api.model
    def _of(self, company, years):
        """Records of the company's years, made where there is none yet."""
        # sudo: nobody makes these records but the loader and the cron
        found = self.sudo().search([("company_id", "=", company.id), ("year", "in", list(years))])
        return found + self.sudo().create([  # sudo: as above
            {"company_id": company.id, "year": year} for year in sorted(set(years) - set(found.mapped("year")))])

    @api.model
    def _today(self, company):
        tz = company.resource_calendar_id.tz or self.env.user.tz
        return fields.Date.context_today(self.with_context(tz=tz or "UTC"))

    def _plan(self, official):
        """What loading the year would do; see :func:`planned`."""
        self.ensure_one()
        first, last = date(self.year - 1, 12, 1), date(self.year + 1, 1, 31)
        return planned(official, self._get_own_leaves(), self._get_extra_days(first, last),
                       self._get_covered(first, last))

    def _calendars(self):
        """Working hours by which the company counts: its own and those of its departments."""
        # sudo: the loader need not see the departments
        departments = self.env["hr.department"].sudo().search([("company_id", "=", self.company_id.id)])
        return self.company_id.sudo().resource_calendar_id | departments.resource_calendar_id

    def _zone(self):
        # sudo: the zone of the company's hours is the same for everybody
        return timezone(self.company_id.sudo().resource_calendar_id.tz or "Asia/Shanghai")

    def _get_own_leaves(self):
        zone = self._zone()
        return [Known(leave.id, leave.name, *self._get_dates(leave, zone), own=True) for leave in self.leave_ids]

    @api.model
    def _get_dates(self, leave, zone):
        """First and last date that a time off takes whole; the first is later than the last if it takes none."""
        start, stop = to_moment(leave.date_from), end_of_time_off(to_moment(leave.date_to), zone)
        first, last = local_date(start, zone), local_date(stop, zone) - 1
        first += midnight(first, zone) < start
        return date.fromordinal(first), date.fromordinal(last)

    def _get_covered(self, first, last):
        """Dates that are off by all working hours of the company, by what people entered."""
        # sudo: time off of everybody counts, whoever loads
        leaves = self.env["resource.calendar.leaves"].sudo().search([
            ("resource_id", "=", False), ("time_type", "=", "leave"), ("official_year_id", "=", False),
            ("company_id", "in", (self.company_id.id, False)),
            ("date_from", "<=", fields.Datetime.to_datetime(last)),
            ("date_to", ">=", fields.Datetime.to_datetime(first)),
        ])
        covered = defaultdict(set)
        for leave in leaves:
            start, stop = self._get_dates(leave, self._zone())
            start, stop = max(start, first), min(stop, last)
            covered[leave.calendar_id.id].update(start + ONE_DAY * n for n in range((stop - start).days + 1))
        return self._by_all(covered)

    def _by_all(self, found):
        """What holds for the whole company, or for each of its working hours: ``{calendar id: set}``."""
        each = [found[calendar.id] for calendar in self._calendars()]
        return found[False] | (set.intersection(*each) if each else set())

    def _get_extra_days(self, first, last):
        # sudo: extra days of the company count, whoever loads
        days = self.env["resource.calendar.extra.day"].sudo().search(
            [("company_id", "=", self.company_id.id), ("date", ">=", first), ("date", "<=", last)])
        found = defaultdict(set)
        for day in days:
            found[day.calendar_id.id].add(day.date)
        known = {day.date: Known(day.id, day.name, day.date, day.date, own=day.official_year_id == self)
                 for day in days.sorted(lambda day: day.official_year_id == self)}
        return [known[day] for day in sorted(self._by_all(found))]

    def _apply(self, rows, source, dayofweek):
        """Do what :meth:`_plan` said, and note the year as loaded; running clocks follow (SLA-4)."""
        self.ensure_one()
        models_ = {False: self.env["resource.calendar.leaves"].sudo(),  # sudo: the loader's right was checked
                   True: self.env["resource.calendar.extra.day"].sudo()}  # sudo: as above
        new = defaultdict(list)
        for action, worked, name, first, last, key in rows:
            record = models_[worked].browse(key)
            if action == "add":
                new[worked].append(self._prepare_day(name, first, dayofweek) if worked
                                   else self._prepare_leave(name, first, last))
            elif action == "change":
                record.write(self._prepare_leave(name, first, last))
            elif action == "remove":
                record.unlink()
        for worked, vals_list in new.items():
            models_[worked].create(vals_list)
        if self.state != "loaded" or any(row[0] in ("add", "change", "remove") for row in rows):
            self.write({"state": "loaded", "source": source, "loaded_on": fields.Datetime.now()})
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _prepare_leave(self, name, first, last):
        zone = self._zone()
        return {
            "name": name, "official_year_id": self.id, "company_id": self.company_id.id, "calendar_id": False,
            "resource_id": False, "time_type": "leave",
            "date_from": to_datetime(midnight(first.toordinal(), zone)),
            "date_to": to_datetime(midnight(last.toordinal() + 1, zone) - 1),
        }

    def _prepare_day(self, name, day, dayofweek):
        return {"name": self.env._("%(holiday)s, make-up day", holiday=name), "date": day, "dayofweek": dayofweek,
                "company_id": self.company_id.id, "calendar_id": False, "official_year_id": self.id}

    @api.model
    def _cron_remind(self):
        """Ask the administrators for the official days that are due and not loaded: from 1 December on the coming
        year's, too. Whoever was asked already is not asked twice."""
        companies = self.env["res.company"].search([("active", "=", True)]).filtered("sla_needs_official_days")
        for company in companies:
            today = self._today(company)
            due = years_due(today)
            for official in self._of(company, {today.year, today.year + 1}):
                if official.state == "missing" and official.year in due:
                    official._remind(today)

    def _remind(self, today):
        group = self.env.ref("order_sla.group_order_sla_manager")
        asked = self.activity_ids.user_id
        for user in group.all_user_ids.filtered_domain(
                Domain("company_ids", "in", self.company_id.ids) & Domain("share", "=", False)) - asked:
            self.with_context(lang=user.lang)._remind_user(user, today)

    def _remind_user(self, user, today):
        self.activity_schedule(
            "mail.mail_activity_data_todo", user_id=user.id, date_deadline=max(today, date(self.year - 1, 12, 31)),
            summary=self.env._("Load the official working days of %(year)s", year=str(self.year)),
            note=self.env._("Until they are loaded, deadlines and promised dates of %(year)s run through its public "
                            "holidays.", year=str(self.year)))
