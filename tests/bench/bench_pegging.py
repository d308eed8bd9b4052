"""material_pegging: all pegs and kits anew, against a plain merge in Python and against Odoo's components_availability

Orders by components 200 x 20 and 1,000 x 25 (``PEGGING_LARGE=1``: 4,000 x 25, too), and one product with 10,000
demands and 10,000 supplies. Bars, in processor time of this process and its connection's in PostgreSQL: everything
computed anew and what has changed stored, within three times the plain merge (two fetches and two pointers, nothing
stored), at most 20 queries; up to 25 products in 10 queries and 60 ms; a page of 80 orders with their kits within three
times the page without, at most 8 queries. Said as well: the first run of all, which writes every row.
"""
import logging
import os
import sys
from itertools import groupby
from pathlib import Path

from odoo.tools import config

ROOT = Path(config["addons_path"][0]).parent
sys.path.insert(0, str(ROOT / "tests" / "bench"))
from copied import copy_rows  # noqa: E402
from meter import Meter  # noqa: E402

logging.getLogger("odoo").setLevel(logging.ERROR)
cr, company = env.cr, env.company  # noqa: F821
env = env(user=env.ref("base.user_admin").id)  # noqa: F821
meter = Meter(env)
judge, spent = meter.judge, meter.spent
Engine = env["material.pegging"].sudo()
warehouse = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
SIZES = [(200, 20), (1_000, 25)] + [(4_000, 25)] * bool(os.environ.get("PEGGING_LARGE"))
stored = {}


def settle():
    env.flush_all()
    for table in ("stock_move", "stock_quant", "stock_move_move_rel", "mrp_production", "purchase_order_line",
                  "material_peg_row"):
        cr.execute(f"ANALYZE {table}")
    env.invalidate_all()


def measure(function, enough=1.5, before=lambda: None):
    """Processor seconds of a call, what it writes included, and its queries: the mean of many, as ticks are coarse."""
    total = calls = 0
    while not calls or total < enough:
        before()
        env.flush_all()
        env.invalidate_all()
        queries, begin = cr.sql_log_count, spent()
        function()
        env.flush_all()
        total, calls, queries = total + spent() - begin, calls + 1, cr.sql_log_count - queries
    return total / calls, queries


def make_products(number):
    return env["product.product"].create([
        {"name": f"Part {index}", "type": "consu", "is_storable": True} for index in range(number)])


def make_orders(number, components, products):
    """Orders over the coming weeks; a third of what they want is in stock, and the most part of the rest comes."""
    cabinet = env["product.product"].create({"name": "Cabinet", "type": "consu", "is_storable": True})
    order = env["mrp.production"].create({
        "product_id": cabinet.id, "product_qty": 1, "bom_id": False,
        "move_raw_ids": [(0, 0, {"product_id": products[0].id, "product_uom_qty": 2})]})
    order.action_confirm()
    raw, finished = order.move_raw_ids, order.move_finished_ids
    env.flush_all()
    cr.execute("UPDATE mrp_production SET date_start = now() + interval '1 day', "
               "date_finished = now() + interval '2 day' WHERE id = %s", [order.id])
    when = "now() + n * interval '1 hour'"
    orders = copy_rows(cr, "mrp_production", order.id, number, name="'B' || n || '-' || id", date_start=when,
                       date_finished=f"{when} + interval '1 day'")
    parts = f"(ARRAY{products.ids})"
    copy_rows(cr, "stock_move", finished.id, number, production_id=f"(ARRAY{orders})[n]", date=when)
    copy_rows(cr, "stock_move", raw.id, number * components,
              raw_material_production_id=f"(ARRAY{orders})[1 + (n - 1) / {components}]",
              product_id=f"{parts}[1 + (n * 7 + (n - 1) / {components}) %% {len(products)}]",
              date=f"now() + (1 + (n - 1) / {components}) * interval '1 hour'")
    order.action_cancel()
    receipt = env["stock.move"].create({
        "product_id": products[0].id, "product_uom_qty": 5, "location_dest_id": warehouse.lot_stock_id.id,
        "location_id": env.ref("stock.stock_location_suppliers").id})
    receipt._action_confirm()
    env.flush_all()
    copy_rows(cr, "stock_move", receipt.id, number * components // 5, date="now() + n * interval '20 minute'",
              product_id=f"{parts}[1 + n %% {len(products)}]")
    each = number * components * 2 / len(products)
    for product in products:
        env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, each // 3)
    return env["mrp.production"].browse(orders)


def make_queue(number):
    """One product that everybody wants, and that comes every hour."""
    product = make_products(1)
    moves = env["stock.move"].create([{
        "product_id": product.id, "product_uom_qty": 2, "location_id": source.id, "location_dest_id": target.id,
    } for source, target in (
        (warehouse.lot_stock_id, env.ref("stock.stock_location_customers")),
        (env.ref("stock.stock_location_suppliers"), warehouse.lot_stock_id))])
    moves._action_confirm()
    env.flush_all()
    for move in moves:
        copy_rows(cr, "stock_move", move.id, number, date="now() + n * interval '1 hour'")


