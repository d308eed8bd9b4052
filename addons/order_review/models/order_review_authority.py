from odoo import api, fields, models

from ..tools.configured import filter_configured
from .order_review_template import CLASSES


class OrderReviewAuthority(models.Model):
    """Who may conclude or approve which orders (REV-1, REV-5, REV-8)."""

    _name = "order.review.authority"
    _inherit = ["document.number.mixin"]
    _description = "Review Authority"
    _order = "kind, amount_min, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [("conclude", "Concludes the review"), ("approve", "Approves important orders")],
        required=True, default="conclude")
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: all companies.")
    order_class = fields.Selection(CLASSES, string="For", required=True, default="all")
    amount_min = fields.Monetary(
        string="From amount", help="In the order's company currency, taxes included, at today's rate; "
        "discounts that stand in lines of their own do not lower it. Of the amounts that an order reaches, the highest "
        "decides who is authorised.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    domain = fields.Char(default="[]", help="Further condition on the order.")
    user_ids = fields.Many2many("res.users", string="Persons", domain="[('share', '=', False)]")
    group_ids = fields.Many2many("res.groups", string="Groups", help="All users of these groups.")
    allow_accept = fields.Boolean(string="Accept", default=True)
    allow_conditional = fields.Boolean(string="Accept with conditions", default=True)
    allow_return = fields.Boolean(string="Return to sales", default=True)
    allow_decline = fields.Boolean(string="Decline", help="Reserved to the general manager.")
    allow_own = fields.Boolean(
        string="Own orders", help="May conclude or approve orders of which one is the salesperson.")

    @api.depends("company_id")
    def _compute_currency_id(self):
        for authority in self:
            authority.currency_id = (authority.company_id or self.env.company).currency_id

    @api.constrains("domain")
    def _check_domain(self):
        for authority in self:
            self.env["order.intake.check"]._validate_domain(authority.domain, "sale.order", authority.name)

    @api.model
    def _find_for(self, kind, order, order_class, conclusion=None, candidates=None, amount=None):
        """Authorities that decide on an order: those of the highest amount that it reaches.

        :param conclusion: accept, conditional, return or decline; only those who may conclude so.
        :param candidates: all authorities, where they were read for many orders at once.
        :param amount: what counts instead of the order's present amount
        """
        amount = order._get_authority_amount() if amount is None else amount
        fitting = (self._get_candidates() if candidates is None else candidates).filtered(
            lambda authority: authority.kind == kind and authority.company_id.id in (order.company_id.id, False)
            and authority.order_class in (order_class, "all") and authority.amount_min <= amount
            and filter_configured(order, authority.domain, order.company_id))
        if conclusion:
            fitting = fitting.filtered(f"allow_{conclusion}")
        tier = max(fitting.mapped("amount_min"), default=0.0)
        return fitting.filtered(lambda authority: authority.amount_min == tier)

    @api.model
    def _get_candidates(self):
        """All authorities: who is authorised is no secret, and needed to say so."""
        return self.sudo().search([("kind", "in", ("conclude", "approve"))])  # whoever is refused is told who may

    def _explain(self, amount=None):
        """The rule in words: why an order is asked about.

        :param amount: the order's, in the company's currency; None for those who may not know it
        """
        self.ensure_one()
        classes = self._get_selection_labels("order_class")
        parts = [classes[self.order_class]] if self.order_class != "all" else []
        if self.amount_min:
            parts.append(self.env._("orders from %(limit)s", limit=self.currency_id.format(self.amount_min)))
        if amount is not None:
            parts.append(self.env._("this one: %(amount)s", amount=self.currency_id.format(amount)))
        return self.env._("%(rule)s (%(why)s)", rule=self.name, why=", ".join(parts)) if parts else self.name

    def _get_users(self):
        """Persons authorised, archived users left out."""
        return (self.user_ids | self.group_ids.all_user_ids).filtered("active")

    def _allows(self, user, salesperson):
        """Whether the user is authorised, given whose order it is."""
        return any(user in authority._get_users() and (authority.allow_own or user != salesperson)
                   for authority in self)
