"""timeline: what one read of 2,000 items with 2,000 arrows costs the server, against 100 of them

Reads what the timeline of ``test_web_schedule`` shows for a quarter, as a user, with the arrows, groups and the
overview.
"""
import json
import logging
import time
from datetime import datetime, timedelta

from lxml import etree

from odoo.addons.web_schedule.tools.arch import roles_of

logging.getLogger("odoo").setLevel(logging.ERROR)
FEW, MANY = 100, 2_000
BEGIN = datetime(2027, 1, 4, 1)

env = env(user=env.ref("base.user_admin").id)  # noqa: F821
reader = env["res.users"].with_context(no_reset_password=True).create({
    "name": "Planner", "login": "bench_planner", "group_ids": [(6, 0, env.ref("base.group_user").ids)]})
partners = env["res.partner"].create([{"name": f"Customer {number}"} for number in range(50)])
Item, Link = env["test.schedule.item"], env["test.schedule.link"]
arch = etree.fromstring(Item.get_view(False, "schedule")["arch"])
SPEC = {
    "roles": roles_of(arch), "order": "planned_start", "overview": True,
    "fields": {"partner_id": {"fields": {"display_name": {}}}, "kind": {}, "state": {}},
}


def make(number):
    """Items on every day of a quarter, each with an arrow to the next."""
    items = Item.create([{
        "name": f"Item {place}", "kind": ("design", "parts", "assembly")[place % 3],
        "partner_id": partners[place % 50].id,
        "planned_start": BEGIN + timedelta(days=place % 85), "planned_finish": BEGIN + timedelta(days=place % 85 + 3),
        "baseline_start": BEGIN + timedelta(days=place % 85), "baseline_finish": BEGIN + timedelta(days=place % 85 + 2),
    } for place in range(number)])
    Link.create([{"source_id": items[place - 1].id, "target_id": items[place].id} for place in range(number)])
    env.flush_all()


def measure():
    """Queries of one read, caches of rights and rules warm, no record in the cache."""
    def read():
        return Item.with_user(reader).schedule_read(
            [], SPEC, ["kind"], str(BEGIN - timedelta(days=5)), str(BEGIN + timedelta(days=95)), 5000)

    read()
    env.invalidate_all()
    begin, started = env.cr.sql_log_count, time.perf_counter()
    result = read()
    seconds, used = time.perf_counter() - started, env.cr.sql_log_count - begin
    size = len(json.dumps(result, default=str)) / 1e6
    print(f"{len(result['records']):>6} items, {len(result['links']):>5} arrows: "
          f"{used:>3} queries, {seconds:.2f} s, {size:.2f} MB")
    return used


make(FEW)
few = measure()
make(MANY - FEW)
many = measure()
env.cr.rollback()
print(f"queries do not grow with the items: {'PASS' if many == few else 'FAIL'}")
if many != few:
    raise SystemExit(1)
