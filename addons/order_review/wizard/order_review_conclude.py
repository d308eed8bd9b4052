from odoo import api, fields, models

from ..models.order_review import CONCLUSIONS


class OrderReviewConclude(models.TransientModel):
    _name = "order.review.conclude"
    _description = "Conclude the Review"

    review_id = fields.Many2one("order.review", required=True, readonly=True, ondelete="cascade")
    conclusion = fields.Selection(
        CONCLUSIONS, compute="_compute_conclusion", store=True, readonly=False, required=True, precompute=True)
    note = fields.Text(string="Reason")
    requested_date = fields.Date(related="review_id.requested_date")
    promise_date = fields.Date(compute="_compute_promise_date", store=True, readonly=False)
    line_ids = fields.One2many(related="review_id.line_ids")
    review_condition_ids = fields.One2many(related="review_id.condition_ids", string="Departments' conditions")
    condition_ids = fields.One2many("order.review.conclude.condition", "wizard_id", string="Further conditions")

    @api.depends("review_id")
    def _compute_promise_date(self):
        for wizard in self:
            wizard.promise_date = wizard.review_id.promise_date

    @api.depends("review_id")
    def _compute_conclusion(self):
        for wizard in self:
            review = wizard.review_id
            later = review.promise_date and review.requested_date and review.promise_date > review.requested_date
            wizard.conclusion = "conditional" if later or review.condition_ids else "accept"

    def action_conclude(self):
        """Conclude the round; see ``order.review._conclude``."""
        self.ensure_one()
        self.review_id._conclude(
            self.conclusion, note=self.note, promise_date=self.promise_date,
            conditions=[condition._prepare_condition() for condition in self.condition_ids])
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

    def _prepare_condition(self):
        return {"name": self.name, "kind": self.kind, "date": self.date, "owner_id": self.owner_id.id}