def plain_merge():
    """Two fetches and two pointers, in plain Python."""
    state = "state IN ('waiting', 'confirmed', 'partially_available', 'assigned')"
    cr.execute(f"SELECT m.product_id, m.id, product_qty, date FROM stock_move m JOIN stock_location l ON l.id = "  # noqa: S608
               f"m.location_id WHERE {state} AND l.warehouse_id IS NOT NULL ORDER BY 1, priority DESC, date, m.id")
    demands = cr.fetchall()
    cr.execute("SELECT * FROM (SELECT product_id, 0 AS id, SUM(quantity - reserved_quantity), NULL::timestamp AS date "  # noqa: S608
               "FROM stock_quant q JOIN stock_location l ON l.id = q.location_id AND l.warehouse_id IS NOT NULL "
               "GROUP BY 1 UNION ALL SELECT m.product_id, m.id, product_qty, date FROM stock_move m "
               f"JOIN stock_location l ON l.id = m.location_dest_id WHERE {state} AND l.warehouse_id IS NOT NULL) s "
               "ORDER BY 1, date NULLS FIRST, id")
    supplies = {product: list(rows) for product, rows in groupby(cr.fetchall(), lambda row: row[0])}
    pegs = []
    for product, rows in groupby(demands, lambda row: row[0]):
        coming = iter(supplies.get(product, ()))
        supply, left, day = None, 0, None
        for _product, demand, quantity, _date in rows:
            while quantity > 0:
                if left <= 0:
                    _same, supply, left, day = next(coming, (product, None, quantity, None))
                taken = min(quantity, left)
                pegs.append((demand, supply, taken, day))
                quantity -= taken
                left -= taken
    return pegs


def nothing():
    """As before the first run of all: rows that were deleted would still be read and leave their indexes full."""
    cr.execute("TRUNCATE material_peg_row, material_kit")


def full(title):
    settle()
    plain, _queries = measure(plain_merge)
    first, queries = measure(Engine._refresh, before=nothing)
    settle()
    again, _queries = measure(Engine._refresh)
    stored[title] = queries
    cr.execute("SELECT count(*), count(DISTINCT demand_id) FROM material_peg_row")
    print("    {:,} pegs of {:,} demands".format(*cr.fetchone()))
    print(f"    plain merge {1000 * plain:.0f} ms; first run of all {1000 * first:.0f} ms, {first / plain:.1f} times")
    judge(f"everything computed anew {1000 * again:.0f} ms, {again / plain:.1f} times (bar 3)", again <= 3 * plain)
    judge(f"{queries} queries (bar 20)", queries <= 20)
    return again


def board(names):
    page = env["mrp.production"].search([("state", "=", "confirmed")], order="date_start, id", limit=80)
    return page.web_read(names)


def parts_of(orders):
    """Odoo's own answer, for all orders."""
    return orders.mapped("components_availability")


for number, components in SIZES:
    print(f"{number:,} orders of {components} components")
    savepoint = cr.savepoint()
    products = make_products(500)
    orders = make_orders(number, components, products)
    seconds = full((number, components))
    odoo, _queries = measure(lambda orders=orders: parts_of(orders), enough=0)
    print(f"    Odoo's components_availability {odoo:.1f} s, {odoo / seconds:.0f} times the full recompute")
    some = products[:25]
    part, queries = measure(lambda some=some: Engine._refresh(some), enough=.5)
    judge(f"25 products anew: {1000 * part:.0f} ms (bar 60), {queries} queries (bar 10)", part <= .06 and queries <= 10)
    bare = {name: {} for name in ("name", "date_start", "product_qty", "state", "priority")} | {
        "product_id": {"fields": {"display_name": {}}}}
    without, before = measure(lambda bare=bare: board(bare), enough=.5)
    kits = bare | {name: {} for name in ("kit_rate", "kit_date", "kit_state")}
    having, after = measure(lambda kits=kits: board(kits), enough=.5)
    judge(f"page of 80 orders: {1000 * without:.0f} ms, {before} queries; with kits {1000 * having:.0f} ms, "
          f"{after} queries (bars 3 times, 8)", having <= 3 * without and after <= 8)
    env.invalidate_all()
    savepoint.rollback()
    savepoint.close()
    env.invalidate_all()
print("one product, 10,000 demands and 10,000 supplies")
make_queue(10_000)
full("queue")
cr.rollback()
judge(f"queries grow by {max(stored.values()) - min(stored.values())} over all sizes (bar 5)",
      max(stored.values()) - min(stored.values()) <= 5)
meter.conclude()
