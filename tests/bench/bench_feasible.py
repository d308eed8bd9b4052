"""order_review_mrp: feasible date of a quotation of 10 lines, bills of 3 levels and 200 components, 1,000 open orders

Against Odoo's own way to the same answer: the manufacturing orders of all levels as drafts, confirmed, their
``components_availability`` read, rolled back. Bars: at most 25 queries, at least 20 times faster than Odoo's way;
queries the same for one line and for ten. Making the drafts counts, as Odoo has no answer without them; said as well,
and no bar: against the reading alone, with the orders made already. Processor time of this process and its connection's
in PostgreSQL.
"""
import logging
import sys
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
judge, spent, measure = meter.judge, meter.spent, meter.measure
warehouse = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
ORDERS, LINES, PARTS = 1_000, 10, 500


def make_goods(names):
    return env["product.product"].create([{"name": name, "type": "consu", "is_storable": True} for name in names])


def make_bill(product, parts, centre):
    return env["mrp.bom"].create({
        "product_tmpl_id": product.product_tmpl_id.id,
        "bom_line_ids": [
            (0, 0, {"product_id": part.id, "product_qty": 1 + index % 3}) for index, part in enumerate(parts)],
        "operation_ids": [(0, 0, {"name": "Work", "workcenter_id": centre.id, "time_cycle_manual": 15})]})


def make_world():
    """Parts with suppliers and some stock; sets of 30 parts, 10 groups of 5 parts and 2 units of 5 parts: 200 lines."""
    parts = make_goods(f"Part {index}" for index in range(PARTS))
    supplier = env["res.partner"].create({"name": "Works"})
    env["product.supplierinfo"].create([{
        "partner_id": supplier.id, "product_tmpl_id": part.product_tmpl_id.id, "delay": 5 + index % 40, "price": 1,
    } for index, part in enumerate(parts)])
    centres = env["mrp.workcenter"].create([{"name": f"Centre {index}"} for index in range(5)])
    used = iter(range(10 ** 6))
    take = lambda number: [parts[next(used) % PARTS] for _each in range(number)]  # noqa: E731
    sets = make_goods(f"Set {index}" for index in range(LINES))
    for number, product in enumerate(sets):
        groups = make_goods(f"Group {number}.{index}" for index in range(10))
        units = make_goods(f"Unit {number}.{index}" for index in range(20))
        for index, unit in enumerate(units):
            make_bill(unit, take(5), centres[index % 5])
        for index, group in enumerate(groups):
            make_bill(group, [*units[2 * index:2 * index + 2], *take(5)], centres[index % 5])
        make_bill(product, [*groups, *take(20)], centres[number % 5])
    for part in parts:
        env["stock.quant"]._update_available_quantity(part, warehouse.lot_stock_id, 30)
    return parts, sets, centres


def make_orders(parts, centres):
    """Open manufacturing orders of 25 parts and a work order each; half of what they want comes."""
    cabinet, = make_goods(["Cabinet"])
    bill = make_bill(cabinet, parts[:1], centres[0])
    order = env["mrp.production"].create({"product_id": cabinet.id, "product_qty": 1, "bom_id": bill.id})
    order.action_confirm()
    receipt = env["stock.move"].create({
        "product_id": parts[0].id, "product_uom_qty": 5, "location_dest_id": warehouse.lot_stock_id.id,
        "location_id": env.ref("stock.stock_location_suppliers").id})
    receipt._action_confirm()
    env.flush_all()
    when = "now() + n * interval '1 hour'"
    orders = copy_rows(cr, "mrp_production", order.id, ORDERS, name="'B' || n || '-' || id", date_start=when,
                       date_finished=f"{when} + interval '1 day'")
    each, own = f"(ARRAY{orders})[n]", f"(ARRAY{orders})[1 + (n - 1) / 25]"
    part = f"(ARRAY{parts.ids})[1 + (n * 7 + (n - 1) / 25) %% {PARTS}]"
    copy_rows(cr, "stock_move", order.move_finished_ids.id, ORDERS, production_id=each, date=when)
    copy_rows(cr, "stock_move", order.move_raw_ids.id, ORDERS * 25, raw_material_production_id=own, product_id=part,
              date="now() + (1 + (n - 1) / 25) * interval '1 hour'")
    copy_rows(cr, "mrp_workorder", order.workorder_ids.id, ORDERS, production_id=each, duration_expected="90",
              workcenter_id=f"(ARRAY{centres.ids})[1 + n %% 5]")
    copy_rows(cr, "stock_move", receipt.id, ORDERS * 5 // 2, date="now() + n * interval '20 minute'",
              product_id=f"(ARRAY{parts.ids})[1 + n %% {PARTS}]")
    env.flush_all()
    for table in ("stock_move", "stock_quant", "mrp_production", "mrp_workorder", "mrp_bom", "mrp_bom_line",
                  "product_product", "product_template", "product_supplierinfo"):
        cr.execute(f"ANALYZE {table}")
    env.invalidate_all()


def quote(products):
    return env["sale.order"].create({
        "partner_id": env["res.partner"].create({"name": "Grid Company"}).id, "warehouse_id": warehouse.id,
        "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": 2}) for product in products]})


def make_drafts(products):
    """Odoo's orders for these products and all that they are made of, confirmed; no procurement is run."""
    bills = env["mrp.bom"]._bom_find(products)
    values, level = [], [(product, bills[product], 2) for product in products]
    while level:
        values += [
            {"product_id": product.id, "product_qty": number, "bom_id": bill.id} for product, bill, number in level]
        below = [(line.product_id, number * line.product_qty) for _product, bill, number in level
                 for line in bill.bom_line_ids]
        found = env["mrp.bom"]._bom_find(env["product.product"].union(*(product for product, _number in below)))
        level = [(product, found[product], number) for product, number in below if found[product]]
    orders = env["mrp.production"].create(values)
    orders.action_confirm()
    return orders


def odoo_way(products):
    """Drafts, forecast, rolled back: (seconds of all, seconds of reading alone, orders)."""
    savepoint = cr.savepoint()
    begin = spent()
    orders = make_drafts(products)
    env.flush_all()
    reading = spent()
    orders.mapped("components_availability")
    orders.move_raw_ids.mapped("forecast_availability")
    end = spent()
    env.invalidate_all(flush=False)
    savepoint.rollback()
    savepoint.close()
    return end - begin, end - reading, len(orders)


parts, sets, centres = make_world()
make_orders(parts, centres)
order, small = quote(sets), quote(sets[:1])
order._get_feasible()  # the calendars' tables are kept between questions
found = order._get_feasible()
print(f"{LINES} lines, {ORDERS:,} open orders: deliverable on {found['date']}, {found['lines'][0]['obstacles'][0]}")
_seconds, few = measure(small._get_feasible)
seconds, queries = measure(order._get_feasible, 3)
everything, reading, number = odoo_way(sets)
judge(f"{1000 * seconds:.0f} ms, {queries} queries (bar 25), one line {few}", queries <= 25 and queries == few)
judge(f"Odoo: {number} orders and their forecast {everything:.1f} s, {everything / seconds:.0f} times (bar 20)",
      everything >= 20 * seconds)
print(f"    Odoo's reading alone {reading:.1f} s, {reading / seconds:.1f} times")
cr.rollback()
meter.conclude()
