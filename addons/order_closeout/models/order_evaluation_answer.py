from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.tools.reason import is_reason

from .order_evaluation import DESK


class OrderEvaluationAnswer(models.Model):
    """What one department says about an order: what went wrong, and what it proposes (EVA-1)."""

    _name = "order.evaluation.answer"
    _inherit = ["document.acknowledgement.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Answer to an Order Evaluation"
    _mail_post_access = "read"
    _acknowledged_field = "evaluation_id"
    _acknowledge_todo = "order_closeout.mail_activity_type_answer"

    evaluation_id = fields.Many2one("order.evaluation", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True, index=True, precompute=True)
    department_id = fields.Many2one(readonly=True)
    user_id = fields.Many2one(readonly=True, help="Who is asked: the department's manager.")
    went_wrong = fields.Text(string="What went wrong", copy=False)
    proposal = fields.Text(copy=False, help="What should be done otherwise next time.")
    state = fields.Selection(
        [("asked", "Asked"), ("answered", "Answered"), ("void", "Not needed")], string="Status", required=True,
        readonly=True, default="asked", copy=False, index=True, tracking=True)
    acknowledged_by = fields.Many2one(string="Answered By")
    acknowledged_name = fields.Char(string="Answered Name")
    acknowledged_on = fields.Datetime(string="Answered On")
    order_name = fields.Char(related="evaluation_id.order_name")
    partner_name = fields.Char(related="evaluation_id.partner_name")
    project_name = fields.Char(related="evaluation_id.project_name")
    promised_date = fields.Date(related="evaluation_id.promised_date")
    delivered_on = fields.Date(related="evaluation_id.delivered_on")
    days_late = fields.Integer(related="evaluation_id.days_late")
    figures = fields.Text(related="evaluation_id.figures")

    _department_uniq = models.UniqueIndex(
        "(evaluation_id, department_id)", "This department is asked about the order already.")

    @api.depends("state")
    def _compute_can_acknowledge(self):
        return super()._compute_can_acknowledge()

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(vals_list)
        for answer in answers._ask():
            answer._write_signed({"state": "void"})  # it would wait for ever
            answer.evaluation_id.message_post(body=self.env._(
                "Nobody could be asked for %(department)s: it has no manager with a user.",
                department=answer.department_id.name))
        return answers

    def action_acknowledge(self):
        """Sign the department's answer.

        :raise AccessError: not one's department
        :raise UserError: not asked any more, or nothing is said
        """
        self.check_access("read")
        for answer in self.filtered("can_acknowledge"):
            if not is_reason(answer.went_wrong):
                raise UserError(self.env._(
                    "%(department)s: say what went wrong, or that all went well.", department=answer.department_name))
        return super().action_acknowledge()

    def action_release(self):
        """The order desk waits for this department no longer.

        :raise AccessError: not of the order desk
        """
        self.check_access("read")
        self._check_groups(DESK)
        self.evaluation_id._lock()  # as for an answer: the last one is known to be the last
        self._check_state("asked")
        self._write_signed({"state": "void"})
        self._close_todos()
        self._after_acknowledgement()
        return True

    def action_view_evaluation(self):
        """Open the evaluation."""
        self.ensure_one()
        return self.evaluation_id._get_records_action(name=self.env._("Order Evaluation"))

    def _is_waiting(self):
        return self.state == "asked"

    def _prepare_acknowledgement(self):
        return {**super()._prepare_acknowledgement(), "state": "answered"}

    def _after_acknowledgement(self):
        self.sudo().evaluation_id._ask_conclusion()  # sudo: the to-do of who concludes

    @api.model
    def _get_creatable_fields(self):
        return set()

    def _get_open_fields(self):
        return {"went_wrong", "proposal"} if self.can_acknowledge else set()

    def _is_frozen(self):
        return self.state != "asked"
