"""quality: the inspector's queue with 10,000 open inspections against 100: the same number of queries

Reads what the queue's list and kanban show (their own fields, a page of 80, sorted by the earliest open demand), as an
inspector, with the limits running; then the same page for the storekeeper who looks after his receipts.
"""
import logging
import time
from datetime import datetime, timedelta

from lxml import etree

from odoo.fields import Command

logging.getLogger("odoo").setLevel(logging.ERROR)
FEW, MANY, PAGE, PRODUCTS = 100, 10_000, 80, 200
BARE = ("many2one", "many2one_reference", "reference")

env = env(user=env.ref("base.user_admin").id)  # noqa: F821
warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
customers = env.ref("stock.stock_location_customers")


def user(login, groups):
    return env["res.users"].with_context(no_reset_password=True).create({
        "name": login, "login": login, "email": f"{login}@plant.example",
        "group_ids": [Command.set([env.ref(group).id for group in groups])]})


def prepare():
    """Products with a plan, each with open demands on different days."""
    products = env["product.product"].create([
        {"name": f"Component {number}", "type": "consu", "is_storable": True} for number in range(PRODUCTS)])
    plan = env["quality.inspection.plan"].create({
        "name": "Components", "trigger": "incoming", "product_ids": [Command.set(products.ids)],
        "sampling_ids": [Command.create({"defect_class": "major", "method": "aql", "level": "II", "aql": "1.0"})],
        "characteristic_ids": [Command.create({"name": "Appearance", "kind": "check", "defect_class": "major"})]})
    env["stock.move"].create([{
        "product_id": product.id, "product_uom_qty": 5 + number, "location_id": warehouse.lot_stock_id.id,
        "location_dest_id": customers.id, "date": datetime(2027, 1, 4) + timedelta(days=number * 7 % 300)}
        for number, product in enumerate(products)])._action_confirm()
    return products, plan


def submit(number):
    """Inspections that wait, as receipts make them."""
    Inspection = env["quality.inspection"]
    for start in range(0, number, 1000):
        Inspection._create_batch([
            Inspection._prepare_inspection_vals(
                plan, products[index % PRODUCTS], 80.0, partner_id=partners[index % 10].id,
                location_id=warehouse.wh_qc_stock_loc_id.id, company_id=env.company.id)
            for index in range(start, min(number, start + 1000))])
    env.flush_all()


def specification(model, arch):
    """The fields that a view asks for, as the client asks."""
    spec = {}
    for node in etree.fromstring(arch).iter("field"):
        if next(node.iterancestors("field"), None) is not None:
            continue
        field = env[model]._fields[node.get("name")]
        spec[field.name] = {"fields": {"display_name": {}}} if field.relational else {}
    return spec


def queue(reader):
    """The calls of the client that opens the queue."""
    Inspection = env["quality.inspection"].with_user(reader)
    domain = [("state", "in", ("pending", "in_progress"))]
    rows = 0
    for _kind, spec in specs.items():
        rows += len(Inspection.web_search_read(
            domain, spec, limit=PAGE, order="demand_date", count_limit=MANY + 1)["records"])
    Inspection.formatted_read_group(domain, ["state"], ["__count"])
    return rows


def measure(reader):
    """Queries and seconds of the opened queue, caches of rights and rules warm, no record in the cache."""
    env.flush_all()
    for _warm in range(2):
        queue(reader)
    env.invalidate_all()
    begin, started = env.cr.sql_log_count, time.perf_counter()
    rows = queue(reader)
    used = env.cr.sql_log_count - begin
    waiting = env["quality.inspection"].search_count([("state", "=", "pending")])
    print(f"{waiting:>6} open inspections, {reader.login:<12} {rows:>4} rows shown: {used:>4} queries, "
          f"{time.perf_counter() - started:.2f} s")
    return used


inspector = user("bench_inspector", ["base.group_user", "quality_inspection.group_quality_user"])
storekeeper = user("bench_storekeeper", ["base.group_user", "stock.group_stock_user"])
partners = env["res.partner"].create([{"name": f"Supplier {number}"} for number in range(10)])
products, plan = prepare()
specs = {kind: specification("quality.inspection", view["arch"]) for kind, view in env[
    "quality.inspection"].get_views([(False, "list"), (False, "kanban")])["views"].items()}
figures = []
for number in (FEW, MANY):
    started = time.perf_counter()
    submit(number if not figures else number - FEW)
    print(f"{number} made in {time.perf_counter() - started:.1f} s")
    figures.append([measure(reader) for reader in (inspector, storekeeper)])
env.cr.rollback()
passed = all(more <= before for before, more in zip(*figures, strict=True))
print(f"queries do not grow with the inspections: {'PASS' if passed else 'FAIL'}")
if not passed:
    raise SystemExit(1)
