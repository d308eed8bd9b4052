from odoo import api, fields, models
from odoo.fields import Command


class OrderReview(models.Model):
    """A round about a change: it looks at the order as the change would leave it (CHG-3, CHG-4).

    Until the change is applied the order rests on the round before; what the customer has to agree to he signs with the
    change.
    """

    _inherit = "order.review"

    change_id = fields.Many2one(
        "order.change", readonly=True, copy=False, index="btree_not_null", ondelete="restrict")
    change_comparison = fields.Html(related="change_id.comparison", string="Before and After")
    covered_change_ids = fields.One2many("order.change", "covered_review_id", string="Changes covered", readonly=True)

    @api.depends("change_id.state")
    def _compute_is_current(self):
        result = super()._compute_is_current()
        for review in self.filtered(lambda review: review.change_id.state in ("assessed", "review")):
            review.is_current = True
        return result

    def _check_submittable(self):
        if not self.change_id:
            return super()._check_submittable()
        return self.order_id._check_reviewable()

    def _prepare_submission(self):
        if not self.change_id:
            return super()._prepare_submission()
        known = set(self.order_id.order_line.ids)
        with self.change_id._trial():
            values = super()._prepare_submission()
        for command in values["item_ids"]:
            if command[0] == Command.CREATE and command[2]["order_line_id"] not in known:
                command[2]["order_line_id"] = False  # of a line that is there when the change is applied
        return {**values, "order_class": self.order_class}

    def _lead_order(self, **values):
        if not self.change_id:
            return super()._lead_order(**values)
        return None

    def _is_scope_current(self):
        if not self.change_id or self.change_id.state == "applied":
            return super()._is_scope_current()
        with self.change_id._trial() as order:
            return order._review_digest() == self.digest

    def _asks_customer(self, conclusion, promise_date):
        return not self.change_id and super()._asks_customer(conclusion, promise_date)

    def _get_authority_amount(self):
        amount = super()._get_authority_amount()
        return max(amount, self.sudo().change_id.authority_amount) if self.change_id else amount  # it decides, unseen

    def _after_step(self):
        if not self.change_id:
            return super()._after_step()
        self._close_decider_activities()
        self._ask_decider()
        return self.change_id._after_review()

    def _cancel(self, reason=None):
        result = super()._cancel(reason)
        self.change_id._after_review()
        return result

    def _get_covered_digest(self, order):
        """What the order became by changes that the round covers, the last one first."""
        covered = self.covered_change_ids.filtered("applied_digest").sorted("revision")[-1:]
        if covered and self.order_id._origin == order._origin:
            return covered.applied_digest
        return super()._get_covered_digest(order)

    def _get_covered_scope(self):
        covered = self.covered_change_ids.filtered("applied_digest").sorted("revision")[-1:]
        return covered.scope or super()._get_covered_scope()

    def _get_frozen_fields(self):
        return super()._get_frozen_fields() - {"covered_change_ids"}  # each change has fences of its own
