from odoo import api, fields, models
from odoo.fields import Command

from ..models.order_review import CONCLUSIONS


class OrderReviewConclude(models.TransientModel):
    _name = "order.review.conclude"
    _description = "Conclude the Review"

    review_id = fields.Many2one("order.review", required=True, readonly=True, ondelete="cascade")
    conclusion = fields.Selection(
        CONCLUSIONS, compute="_compute_conclusion", store=True, readonly=False, required=True, precompute=True)
    note = fields.Text(string="Reason")
    requested_date = fields.Date(related="review_id.requested_date")
    agreed_date = fields.Date(related="review_id.agreed_date")
    promise_date = fields.Date(compute="_compute_promise_date", store=True, readonly=False)
    line_ids = fields.One2many(related="review_id.line_ids")
    look_ids = fields.One2many(
        "order.review.conclude.look", "wizard_id", string="Departments' conditions",
        help="A look before it goes out: what the customer is asked to accept, and in which words.")
    condition_ids = fields.One2many("order.review.conclude.condition", "wizard_id", string="Further conditions")

    @api.model
    def default_get(self, fields):
        """The conditions of the round, each with what the customer would see of it."""
        defaults = super().default_get(fields)
        if "look_ids" in fields:
            conditions = self.env["order.review"].browse(defaults.get("review_id")).condition_ids
            looks = self.env["order.review.conclude.look"]
            defaults["look_ids"] = [Command.create(looks._prepare_look(condition)) for condition in conditions]
        return defaults

    @api.depends("review_id")
    def _compute_promise_date(self):
        for wizard in self:
            wizard.promise_date = wizard.review_id.promise_date

    @api.depends("review_id")
    def _compute_conclusion(self):
        for wizard in self:
            review = wizard.review_id
            later = review._is_later(review.promise_date)
            wizard.conclusion = "conditional" if later or review.condition_ids else "accept"

    def action_conclude(self):
        """Conclude the round; see ``order.review._conclude``."""
        self.ensure_one()
        self.review_id._conclude(
            self.conclusion, note=self.note, promise_date=self.promise_date,
            conditions=[condition._prepare_condition() for condition in self.condition_ids],
            looks=[(look.condition_id, look._prepare_shown()) for look in self.look_ids])
        return {"type": "ir.actions.act_window_close"}


class OrderReviewConcludeCondition(models.TransientModel):
    _name = "order.review.conclude.condition"
    _description = "Condition of the Conclusion"

    wizard_id = fields.Many2one("order.review.conclude", required=True, ondelete="cascade")
    name = fields.Char(string="Condition", required=True)
    kind = fields.Selection(
        selection=lambda self: self.env["order.review.condition"]._fields["kind"]._description_selection(self.env),
        required=True, default="other")
    date = fields.Date(string="Until")
    owner_id = fields.Many2one(
        "res.users", required=True, domain="[('share', '=', False)]", default=lambda self: self.env.user)

    for_customer = fields.Boolean(default=True, help="The customer has to accept it, and sees it on the portal.")

    def _prepare_condition(self):
        return {"name": self.name, "kind": self.kind, "date": self.date, "owner_id": self.owner_id.id,
                "for_customer": self.for_customer}


class OrderReviewConcludeLook(models.TransientModel):
    _name = "order.review.conclude.look"
    _description = "What the Customer Will See of a Condition"

    wizard_id = fields.Many2one("order.review.conclude", required=True, ondelete="cascade")
    condition_id = fields.Many2one("order.review.condition", required=True, readonly=True, ondelete="cascade")
    department_name = fields.Char(related="condition_id.set_by_department")
    kind = fields.Selection(related="condition_id.kind")
    name = fields.Char(related="condition_id.name", string="Condition")
    date = fields.Date(related="condition_id.date")
    for_customer = fields.Boolean(help="The customer has to accept it, and sees it on the portal.")
    customer_wording = fields.Char(
        string="Wording for the customer", help="Empty: he reads the condition as the department has set it.")

    @api.model
    def _prepare_look(self, condition):
        return {"condition_id": condition.id, "for_customer": condition.for_customer,
                "customer_wording": condition.customer_wording}

    def _prepare_shown(self):
        return {"for_customer": self.for_customer, "customer_wording": self.customer_wording}
