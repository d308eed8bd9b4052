"""order_review: the review board with 500 orders in review against 50: the same number of queries

Reads what the board shows (columns with counts, a page of 80 cards with chips and clocks) as a reviewer without sales
rights; then, for comparison, all cards at once (Odoo reads records by the thousand, so the departments' lines of 500
orders take a few chunks).
"""
import logging
import time
from datetime import datetime

from odoo.fields import Command

logging.getLogger("odoo").setLevel(logging.ERROR)
FIELDS = {name: {} for name in (
    "name", "order_name", "partner_name", "project_name", "order_class", "stage", "round_no", "requested_date",
    "promise_date", "review_chips", "sla_clocks", "activity_state", "is_outdated", "can_conclude")}
FIELDS["user_id"] = {"fields": {"display_name": {}}}

env = env(user=env.ref("base.user_admin").id)  # noqa: F821
env["order.intake.check"].search([]).active = False
env.user.group_ids |= env.ref("order_review.group_order_review_manager")
product = env["product.product"].create({"name": "Cabinet set", "type": "consu", "design_class": "complete_set"})
partner = env["res.partner"].create({"name": "Grid Company"})
reviewer = env["res.users"].create({
    "name": "Engineer", "login": "bench_engineer", "email": "engineer@plant.example",
    "group_ids": [Command.set([env.ref("base.group_user").id, env.ref("order_review.group_order_review_user").id])]})
env["order.review.authority"].search([]).user_ids = [Command.link(reviewer.id)]
env["order.review.role"].search([("active", "=", True)]).department_ids.manager_id = env["hr.employee"].create({
    "name": reviewer.name, "user_id": reviewer.id})


def send(number):
    """Orders sent to review."""
    orders = env["sale.order"].create([{
        "partner_id": partner.id, "commitment_date": datetime(2027, 1, 4), "project_name": f"Substation {index}",
        "order_line": [Command.create({"product_id": product.id, "product_uom_qty": 2})],
    } for index in range(number)])
    for order in orders:
        order.action_request_review()
    env.flush_all()


def board(limit=80):
    """The client's two calls: the columns, then their cards."""
    Review = env["order.review"].with_user(reviewer)
    domain = [("is_current", "=", True)]
    Review.formatted_read_group(domain, ["stage"], ["__count"])
    cards = Review.web_search_read(domain, FIELDS, limit=limit)["records"]
    return cards


def measure(limit):
    """Cards and queries of the board, caches of rights and rules warm, no record in the cache."""
    env.flush_all()
    for _warm in range(2):
        board(limit)
    env.invalidate_all()
    begin, started = env.cr.sql_log_count, time.perf_counter()
    cards = board(limit)
    used = env.cr.sql_log_count - begin
    print(f"{number:>4} orders in review, {len(cards):>3} cards of {len(cards[0]['review_chips'])} departments: "
          f"{used} queries, {time.perf_counter() - started:.2f} s")
    return used


figures = []
for number in (50, 500):
    send(number if not figures else number - 50)
    figures.append(measure(80))
measure(1000)
env.cr.rollback()
passed = figures[1] <= figures[0]
print(f"queries do not grow with the orders: {'PASS' if passed else 'FAIL'}")
if not passed:
    raise SystemExit(1)
