import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..kernel import mspdi, mspdi_read
from ..tools.plan_file import PlanFile
from .plan_file_faults import fault_text

#: A file makes hundreds of items: dates are computed at the end, and nobody is told of each of them.
QUIET = {"plan_later": True, "tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}


class ProjectPlanImport(models.TransientModel):
    """A plan from a file of Microsoft Project (XML): shows first what it will make of it, then does that."""

    _name = "project.plan.import"
    _description = "Take Over a Project File"

    datas = fields.Binary(string="File", attachment=False)
    file_name = fields.Char()
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    project_id = fields.Many2one(
        "project.project", string="Into the Plan", ondelete="cascade",
        domain="[('is_plan', '=', True), ('plan_state', '=', 'draft'), ('company_id', '=', company_id)]",
        help="A plan without items. Empty: a new one is made.")
    name = fields.Char(string="Name of the Plan", help="Empty: that of the file.")
    promised_date = fields.Date()
    take_calendars = fields.Boolean(
        string="Make Working Hours",
        help="Calendars of the file become working hours, where there are none of that name.")
    line_ids = fields.One2many("project.plan.import.line", "wizard_id", readonly=True)
    item_count = fields.Integer(string="Items", readonly=True)
    link_count = fields.Integer(string="Links", readonly=True)
    remark_count = fields.Integer(string="Taken Over Otherwise or Left Out", readonly=True)

    @api.onchange("datas", "company_id", "project_id", "take_calendars")
    def _onchange_file(self):
        self.line_ids = [Command.clear()]
        self.item_count = self.link_count = self.remark_count = 0

    def action_show(self):
        """Show what the import will create, and what it takes over otherwise or leaves out, line by line.

        :raise UserError: the file cannot be taken over; each fault by line
        """
        self.ensure_one()
        file = self._read_file()
        calendars = self._prepare_calendars(file)
        remarks = file.remarks + [remark for calendar in calendars for remark in calendar.remarks]
        lines = [self._prepare_line(file, task) for task in file.plan.tasks] + [
            {"kind": "calendar", "name": calendar.vals["name"]} for calendar in calendars] + [
            {"kind": "remark", "line": remark.line or 0, "name": remark.about, "text": fault_text(self.env, remark)}
            for remark in remarks]
        # sudo: lines are shown, not written, by users
        self.sudo().write({
            "line_ids": [Command.clear(), *(Command.create({**vals, "sequence": number})
                                            for number, vals in enumerate(lines))],
            "item_count": len(file.items), "link_count": len(file.links), "remark_count": len(remarks)})
        return self._reopen()

    def action_import(self):
        """Create what was shown.

        :raise UserError: as :meth:`action_show`, or nothing was shown yet
        """
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("Look first at what the import will do: press Show."))
        file = self._read_file()
        self._create_calendars(file)
        plan = self._get_plan(file)
        items = self._create_items(file, plan.with_context(**QUIET))
        self.env["project.task.link"].with_context(**QUIET).create([
            {"predecessor_id": items[source].id, "successor_id": items[target].id, **vals}
            for (source, target), vals in file.links.items()])
        self._take_progress(file, items)
        plan._reschedule()
        return plan.action_view_plan()

    def _read_file(self):
        """What the file means for the company, checked."""
        self._check_planner()
        if not self.datas:
            raise UserError(self.env._("Choose the file first."))
        try:
            content = base64.b64decode(self.datas, validate=False)
            file = PlanFile(self.env, mspdi_read.read(content), self.company_id)
        except binascii.Error:
            raise UserError(self.env._("The file did not arrive whole. Choose it again.")) from None
        except mspdi.BadFile as error:
            raise UserError("\n".join(fault_text(self.env, fault) for fault in error.faults)) from None
        if not file.items:
            raise UserError(self.env._("There are no tasks in this file."))
        return file

    def _check_planner(self):
        self.env["project.project"]._check_planner()
        # the wizard's rows may be made by RPC: the company is one of the user's
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("Choose one of your companies."))

    def _get_plan(self, file):
        """The plan to fill: the chosen one, or a new one."""
        if not self.project_id:
            return self.env["project.project"].create({
                "name": self.name or file.plan.name or (self.file_name or "").rpartition(".")[0]
                or self.env._("Project file"),
                "is_plan": True, "company_id": self.company_id.id, "plan_begin": file.begin,
                "promised_date": self.promised_date})
        plan = self.project_id
        plan._check_plan_state("draft")
        if plan.plan_item_ids or plan.company_id != self.company_id:
            raise UserError(self.env._(
                "%(plan)s has items already, or belongs to another company. Choose a plan without items.",
                plan=plan.name))
        plan.write({"plan_begin": file.begin or plan.plan_begin,
                    **({"promised_date": self.promised_date} if self.promised_date else {})})
        return plan

    @staticmethod
    def _create_items(file, plan):
        """Items by uid, level by level: a summary has to be there before its parts."""
        items, waiting, sequence = {}, list(file.items), {uid: number for number, uid in enumerate(file.items)}
        while waiting:
            ready = [uid for uid in waiting if file.parents[uid] in items or file.parents[uid] is None]
            created = plan.env["project.task"].create([{
                **file.items[uid], "project_id": plan.id, "sequence": sequence[uid] + 1,
                "parent_id": items[file.parents[uid]].id if file.parents[uid] is not None else False} for uid in ready])
            items |= dict(zip(ready, created, strict=True))
            waiting = [uid for uid in waiting if uid not in items]
        return items

    def _take_progress(self, file, items):
        """Progress, actual dates and the former promise; entered by who takes the file over."""
        entered = {"entered_by_id": self.env.uid, "entered_on": fields.Datetime.now()}
        for uid, item in items.items():
            task = file.tasks[uid]
            progress = file.get_progress(task)
            if vals := file.get_baseline(task) | progress | (entered if progress else {}):
                # sudo: the planner was checked; dates of a baseline are written by nobody's hand
                item.sudo().with_context(**QUIET).write(vals)

    def _prepare_line(self, file, task):
        """One task, as it will be."""
        vals = file.items[task.uid]
        waits = [" ".join([source.name, link["kind"].upper(), f"{link['lag_hours']:+g} h" if link["lag_hours"] else ""])
                 for source, link in file.links_in.get(task.uid, ())]
        return {
            "kind": "summary" if task.summary else "milestone" if vals.get("is_milestone") else "item",
            "line": task.line or 0, "name": "\u2003" * (task.level - 1) + task.name, "hours": vals["duration_hours"],
            "department_id": vals.get("plan_department_id"), "user_id": vals.get("plan_user_id"),
            "pinned_start": vals.get("pinned_start"), "text": ", ".join(waits)}

    def _reopen(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("project_plan.project_plan_import_action")
        return action | {"res_id": self.id}


class ProjectPlanImportLine(models.TransientModel):
    """What the import will create, or a remark."""

    _name = "project.plan.import.line"
    _inherit = ["document.number.mixin"]
    _description = "Line of a Project File"
    _order = "sequence, id"

    wizard_id = fields.Many2one("project.plan.import", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer()
    kind = fields.Selection(
        [("item", "Item"), ("summary", "Summary"), ("milestone", "Milestone"), ("calendar", "Working Hours"),
         ("remark", "Otherwise or Left Out")], required=True, readonly=True)
    line = fields.Integer(readonly=True, aggregator=False)
    name = fields.Char(readonly=True)
    hours = fields.Float(string="Duration", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    user_id = fields.Many2one("res.users", string="Person", readonly=True)
    pinned_start = fields.Datetime(string="Not Before", readonly=True)
    text = fields.Text(string="Waits for, or What Is Different", readonly=True)
