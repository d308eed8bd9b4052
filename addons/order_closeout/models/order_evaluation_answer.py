from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.document_control.tools.reason import is_reason

from .order_evaluation import DESK

ANSWER = "order_closeout.mail_activity_type_answer"


class OrderEvaluationAnswer(models.Model):
    """What one department says about an order: what went wrong, and what it proposes (EVA-1)."""

    _name = "order.evaluation.answer"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Answer to an Order Evaluation"
    _order = "id"
    _mail_post_access = "read"

    evaluation_id = fields.Many2one("order.evaluation", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True, index=True, precompute=True)
    department_id = fields.Many2one(
        "hr.department", required=True, readonly=True, index=True, ondelete="restrict")
    department_name = fields.Char(compute="_compute_department_name", store=True, help="As it was then, for the form.")
    user_id = fields.Many2one(
        "res.users", string="Responsible", compute="_compute_user_id", store=True, index="btree_not_null",
        ondelete="restrict", help="Who is asked: the department's manager.")
    went_wrong = fields.Text(string="What went wrong", copy=False)
    proposal = fields.Text(copy=False, help="What should be done otherwise next time.")
    state = fields.Selection(
        [("asked", "Asked"), ("answered", "Answered"), ("void", "Not needed")], string="Status", required=True,
        readonly=True, default="asked", copy=False, index=True, tracking=True)
    answered_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    answered_name = fields.Char(compute="_compute_answered_name", store=True, help="As it was then, for the form.")
    answered_on = fields.Datetime(readonly=True, copy=False)
    can_answer = fields.Boolean(compute="_compute_can_answer", export_string_translation=False)
    order_name = fields.Char(related="evaluation_id.order_name")
    partner_name = fields.Char(related="evaluation_id.partner_name")
    project_name = fields.Char(related="evaluation_id.project_name")
    promised_date = fields.Date(related="evaluation_id.promised_date")
    delivered_on = fields.Date(related="evaluation_id.delivered_on")
    days_late = fields.Integer(related="evaluation_id.days_late")
    figures = fields.Text(related="evaluation_id.figures")

    _department_uniq = models.UniqueIndex(
        "(evaluation_id, department_id)", "This department is asked about the order already.")

    @api.depends("department_id")  # not its name: the words stay those of the day
    def _compute_department_name(self):
        for answer in self:
            answer.department_name = answer.department_id.name

    @api.depends("answered_by")  # as above
    def _compute_answered_name(self):
        for answer in self:
            answer.answered_name = answer.answered_by.name

    @api.depends("department_id", "company_id")
    def _compute_user_id(self):
        for answer in self:
            answer.user_id = answer.department_id._get_next_manager(answer.company_id or self.env.company)

    @api.depends("state", "user_id", "department_id")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        mine = self.env.user._get_own_departments()
        for answer in self:
            answer.can_answer = answer.state == "asked" and (
                answer.user_id == self.env.user or answer.department_id._origin in mine)

    @api.depends("evaluation_id", "department_id")
    def _compute_display_name(self):
        for answer in self:
            answer.display_name = f"{answer.evaluation_id.display_name}, {answer.department_id.name or ''}"

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(vals_list)
        for answer in answers:
            if answer.user_id.active:
                answer.activity_schedule(
                    ANSWER, user_id=answer.user_id.id, summary=answer.evaluation_id._get_todo_summary())
            else:
                answer._write_signed({"state": "void"})  # it would wait for ever
                answer.evaluation_id.message_post(body=self.env._(
                    "Nobody could be asked for %(department)s: it has no manager with a user.",
                    department=answer.department_id.name))
        return answers

    def action_answer(self):
        """Sign the department's answer.

        :raise AccessError: not one's department
        :raise UserError: not asked any more, or nothing is said
        """
        self.check_access("read")
        self._lock()
        for answer in self:
            if answer.state != "asked":
                raise UserError(self.env._(
                    "%(evaluation)s does not wait for the answer of %(department)s.",
                    evaluation=answer.evaluation_id.name, department=answer.department_name))
            if not answer.can_answer:
                raise AccessError(self.env._(
                    "You cannot answer for %(department)s.", department=answer.department_name))
            if not is_reason(answer.went_wrong):
                raise UserError(self.env._(
                    "%(department)s: say what went wrong, or that all went well.", department=answer.department_name))
        self._end("answered", answered_by=self.env.uid, answered_on=fields.Datetime.now())
        return True

    def action_release(self):
        """The order desk waits for this department no longer.

        :raise AccessError: not of the order desk
        """
        self.check_access("read")
        self._check_groups(DESK)
        self._lock()
        self._check_state("asked")
        self._end("void")
        return True

    def _end(self, state, **vals):
        self._write_signed({"state": state, **vals})
        answers = self.sudo()  # to-dos of colleagues
        answers.activity_unlink([ANSWER])
        answers.evaluation_id._ask_conclusion()

    def action_view_evaluation(self):
        """Open the evaluation."""
        self.ensure_one()
        return self.evaluation_id._get_records_action(name=self.env._("Order Evaluation"))

    def _get_open_fields(self):
        return {"went_wrong", "proposal"} if self.can_answer else set()

    def _is_frozen(self):
        return self.state != "asked"
