from odoo import api, fields, models
from odoo.tools import SQL

#: A claim of which it is known what came back.
DONE = ("settled", "closed")


class DeliveryClaim(models.Model):
    """What is claimed, what comes back, and the share that is recovered (DLV-7)."""

    _inherit = "delivery.claim"

    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Currency of the Company")
    currency_id = fields.Many2one(
        "res.currency", required=True, ondelete="restrict", default=lambda self: self.env.company.currency_id)
    amount_goods = fields.Monetary(
        string="Value of the Goods", compute="_compute_amount", store=True, aggregator=None)
    amount_other = fields.Monetary(
        string="Other Costs", aggregator=None, help="Freight, repair on site, an expert's report.")
    amount = fields.Monetary(
        string="Claimed", compute="_compute_amount", store=True, aggregator=None, tracking=True)
    amount_company = fields.Monetary(
        string="Claimed (Company Currency)", compute="_compute_amount_company", store=True,
        currency_field="company_currency_id", help="At the rate of the day on which it was filed.")
    settlement_currency_id = fields.Many2one(
        "res.currency", string="Currency of the Settlement", readonly=True, copy=False, ondelete="restrict")
    settled_amount = fields.Monetary(
        string="Recovered", readonly=True, copy=False, currency_field="settlement_currency_id", aggregator=None)
    settled_company = fields.Monetary(
        string="Recovered (Company Currency)", compute="_compute_settled_company", store=True,
        currency_field="company_currency_id", help="At the rate of the day on which it was settled.")
    settlement_note = fields.Text(string="What Was Agreed", readonly=True, copy=False)
    recovery_rate = fields.Float(
        string="Recovery Rate (%)", compute="_compute_recovery_rate", store=True, digits=(5, 1), aggregator="avg",
        help="What came back of what was claimed; of settled claims only. Together: of all that was claimed.")

    _amount_other_positive = models.Constraint("CHECK(amount_other >= 0)", "Other costs are not negative.")

    @api.depends("line_ids.amount", "amount_other")
    def _compute_amount(self):
        for claim in self:
            claim.amount_goods = sum(claim.line_ids.mapped("amount"))
            claim.amount = claim.amount_goods + claim.amount_other

    @api.depends("amount", "currency_id", "filed_on", "company_id")
    def _compute_amount_company(self):
        for claim in self:
            claim.amount_company = claim._to_company(claim.amount, claim.currency_id, claim.filed_on)

    @api.depends("settled_amount", "settlement_currency_id", "settled_on", "company_id")
    def _compute_settled_company(self):
        for claim in self:
            claim.settled_company = claim._to_company(
                claim.settled_amount, claim.settlement_currency_id, claim.settled_on)

    @api.depends("state", "amount_company", "settled_company")
    def _compute_recovery_rate(self):
        for claim in self:
            is_known = claim.state in DONE and claim.amount_company
            claim.recovery_rate = 100 * claim.settled_company / claim.amount_company if is_known else 0.0

    def _to_company(self, amount, currency, moment):
        company = self.company_id
        if not (currency and company and amount):
            return 0.0
        day = company._get_day(moment) if moment else company._get_today()
        return currency._convert(amount, company.currency_id, company, day)

    def _read_group_select(self, aggregate_spec, query):
        """The rate of several claims is that of their sums; what is not settled yet is no loss."""
        if aggregate_spec != "recovery_rate:avg":
            return super()._read_group_select(aggregate_spec, query)
        state, claimed, recovered = (self._field_to_sql(self._table, name, query) for name in (
            "state", "amount_company", "settled_company"))
        return SQL("100.0 * SUM(%s) / NULLIF(SUM(CASE WHEN %s IN %s THEN %s END), 0)", recovered, state, DONE, claimed)
