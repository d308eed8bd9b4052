import base64
from importlib import import_module

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..kernel import day_files, notice
from ..kernel.official_days import Fault, Unreadable, from_package
from ..models.resource_calendar_official_year import SOURCES
from .official_faults import fault_text

ACTIONS = [("add", "Added"), ("change", "Changed"), ("remove", "Removed"), ("keep", "Already There"),
           ("worked", "Stays Worked")]


class ResourceCalendarOfficialLoad(models.TransientModel):
    """Loads a year of official working days: shows first what it will do to the calendar, then does that."""
    _name = "resource.calendar.official.load"
    _inherit = ["document.number.mixin"]
    _description = "Load Official Working Days"

    year = fields.Integer(required=True, default=lambda self: self._default_year(), aggregator=False)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    source = fields.Selection(SOURCES, required=True, default="notice")
    text = fields.Text(string="Text of the Notice")
    datas = fields.Binary(string="File", attachment=False)
    file_name = fields.Char()
    dayofweek = fields.Selection(
        selection=lambda self: self.env["resource.calendar.extra.day"]._fields["dayofweek"]._description_selection(
            self.env),
        string="Make-up Days Work Like", required=True, default="0")
    line_ids = fields.One2many("resource.calendar.official.load.line", "wizard_id", readonly=True)
    unused = fields.Text(string="Not Used", readonly=True, help="What the source says beside, and was not loaded.")
    is_changed = fields.Boolean(readonly=True)

    @api.model
    def _default_year(self):
        """The first year that is due or coming, and not loaded."""
        company = self.env.company
        today = self.env["resource.calendar.official.year"]._today(company)
        # sudo: whether a year is loaded is no secret
        loaded = company.sudo().sla_official_year_ids.filtered(lambda year: year.state == "loaded").mapped("year")
        return next((year for year in (today.year, today.year + 1) if year not in loaded), today.year + 1)

    @api.onchange("year", "company_id", "source", "text", "datas")
    def _onchange_source(self):
        self.line_ids = [Command.clear()]
        self.unused = False

    def action_show(self):
        """Show what the load will add, change and remove.

        :raise UserError: the source cannot be read, or does not hold the year; each fault by line
        """
        self.ensure_one()
        official, rows = self._prepare_load()
        self._show(official, rows)
        return self._reopen()

    def action_load(self):
        """Load what was shown. If the calendar has changed meanwhile, show it again instead.

        :raise UserError: as :meth:`action_show`, or nothing was shown yet
        """
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("Look first at what the load will do: press Show."))
        official, rows = self._prepare_load()
        if [line._to_row() for line in self.line_ids] != [row[:5] for row in rows]:
            self._show(official, rows)
            self.is_changed = True
            return self._reopen()
        self._get_year()._apply(rows, self.source, self.dayofweek)
        return {"type": "ir.actions.act_window_close"}

    def _get_year(self):
        """The record of the year, for whoever may load it."""
        # the wizard's rows may be made by RPC: the company is one of the user's
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("You cannot load working days for %(company)s: choose one of your companies.",
                                         company=self.company_id.sudo().name))  # sudo: to name it
        return self.env["resource.calendar.official.year"]._of(self.company_id, [self.year])

    def _prepare_load(self):
        """The year that the source tells, and what loading it does."""
        if not 2000 <= self.year <= 2100:
            raise UserError(self.env._("%(year)s is no year that can be loaded.", year=str(self.year)))
        official_year = self._get_year()
        try:
            official = getattr(self, f"_read_{self.source}")()
        except Unreadable as error:
            raise UserError("\n".join(fault_text(self.env, fault) for fault in error.faults)) from None
        return official, official_year._plan(official)

    def _read_notice(self):
        return notice.read(self.text or "", self.year)

    def _read_file(self):
        if not self.datas:
            raise UserError(self.env._("Choose the file first."))
        content = base64.b64decode(self.datas)
        is_calendar = (self.file_name or "").lower().endswith(".ics") or content.lstrip().startswith(b"BEGIN:VCALENDAR")
        return (day_files.read_ics if is_calendar else day_files.read_csv)(content, self.year)

    def _read_package(self):
        try:
            tables = import_module("chinese_calendar.constants")
        except ImportError:
            raise Unreadable(Fault("no_package")) from None
        names = {holiday.value: holiday.chinese for holiday in tables.Holiday}
        return from_package(self.year, *(
            {day: names.get(name, name) for day, name in table.items()}
            for table in (tables.holidays, tables.workdays)))

    def _show(self, official, rows):
        # sudo: lines are shown, not written, by users
        self.sudo().write({
            "line_ids": [Command.clear(), *(Command.create({
                "sequence": number, "action": action, "is_worked": worked, "name": name, "first": first, "last": last,
            }) for number, (action, worked, name, first, last, _key) in enumerate(rows))],
            "unused": "\n".join(official.unused),
            "is_changed": False,
        })

    def _reopen(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("order_sla.resource_calendar_official_load_action")
        return action | {"res_id": self.id}


class ResourceCalendarOfficialLoadLine(models.TransientModel):
    _name = "resource.calendar.official.load.line"
    _inherit = ["document.number.mixin"]
    _description = "Official Working Day to Load"
    _order = "sequence, id"

    wizard_id = fields.Many2one("resource.calendar.official.load", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer()
    action = fields.Selection(ACTIONS, required=True)
    is_worked = fields.Boolean(string="Worked")
    name = fields.Char(string="Holiday", required=True)
    first = fields.Date(string="From", required=True)
    last = fields.Date(string="To", required=True)

    def _to_row(self):
        return (self.action, self.is_worked, self.name, self.first, self.last)
