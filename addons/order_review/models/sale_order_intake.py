from odoo import models
from odoo.fields import Domain

from .sale_order_handover import BEFORE_REVIEW


class SaleOrder(models.Model):
    """Which orders are complete, asked of the database: ten thousand quotations take as many queries as ten.

    Each rule is one query for the orders that meet it. What only the order itself can answer is looked at one by one:
    orders with options, invoices or deliveries, with a reasoned class of their own, and those that a filter concerns
    which no column answers.
    """

    _inherit = "sale.order"

    def _search_intake_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = Domain("is_ready_to_send", "=", True) if "ready" in value else Domain.FALSE
        if {"complete", "incomplete"}.isdisjoint(value):
            return found
        # sudo: as the compute; whoever searches sees of these what the rules let him see
        for state, orders in self.sudo()._sort_by_intake().items():
            if state in value:
                found |= Domain("id", "in", orders.ids)
        return found

    def _sort_by_intake(self):
        """Orders that are not ready to send, though nothing but their review is before them: ``{state: orders}``."""
        every = self._search_waiting(Domain.TRUE)
        special, unclear = self._get_special_orders()
        by_class = {"all": every, "non_regular": special, "regular": every - special}
        cleared = self._search_waiting(Domain("review_stage", "=", "cleared"))
        reviewed = self._search_waiting(Domain("company_id.order_review_policy", "=", "all")) - cleared
        incomplete = surely = self.browse()
        for check in self.env["order.intake.check"].search([("active", "=", True)]):
            if (failing := check._get_failing_domain()) is None:
                unclear |= self._search_waiting(self._get_concerned_domain(check))
                continue
            failed = self._search_waiting(self._get_concerned_domain(check) & failing)
            incomplete |= failed & by_class[check.order_class]
            if check.order_class == "all" and check.kind != "line":
                surely |= failed & reviewed  # whatever its class and its lines are
        unclear -= surely
        told = unclear.grouped("intake_state")
        # A cleared order is reviewed again where it was reviewed as regular and is so no more.
        outgrown = self._search_waiting(Domain("order_class", "=", "regular")) & cleared & special
        before = (every - cleared | outgrown) - self._get_exempt_orders(special) - unclear
        handed_over = self._search_waiting(Domain("handed_over_on", "!=", False))
        return {
            "complete": before - incomplete - handed_over | told.get("complete", self.browse()),
            "incomplete": before & incomplete | told.get("incomplete", self.browse()),
        }

    def _search_waiting(self, domain):
        """Quotations without a running review that are not ready to send."""
        waiting = Domain("state", "in", ("draft", "sent")) & Domain("review_stage", "in", BEFORE_REVIEW)
        return self.search(waiting & Domain("is_ready_to_send", "!=", True) & domain, order="id")

    def _get_special_orders(self):
        """Orders that are proposed as non-regular, and those of which the database cannot say whether they are."""
        special, unclear = self.browse(), self._search_waiting(self._get_unclear_domain())
        for criterion in self.env["order.class.criterion"].search([("active", "=", True)]):
            if (met := criterion._get_order_domain()) is None:
                unclear |= self._search_waiting(self._get_concerned_domain(criterion))
            else:
                special |= self._search_waiting(self._get_concerned_domain(criterion) & met)
        return special, unclear

    def _get_exempt_orders(self, special):
        """Orders that the policy lets pass without a review, see ``_is_review_exempt``."""
        fresh = Domain("review_stage", "=", "none") & Domain("review_id", "=", False)
        return (self._search_waiting(fresh & Domain("company_id.order_review_policy", "=", "none"))
                | self._search_waiting(fresh & Domain("company_id.order_review_policy", "!=", "all")) - special)

    def _get_unclear_domain(self):
        """Orders with lines that are not plainly ordered, see ``_get_scope_lines``, or with a reasoned class."""
        odd = Domain("is_optional", "=", True) | Domain("is_downpayment", "=", True) | Domain("is_expense", "=", True)
        if "move_ids" in self.env["sale.order.line"]._fields:  # sale_stock's
            odd |= Domain("product_uom_qty", "=", 0) & Domain("move_ids", "!=", False)
        return Domain("order_line", "any", odd) | Domain("order_class_reason", "!=", False)

    def _get_concerned_domain(self, rule):
        return Domain("company_id", "=", rule.company_id.id) if rule.company_id else Domain.TRUE
