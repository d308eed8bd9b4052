"""order_closeout: the dossier of an order with 1,000 events against the same order with 100: at most 15 queries

A tenth of the events are documents (manufacturing orders) and their files, read by the order's salesman with all addons
of the suite; the rest are messages on them. Medians of five readings of a cold cache.
"""
import logging
import statistics
import time

from odoo.fields import Command

logging.getLogger("odoo").setLevel(logging.ERROR)
LIMIT = 15

env = env(user=env.ref("base.user_admin").id)  # noqa: F821
env["order.intake.check"].search([]).active = False
env.company.order_review_policy = "none"
product = env["product.product"].create({"name": "Cabinet", "type": "consu"})
salesman = env["res.users"].create({
    "name": "Salesman", "login": "bench_salesman", "email": "salesman@plant.example",
    "group_ids": [Command.set([env.ref("base.group_user").id, env.ref("sales_team.group_sale_salesman").id])]})
order = env["sale.order"].create({
    "partner_id": env["res.partner"].create({"name": "Grid Company"}).id, "user_id": salesman.id,
    "order_line": [Command.create({"product_id": product.id, "product_uom_qty": 2})]})
order.action_confirm()


def events():
    """What the screen reads, with the salesman's rights."""
    return order.with_user(salesman).get_dossier()["events"]


def grow(number):
    """Documents and messages up to so many events."""
    missing = number - len(events())
    productions = env["mrp.production"].create([{
        "product_id": product.id, "product_qty": 1, "sale_line_id": order.order_line.id}
        for _number in range(missing // 20)])
    env["ir.attachment"].create([{
        "name": f"photo {index}.jpg", "raw": b"x", "res_model": "mrp.production", "res_id": production.id}
        for index, production in enumerate(productions)])
    missing = number - len(events())
    env["mail.message"].create([{
        "model": "mrp.production", "res_id": productions[index % len(productions)].id, "body": f"Note {index}",
        "message_type": "comment"} for index in range(missing)])
    env.flush_all()


def measure():
    """Events, queries and milliseconds, caches of rights and rules warm, no record in the cache."""
    for _warm in range(2):
        events()
    times = []
    for _round in range(5):
        env.invalidate_all()
        begin, started = env.cr.sql_log_count, time.perf_counter()
        found = len(events())
        times.append((time.perf_counter() - started) * 1000)
        queries = env.cr.sql_log_count - begin
    print(f"{found:>5} events: {queries} queries, {statistics.median(times):.0f} ms")
    return queries, statistics.median(times)


figures = []
for size in (100, 1000):
    grow(size)
    figures.append(measure())
env.cr.rollback()
(few, fast), (many, slow) = figures
passed = many <= LIMIT and many == few
print(f"ten times the events: {many / few:.1f} times the queries, {slow / fast:.1f} times the time")
print(f"at most {LIMIT} queries, as many for ten times the events: {'PASS' if passed else 'FAIL'}")
if not passed:
    raise SystemExit(1)
