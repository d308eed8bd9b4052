"""order_change_mrp: impact of a change on an order with 50 manufacturing orders and 500 purchase lines

Bars: the queries of an order with 5 manufacturing orders and 50 purchase lines, at most 12 times its time, and at
least 3 times faster than Odoo's own overviews of the manufacturing orders, which tell of each what hangs on it. Said as
well: the queries. Processor time of this process and its connection's in PostgreSQL.
"""
import logging
import sys
from pathlib import Path

from odoo.tools import config

ROOT = Path(config["addons_path"][0]).parent
sys.path.insert(0, str(ROOT / "tests" / "bench"))
from meter import Meter  # noqa: E402

logging.getLogger("odoo").setLevel(logging.ERROR)
cr, company = env.cr, env.company  # noqa: F821
env = env(user=env.ref("base.user_admin").id)  # noqa: F821
meter = Meter(env)
judge, measure = meter.judge, meter.measure
warehouse = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
company.order_review_policy = "none"
SMALL, LARGE, PARTS, SAMPLE = 5, 50, 10, 5


def make_goods(names, routes, **values):
    return env["product.product"].create([{
        "name": name, "type": "consu", "is_storable": True, "standard_price": 10, "route_ids": [(6, 0, routes.ids)],
        **values} for name in names])


def make_order(number):
    """An order of so many cabinets, each made to order of ten parts that are bought to order; a change of all lines."""
    mto = warehouse.mto_pull_id.route_id
    mto.active = True
    supplier = env["res.partner"].create({"name": "Works"})
    cabinets = make_goods(
        (f"Cabinet {number}.{index}" for index in range(number)), mto | warehouse.manufacture_pull_id.route_id)
    for index, cabinet in enumerate(cabinets):
        parts = make_goods(
            (f"Part {number}.{index}.{part}" for part in range(PARTS)),
            mto | env.ref("purchase_stock.route_warehouse0_buy"),
            seller_ids=[(0, 0, {"partner_id": supplier.id, "price": 10, "delay": 5})])
        env["mrp.bom"].create({"product_tmpl_id": cabinet.product_tmpl_id.id, "bom_line_ids": [
            (0, 0, {"product_id": part.id, "product_qty": 1}) for part in parts]})
    order = env["sale.order"].create({
        "partner_id": env["res.partner"].create({"name": "Grid Company"}).id, "warehouse_id": warehouse.id,
        "order_line": [(0, 0, {"product_id": cabinet.id, "product_uom_qty": 4}) for cabinet in cabinets]})
    order.action_confirm()
    productions = env["mrp.production"].search([("reference_ids.sale_ids", "=", order.id)])
    bought = env["purchase.order.line"].search([("order_id.reference_ids.sale_ids", "=", order.id)])
    bought.order_id.button_confirm()
    change = env["order.change"].create({"order_id": order.id, "reason": "Fewer.", "line_ids": [
        (0, 0, {"kind": "quantity", "order_line_id": line.id, "quantity": 3}) for line in order.order_line]})
    return productions, bought, change.sudo()


def ask(change):
    change._get_impact()  # what is looked up once
    return measure(change._get_impact, 3)


_few, _lines, small = make_order(SMALL)
productions, bought, large = make_order(LARGE)
rows = large._get_impact()
told = [row["res_model"] for row in rows]
print(f"{len(productions)} manufacturing orders, {len(bought)} purchase lines: {len(rows)} rows, of them "
      f"{told.count('mrp.production')} and {told.count('purchase.order')}")
judge("all of them are told", (told.count("mrp.production"), told.count("purchase.order")) == (LARGE, LARGE * PARTS))
little, few = ask(small)
seconds, queries = ask(large)
judge(f"{1000 * seconds:.0f} ms, {queries} queries; a tenth of the order {1000 * little:.0f} ms, {few} queries",
      queries <= few)
judge(f"{seconds / little:.1f} times the time of a tenth (bar 12)", seconds <= 12 * little)
overview = env["report.mrp.report_mo_overview"]
reading, asked = measure(lambda: [overview._get_report_data(production.id) for production in productions[:SAMPLE]])
reading *= LARGE / SAMPLE
judge(f"Odoo's overviews {reading:.1f} s, {asked * LARGE // SAMPLE} queries (of {SAMPLE}, times {LARGE // SAMPLE}), "
      f"{reading / seconds:.0f} times (bar 3)", reading >= 3 * seconds)
cr.rollback()
meter.conclude()
