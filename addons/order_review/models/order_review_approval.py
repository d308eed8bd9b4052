from odoo import api, fields, models


class OrderReview(models.Model):
    """Why top management is asked: the rule that the order meets, so that the approver knows (REV-8)."""

    _inherit = "order.review"

    approval_authority_ids = fields.Many2many(
        "order.review.authority", string="Rules that ask for approval", readonly=True, copy=False)
    approval_amount = fields.Monetary(
        string="Amount that asks for approval", readonly=True, copy=False, currency_field="company_currency_id",
        groups="sales_team.group_sale_salesman", help="In the company's currency, as it was at the conclusion.")
    approval_reason = fields.Text(string="Why it needs approval", compute="_compute_approval_reason", compute_sudo=True)

    @api.depends("stage", "approval_authority_ids", "approval_amount")
    @api.depends_context("uid", "lang")
    def _compute_approval_reason(self):
        for review in self:
            authorities = review.with_context(active_test=False).approval_authority_ids  # as it was then
            if not authorities and review.stage == "approval":
                authorities = review._get_authorities("approve")  # concluded before the rules were kept
            review.approval_reason = "\n".join(
                authority._explain(review._get_shown_amount()) for authority in authorities)

    def _get_shown_amount(self):
        """The amount for those who may know it: sales, and who approves."""
        if self.env.user.has_group("sales_team.group_sale_salesman") or self._is_authorised("approve"):
            return self.approval_amount or self._get_authority_amount()
        return None
