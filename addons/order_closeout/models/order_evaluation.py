from odoo import api, fields, models

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.order_review.models.order_review import ORDER_CLASSES

DESK = "order_review.group_order_review_desk"
MANAGEMENT = "order_closeout.group_order_management"


class OrderEvaluation(models.Model):
    """订单评估: how an order went, what the departments say, and what is done so that it goes better (EVA-1)."""

    _name = "order.evaluation"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Order Evaluation"
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "order.evaluation"
    _transitions = {"conclude": Transition(("open",), "concluded")}

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="restrict")
    state = fields.Selection(
        [("open", "Departments answer"), ("concluded", "Concluded")], string="Status", required=True, readonly=True,
        default="open", copy=False, index=True, tracking=True)
    next_step = fields.Selection(
        [("answers", "Departments answer"), ("conclude", "To be concluded"), ("none", "Nothing")],
        compute="_compute_next_step", store=True, export_string_translation=False)

    # The order as it was when it was closed out, also for those who may not read sales orders.
    order_name = fields.Char(string="Order No.", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True, index=True, ondelete="restrict")
    partner_name = fields.Char(string="Customer's name", readonly=True)
    project_name = fields.Char(readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Salesperson", readonly=True, index="btree_not_null", ondelete="restrict")
    project_manager_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    order_class = fields.Selection(ORDER_CLASSES, readonly=True, index="btree_not_null")
    category_ids = fields.Many2many("product.category", string="Product categories", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True, ondelete="restrict")
    amount_total = fields.Monetary(string="Total", readonly=True, groups="sales_team.group_sale_salesman")

    # Filled in by itself.
    requested_date = fields.Date(string="Delivery requested", readonly=True)
    promised_date = fields.Date(string="Delivery promised", readonly=True)
    delivered_on = fields.Date(readonly=True)
    days_late = fields.Integer(string="Late by (days)", readonly=True, aggregator="avg")
    clocks_met = fields.Integer(string="Time limits kept", readonly=True)
    clocks_missed = fields.Integer(string="Time limits missed", readonly=True)
    review_rounds = fields.Integer(readonly=True)
    review_hours = fields.Float(string="Review time (hours)", readonly=True, aggregator="avg")
    figures = fields.Text(string="Further figures", readonly=True, help="What other parts of the system know of it.")

    answer_ids = fields.One2many("order.evaluation.answer", "evaluation_id", string="Departments", readonly=True)
    measure_ids = fields.One2many("order.evaluation.measure", "evaluation_id", string="Measures")
    conclusion = fields.Text(readonly=True, copy=False)
    concluded_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    concluded_name = fields.Char(compute="_compute_concluded_name", store=True, help="As it was then, for the form.")
    concluded_on = fields.Datetime(readonly=True, copy=False)
    opened_by = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict", help="Empty: it opened by itself.")
    responsible_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        help="Who is asked to conclude it.")
    can_conclude = fields.Boolean(compute="_compute_can_conclude", export_string_translation=False)
    can_answer = fields.Boolean(compute="_compute_can_answer", export_string_translation=False)

    _order_uniq = models.UniqueIndex("(order_id)", "This order has its evaluation already.")

    @api.depends("state", "answer_ids.state")
    def _compute_next_step(self):
        for evaluation in self:
            if evaluation.state == "concluded":
                evaluation.next_step = "none"
            else:
                asked = "asked" in evaluation.answer_ids.mapped("state")
                evaluation.next_step = "answers" if asked else "conclude"

    @api.depends("concluded_by")  # not his name: the words stay those of the day
    def _compute_concluded_name(self):
        for evaluation in self:
            evaluation.concluded_name = evaluation.concluded_by.name

    @api.depends("state", "next_step")
    @api.depends_context("uid")
    def _compute_can_conclude(self):
        for evaluation in self:
            evaluation.can_conclude = evaluation.next_step == "conclude" and evaluation._may_conclude(self.env.user)

    @api.depends("state", "answer_ids.can_acknowledge")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        for evaluation in self:
            evaluation.can_answer = any(evaluation.answer_ids.mapped("can_acknowledge"))

    @api.depends("name", "order_name")
    def _compute_display_name(self):
        for evaluation in self:
            evaluation.display_name = f"{evaluation.name} ({evaluation.order_name or ''})"

    def _may_conclude(self, user):
        """Management and the head of the order desk conclude; nobody what is his own."""
        self.ensure_one()
        evaluation = self.sudo()  # who takes part is no secret to who is asked
        heads = evaluation.order_id.desk_department_id._get_next_manager(evaluation.company_id)
        return (user.has_group(MANAGEMENT) or user in heads) and user not in evaluation._get_parties()

    def _get_parties(self):
        """Users whose own work is evaluated or said: they do not conclude it."""
        return self.user_id | self.project_manager_id | self.opened_by | self.answer_ids.acknowledged_by

    def _get_concluders(self):
        """Users who could conclude it, the head of the order desk last: he mostly answers for his department."""
        evaluation = self.sudo()  # who they are is no secret
        users = self.env.ref(MANAGEMENT).sudo().all_user_ids.filtered(
            lambda user: user.active and not user.share and evaluation.company_id in user.company_ids)
        general = evaluation.order_id.desk_department_id._get_general_manager(evaluation.company_id).sudo()
        head = evaluation.order_id.desk_department_id._get_next_manager(evaluation.company_id).sudo()
        return ((general & users) | users | head) - evaluation._get_parties()

    def _get_open_fields(self):
        return {"measure_ids"} if self.state == "open" else set()

    def _get_living_fields(self):
        """Measures are done and checked after the evaluation is concluded."""
        return super()._get_living_fields() | {"measure_ids"}

    def _is_frozen(self):
        return self.state == "concluded"
