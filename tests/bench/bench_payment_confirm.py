"""order_payment: confirming orders with a payment plan, against the same orders without one

Ten lines each; the customer's payment term has a down payment, a payment before delivery and a retention. At most 3
more queries for one order and 3 more in total for fifty.
"""
import logging
import sys
from pathlib import Path

from odoo.fields import Command
from odoo.tools import config

sys.path[:0] = [str(Path(config["addons_path"][0]).parent / "tests" / "bench")]
from meter import Meter  # noqa: E402

logging.getLogger("odoo").setLevel(logging.ERROR)
LINES, MANY, MORE = 10, 50, 3


class Sales:
    """Quotations of one customer, with a payment plan or without."""

    def __init__(self, env):
        self.env = env
        company = env.company
        for name, value in (("order_review_policy", "none"), ("contract_needs_down_payment", False)):
            if name in company._fields:
                company[name] = value
        self.products = env["product.product"].create([
            {"name": f"Cabinet {number}", "type": "consu", "is_storable": True, "list_price": 5.0,
             "taxes_id": [Command.clear()]} for number in range(LINES)])
        self.partners = {
            planned: env["res.partner"].create({"name": "Customer of the bench", "property_payment_term_id": env.ref(
                term).id})
            for planned, term in ((True, "order_payment.payment_term_30_60_10"),
                                  (False, "account.account_payment_term_30days"))}

    def quotations(self, number, planned):
        """Quotations that wait to be confirmed."""
        orders = self.env["sale.order"].create([{
            "partner_id": self.partners[planned].id,
            "order_line": [Command.create({"product_id": product.id, "product_uom_qty": 2})
                           for product in self.products],
        } for _each in range(number)])
        if bool(orders.payment_line_ids) != planned:
            raise SystemExit("the plan is not that of the customer's payment term")
        return orders


sales = Sales(env(user=env.ref("base.user_admin").id))  # noqa: F821
meter = Meter(sales.env)
for is_planned in (False, True, False, True):  # what is cached once
    meter.measure(sales.quotations(1, is_planned).action_confirm)
for count in (1, MANY):
    found = {is_planned: meter.measure(sales.quotations(count, is_planned).action_confirm)[1]
             for is_planned in (False, True)}
    more = found[True] - found[False]
    meter.judge(f"confirming {count}: {found[False]} queries without a plan, {found[True]} with one, {more} more "
                f"(allowed: {MORE})", more <= MORE)
env.cr.rollback()  # noqa: F821
meter.conclude()
