from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

from .order_evaluation import DESK, MANAGEMENT

DO = "order_closeout.mail_activity_type_measure"
CHECK = "order_closeout.mail_activity_type_check"
LESSON = "order_closeout.mail_activity_type_lesson"
KEEPER = "order_review.group_order_review_manager"


class OrderEvaluationMeasure(models.Model):
    """A proposal that is carried out: by whom, until when, done, checked; a lesson where it belongs into a template."""

    _name = "order.evaluation.measure"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Measure of an Order Evaluation"
    _order = "date_due, id"
    _mail_post_access = "read"
    _transitions = {
        "done": Transition(("open",), "done"),
        "check": Transition(("done",), "checked"),
        "return": Transition(("done",), "open"),
    }

    evaluation_id = fields.Many2one("order.evaluation", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True, index=True, precompute=True)
    answer_id = fields.Many2one(
        "order.evaluation.answer", string="Proposed by", index="btree_not_null", ondelete="restrict",
        domain="[('evaluation_id', '=', evaluation_id)]")
    name = fields.Char(string="Measure", required=True)
    owner_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict", domain="[('share', '=', False)]",
        default=lambda self: self.env.user)
    date_due = fields.Date(string="Until", required=True)
    feeds = fields.Selection(
        [("review", "Review template"), ("plan", "Plan template")], string="Lesson for", index="btree_not_null",
        help="Whoever maintains the template is asked to take it up, and it is shown at later orders of the kind.")
    state = fields.Selection(
        [("draft", "Proposed"), ("open", "To do"), ("done", "Done"), ("checked", "Checked")], string="Status",
        required=True, readonly=True, default="draft", copy=False, index=True, tracking=True)
    done_note = fields.Text(string="What was done", readonly=True, copy=False)
    done_on = fields.Datetime(readonly=True, copy=False)
    checked_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    checked_on = fields.Datetime(readonly=True, copy=False)
    taken_by = fields.Many2one("res.users", string="Taken up by", readonly=True, copy=False, ondelete="restrict")
    taken_on = fields.Datetime(string="Taken up on", readonly=True, copy=False)
    order_name = fields.Char(related="evaluation_id.order_name")
    partner_name = fields.Char(related="evaluation_id.partner_name")

    @api.constrains("answer_id", "evaluation_id")
    def _check_answer(self):
        for measure in self:
            if measure.answer_id and measure.answer_id.evaluation_id != measure.evaluation_id:
                raise ValidationError(self.env._(
                    "%(measure)s: the proposal is of another evaluation.", measure=measure.name))

    @api.model_create_multi
    def create(self, vals_list):
        measures = super().create(vals_list)
        for measure in measures:
            measure.evaluation_id._check_state("open")
            measure.evaluation_id._check_open({"measure_ids": []})
        return measures

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        self._check_state("draft")

    def action_done(self, note):
        """The owner says what was done.

        :raise AccessError: of somebody else
        :raise UserError: not to be done now, or nothing is said
        """
        self.ensure_one()
        self._check_transition("done")
        if self.owner_id != self.env.user:
            raise AccessError(self.env._("%(measure)s: only %(owner)s can say that it is done.",
                                         measure=self.name, owner=self.owner_id.name))
        if not is_reason(note):
            raise UserError(self.env._("%(measure)s: say what was done.", measure=self.name))
        self._write_transition("done", done_note=note, done_on=fields.Datetime.now())
        measure = self.sudo()  # to-dos of others
        measure.activity_unlink([DO])
        if checker := measure._get_checker():
            measure.activity_schedule(CHECK, user_id=checker.id, summary=measure._get_todo_summary())
        return True

    def action_check(self):
        """Whether it works: by the order desk or the management, by nobody of his own."""
        self._check_checker("check")
        self._write_transition("check", checked_by=self.env.uid, checked_on=fields.Datetime.now())
        self.sudo().activity_unlink([CHECK])  # sudo: to-dos of others
        return True

    def action_return(self):
        """Not enough: the owner has it again."""
        self._check_checker("return")
        self._write_transition("return")
        measures = self.sudo()  # to-dos of others
        measures.activity_unlink([CHECK])
        measures._ask_owner()
        return True

    def _get_checker(self):
        """Who is asked whether it works: who has concluded, else one of the management, else the head of the desk;
        nobody whose own it is, or who has left."""
        evaluation = self.evaluation_id
        users = self.env.ref(MANAGEMENT).sudo().all_user_ids.filtered(
            lambda user: not user.share and self.company_id in user.company_ids)
        head = evaluation.order_id.desk_department_id._get_next_manager(self.company_id).sudo()
        users |= head.filtered(lambda user: user.has_group(DESK))
        return ((evaluation.concluded_by | users).filtered("active") - self.owner_id)[:1]

    def _check_checker(self, operation):
        self._check_transition(operation)
        self._check_groups(DESK, MANAGEMENT)
        if own := self.filtered(lambda measure: measure.owner_id == self.env.user):
            raise AccessError(self.env._(
                "%(measure)s: nobody checks his own measure.", measure=own[0].name))

    def action_take_up(self):
        """Who maintains the templates has taken the lesson up; the template itself he changes by hand.

        :raise UserError: no lesson, or its evaluation is not concluded
        """
        self.check_access("read")
        self._check_groups(KEEPER)
        self._lock()
        for measure in self:
            if not measure.feeds or measure.state == "draft" or measure.taken_on:
                raise UserError(self.env._(
                    "%(measure)s is no lesson that waits for its template.", measure=measure.name))
        self._write_signed({"taken_by": self.env.uid, "taken_on": fields.Datetime.now()})
        self.sudo().activity_unlink([LESSON])  # sudo: to-dos of others
        return True

    def action_view_evaluation(self):
        """Open the evaluation."""
        self.ensure_one()
        return self.evaluation_id._get_records_action(name=self.env._("Order Evaluation"))

    def action_open_done(self):
        """The window in which the owner says what was done."""
        self.ensure_one()
        return {
            "name": self.env._("Done"), "type": "ir.actions.act_window", "res_model": "order.closeout.word",
            "view_mode": "form", "target": "new",
            "context": {"default_res_model": self._name, "default_res_id": self.id, "default_operation": "done"},
        }

    def _begin(self):
        """The evaluation is concluded: owners and those who maintain the templates are asked."""
        self._write_signed({"state": "open"})
        self._ask_owner()
        for measure in self.filtered("feeds"):
            keeper = measure._get_lesson_keeper()
            if keeper:
                measure.activity_schedule(LESSON, user_id=keeper.id, summary=measure._get_todo_summary())

    def _ask_owner(self):
        for measure in self.filtered("owner_id.active"):
            measure.activity_schedule(
                DO, user_id=measure.owner_id.id, summary=measure._get_todo_summary(), date_deadline=measure.date_due)

    def _get_lesson_keeper(self):
        """Who maintains the template that the lesson is for. Of plans: whoever an addon of plans names here."""
        keepers = self.env.ref(KEEPER).sudo().all_user_ids.filtered(
            lambda user: user.active and not user.share and self.company_id in user.company_ids)
        head = self.evaluation_id.order_id.desk_department_id._get_next_manager(self.company_id).sudo()
        return ((head & keepers) or keepers)[:1]

    def _get_todo_summary(self):
        return ", ".join(filter(None, (self.name, self.order_name, self.partner_name)))

    @api.model
    def _get_creatable_fields(self):
        return {"evaluation_id", "answer_id", "name", "owner_id", "date_due", "feeds"}

    def _get_open_fields(self):
        return {"answer_id", "name", "owner_id", "date_due", "feeds"} if self.state == "draft" else set()

    def _get_living_fields(self):
        return super()._get_living_fields() | {"taken_by", "taken_on"}

    def _is_frozen(self):
        return self.state == "checked"
