from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.document_control.models.document_control_mixin import Transition


class OrderReviewCondition(models.Model):
    """An "agree if...": a commitment with owner and date, followed up until it is fulfilled (REV-5)."""

    _name = "order.review.condition"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Review Condition"
    _order = "date, id"
    _mail_post_access = "read"
    _transitions = {"fulfill": Transition(("open",), "fulfilled")}

    review_id = fields.Many2one(
        "order.review", compute="_compute_review_id", store=True, readonly=False, precompute=True,
        required=True, index=True, ondelete="cascade")
    line_id = fields.Many2one(
        "order.review.line", string="Department's opinion", index="btree_not_null", ondelete="cascade")
    department_id = fields.Many2one(related="line_id.department_id", store=True)
    company_id = fields.Many2one(related="review_id.company_id", store=True, index=True)
    is_my_department = fields.Boolean(compute="_compute_is_my_department", search="_search_is_my_department")
    name = fields.Char(string="Condition", required=True)
    kind = fields.Selection(
        [("delivery", "Delivery date"), ("technical", "Technical scheme"), ("other", "Other")],
        required=True, default="other")
    date = fields.Date(string="Until", help="When the commitment is to be fulfilled.")
    owner_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict", domain="[('share', '=', False)]",
        default=lambda self: self.env.user, tracking=True)
    state = fields.Selection(
        [("open", "Open"), ("fulfilled", "Fulfilled"), ("void", "Void")],
        required=True, readonly=True, default="open", copy=False, index=True, tracking=True)
    is_commitment = fields.Boolean(
        compute="_compute_is_commitment", store=True,
        help="The review is concluded with this condition: it has to be fulfilled.")
    for_customer = fields.Boolean(
        compute="_compute_for_customer", store=True, readonly=False, precompute=True, tracking=True,
        help="The customer has to accept it, and sees it on the portal. Others bind only us.")
    customer_wording = fields.Char(
        string="Wording for the customer", tracking=True,
        help="What the customer reads and accepts; empty: the condition as it was set.")
    shown_name = fields.Char(string="As the customer reads it", compute="_compute_shown_name")
    set_by_department = fields.Char(string="Set by", compute="_compute_set_by", compute_sudo=True)
    set_by_name = fields.Char(string="Signed by", compute="_compute_set_by", compute_sudo=True)
    set_on = fields.Datetime(string="Signed on", compute="_compute_set_by", compute_sudo=True)
    fulfilled_on = fields.Datetime(readonly=True, copy=False)
    fulfilled_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    order_name = fields.Char(related="review_id.order_name")
    partner_name = fields.Char(related="review_id.partner_name")

    @api.depends("line_id")
    def _compute_review_id(self):
        for condition in self:
            condition.review_id = condition.line_id.review_id or condition.review_id

    @api.depends("line_id.is_my_department")
    @api.depends_context("uid")
    def _compute_is_my_department(self):
        for condition in self:
            condition.is_my_department = condition.line_id.is_my_department

    @api.depends("review_id.stage", "state")
    def _compute_is_commitment(self):
        for condition in self:
            condition.is_commitment = condition.review_id.stage == "cleared" and condition.state != "void"

    @api.depends("kind", "line_id")
    def _compute_for_customer(self):
        """A department's change of the scheme and what the conclusion adds are the customer's matter.

        A department's delivery date is not: it goes into the promised date, the one that the customer is told.
        """
        for condition in self:
            condition.for_customer = condition.kind == "technical" or not condition.line_id

    @api.depends("name", "customer_wording")
    def _compute_shown_name(self):
        for condition in self:
            condition.shown_name = condition.customer_wording or condition.name

    @api.depends("line_id.signed_name", "line_id.signed_on", "review_id.concluded_name", "review_id.concluded_on")
    @api.depends_context("lang")
    def _compute_set_by(self):
        for condition in self:
            line, review = condition.line_id, condition.review_id
            condition.set_by_department = line.department_name if line else self.env._("Conclusion")
            condition.set_by_name = line.signed_name if line else review.concluded_name
            condition.set_on = line.signed_on if line else review.concluded_on

    @api.model
    def _search_is_my_department(self, operator, value):
        return [("line_id.is_my_department", operator, value)]

    @api.model_create_multi
    def create(self, vals_list):
        conditions = super().create(vals_list)
        if not self.env.su:
            conditions._check_addable()
        return conditions

    def action_fulfill(self):
        """The owner, or the order desk, reports the commitment as fulfilled.

        :raise AccessError: somebody else's commitment
        :raise UserError: not open, or the review is not concluded with it
        """
        self._transit("fulfill", fulfilled_on=fields.Datetime.now(), fulfilled_by=self.env.uid)
        self.sudo().activity_unlink(["order_review.mail_activity_type_condition"])  # of whoever was asked
        return True

    def _check_transition(self, operation):
        """A commitment is reported by its owner or the order desk, once the order goes ahead on it."""
        self.check_access("read")
        others = self.filtered(lambda condition: condition.owner_id != self.env.user)
        if others and not self.env.user.has_group("order_review.group_order_review_desk"):
            raise AccessError(self.env._(
                "\"%(condition)s\" is the commitment of %(owner)s.", condition=others[0].name,
                owner=others[0].owner_id.name))
        result = super()._check_transition(operation)
        if early := self.filtered(lambda condition: not condition.is_commitment):
            raise UserError(self.env._(
                "\"%(condition)s\" is not an open commitment of a cleared review.", condition=early[0].name))
        return result

    def _describe(self):
        """The condition in words: who set it, what, and in which words it was agreed with the customer."""
        self.ensure_one()
        if self.for_customer and self.shown_name != self.name:
            return self.env._(
                "%(department)s: %(condition)s (agreed with the customer: %(wording)s)",
                department=self.set_by_department, condition=self.name, wording=self.shown_name)
        return self.env._("%(department)s: %(condition)s", department=self.set_by_department, condition=self.name)

    def _check_addable(self):
        for condition in self:
            line = condition.line_id
            if not line or condition.review_id != line.review_id or not line._is_answerable():
                raise UserError(self.env._(
                    "Conditions are added to a department's open opinion. \"%(condition)s\" is not.",
                    condition=condition.name))

    @api.model
    def _get_creatable_fields(self):
        return {"line_id", "review_id", "name", "kind", "date", "owner_id", *self._get_look_fields()}

    @api.model
    def _get_look_fields(self):
        """What is decided when somebody looks at what the customer will see."""
        return {"for_customer", "customer_wording"}

    def _is_to_look_at(self):
        """Whether it is still to be decided what the customer will see: until the conclusion."""
        return self.state == "open" and self.review_id.state in ("draft", "in_review")

    def _get_open_fields(self):
        names = set()
        if self.line_id and self.line_id._is_answerable() and self.is_my_department:
            names |= {"name", "kind", "date", "owner_id", *self._get_look_fields()}
        if self._is_to_look_at() and self.env.user.has_group("order_review.group_order_review_desk"):
            names |= self._get_look_fields()
        return names

    def _get_frozen_fields(self):
        if not self._is_frozen():
            return set()
        followed = {"state", "fulfilled_on", "fulfilled_by", "owner_id"} if self.state == "open" else set()
        return set(self._fields) - followed - (self._get_look_fields() if self._is_to_look_at() else set())

    def _is_frozen(self):
        return self.review_id.state == "concluded" or bool(self.line_id and self.line_id._is_frozen())
