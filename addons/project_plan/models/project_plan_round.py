from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason
from odoo.addons.order_sla.kernel.worktime import midnight
from odoo.addons.order_sla.tools.moments import to_datetime


class ProjectPlanRound(models.Model):
    """日巡检: whoever leads a department goes round once a day: is each item where the plan wants it, in progress,
    quality and quantity; what deviates gets a countermeasure, and its item says so (PLN-14)."""

    _name = "project.plan.round"
    _description = "Daily Round"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "day desc, id desc"
    _check_company_auto = True
    _number_sequence = "project.plan.round"
    _transitions = {"sign": Transition(("draft",), "signed")}
    _mail_post_access = "read"

    name = fields.Char(string="Number", default="/", readonly=True, copy=False)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users", string="Gone By", required=True, readonly=True, index=True, ondelete="restrict")
    department_id = fields.Many2one(
        "hr.department", readonly=True, index="btree_not_null", ondelete="restrict", check_company=True,
        help="That of the person; the round is of all departments that he leads.")
    day = fields.Date(required=True, readonly=True, index=True)
    line_ids = fields.One2many("project.plan.round.line", "round_id", string="Items")
    deviation_count = fields.Integer(string="Deviations", compute="_compute_deviation_count", store=True)
    note = fields.Text(string="Remarks")
    state = fields.Selection(
        [("draft", "Under Way"), ("signed", "Signed")], string="Status", required=True, default="draft",
        readonly=True, copy=False, index=True, tracking=True)
    signed_on = fields.Datetime(readonly=True, copy=False)

    _one_a_day = models.UniqueIndex("(company_id, user_id, day)", "This person has gone round today already.")

    @api.depends("line_ids.is_off")
    def _compute_deviation_count(self):
        for tour in self:
            tour.deviation_count = len(tour.line_ids.filtered("is_off"))

    def _get_open_fields(self):
        return {"line_ids", "note"} if self.state == "draft" and self.user_id == self.env.user else set()

    def _is_frozen(self):
        return self.state == "signed"

    @api.model
    def action_open_today(self):
        """Open the user's round of today, with all that is under way in his departments.

        :return: action
        :raise UserError: he has no department, or nothing is under way there
        """
        self.check_access("write")
        today = self.env.company._get_today()
        tour = self.search([("user_id", "=", self.env.uid), ("day", "=", today),
                            ("company_id", "=", self.env.company.id)])
        # sudo: a round is made by its action only
        tour = tour or self.sudo().create(self._prepare_round_vals(today)).sudo(False)
        return {"type": "ir.actions.act_window", "name": self.env._("Daily Round"), "res_model": self._name,
                "view_mode": "form", "views": [(False, "form")], "res_id": tour.id}

    @api.model
    def _prepare_round_vals(self, day):
        departments = self.env.user._get_own_departments()
        if not departments:
            raise UserError(self.env._("You are in no department: a round goes through what your department does."))
        zone = self.env["project.plan.load"]._get_zone(self.env.company)
        tomorrow = to_datetime(midnight(day.toordinal() + 1, zone))
        items = self.env["project.task"].search([
            ("is_plan_item", "=", True), ("plan_state", "=", "released"), ("company_id", "=", self.env.company.id),
            ("plan_department_id", "in", departments.ids), ("state", "!=", "1_canceled"), ("child_ids", "=", False),
            ("is_milestone", "=", False), ("actual_finish", "=", False), "|", ("actual_start", "!=", False),
            ("planned_start", "<", tomorrow)], order="planned_finish, id")
        if not items:
            raise UserError(self.env._(
                "Nothing is under way in %(departments)s: there is nothing to go round for.",
                departments=", ".join(departments.mapped("name"))))
        employee = self.env.user.sudo().employee_id  # sudo: hr data of oneself
        return {
            "company_id": self.env.company.id, "user_id": self.env.uid, "day": day,
            "department_id": (employee.department_id & departments or departments)[:1].id,
            "line_ids": [Command.create({
                "task_id": item.id, "planned_finish": item.planned_finish, "plan_progress": item.plan_progress,
            }) for item in items]}

    def action_all_as_planned(self):
        """What nobody has found to deviate is as planned."""
        for name in self.env["project.plan.round.line"]._get_subjects():
            self.line_ids.filtered(lambda line, name=name: not line[name]).write({name: "ok"})
        return True

    def action_sign(self):
        """The round is done; what deviates stands on its item, where the planner and its people see it.

        :raise AccessError: another person's round
        :raise UserError: something was not looked at, or nothing says what deviates and what is done about it
        """
        self._transit("sign", signed_on=fields.Datetime.now())
        for line in self.line_ids.filtered("is_off"):
            line.task_id.sudo().message_post(body=line._get_words(), subtype_xmlid="mail.mt_note")  # sudo: his item
        return True

    def _check_transition(self, operation):
        for tour in self if not self.env.su else ():
            if tour.user_id != self.env.user:
                raise AccessError(self.env._(
                    "%(round)s is signed by %(user)s, who has gone it.", round=tour._describe(),
                    user=tour.user_id.name))
        result = super()._check_transition(operation)
        for line in self.line_ids:
            if not all(line[name] for name in line._get_subjects()):
                raise UserError(self.env._(
                    "%(item)s: say of progress, quality and quantity whether they are as planned.",
                    item=line.display_name))
            if line.is_off and not (is_reason(line.finding) and line.measure):
                raise UserError(self.env._(
                    "%(item)s deviates: write what was found, and what is done about it.",
                    item=line.display_name))
        return result
