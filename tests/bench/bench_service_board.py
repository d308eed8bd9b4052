"""aftersales: the board with 10,000 open requests against 100: the same number of queries

Reads what the board and the list show (columns with counts, a page of 80 cards or rows with their clocks) as an
engineer.
"""
import logging
import sys
from pathlib import Path

from odoo.fields import Command
from odoo.tools import config

ROOT = Path(config["addons_path"][0]).parent
sys.path.insert(0, str(ROOT / "tests" / "bench"))
from meter import Meter  # noqa: E402

logging.getLogger("odoo").setLevel(logging.ERROR)
FIELDS = dict.fromkeys((
    "name", "subject", "priority", "kind", "state", "received_on", "sla_clocks", "warranty_state", "activity_state",
    "can_edit"), {}) | {name: {"fields": {"display_name": {}}} for name in (
        "partner_id", "lot_id", "user_id", "product_id", "desk_id")}

env = env(user=env.ref("base.user_admin").id)  # noqa: F821
meter = Meter(env)
desk = env["service.desk"]._get_for(env.company)
engineer = env["res.users"].create({
    "name": "Engineer", "login": "bench_service_engineer", "email": "engineer@plant.example",
    "group_ids": [Command.set([env.ref("aftersales.group_service_user").id])]})
partners = env["res.partner"].create([{"name": f"Customer {number}"} for number in range(50)])
product = env["product.product"].create({"name": "Cabinet", "is_storable": True, "tracking": "serial"})
lots = env["stock.lot"].create([{"name": f"BENCH-{number}", "product_id": product.id} for number in range(50)])


def make(number):
    """Requests, half of them by mail; sudo: as the gateway makes them."""
    env["service.request"].sudo().with_context(tracking_disable=True, mail_activity_automation_skip=True).create([{
        "subject": f"Breaker {index}", "partner_id": partners[index % 50].id, "lot_id": lots[index % 50].id,
        "source": ("mail", "sales")[index % 2], "desk_id": desk.id, "user_id": engineer.id,
    } for index in range(number)])


def board():
    """The client's two calls for the board, then the list."""
    requests = env["service.request"].with_user(engineer)
    domain = [("state", "in", ("new", "contacted", "in_progress"))]
    requests.formatted_read_group(domain, ["state"], ["__count"])
    cards = requests.web_search_read([*domain, ("state", "=", "new")], FIELDS, limit=80)["records"]
    rows = requests.web_search_read(domain, FIELDS, limit=80)["records"]
    assert len(cards) == len(rows) == 80
    assert cards[0]["sla_clocks"], "no clock runs"


queries, there = [], 0
for number in (100, 10000):
    make(number - there)
    there = number
    board()  # warm up
    seconds, count = meter.measure(board)
    queries.append(count)
    print(f"{number:>6} open requests: {count} queries, {seconds:.2f} s")
env.cr.rollback()
meter.judge("queries do not grow with the requests", queries[1] <= queries[0])
meter.conclude()
