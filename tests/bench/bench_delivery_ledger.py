"""delivery_ledger: list, pivots and on-time rates over 100,000 deliveries against 2,000: each page below a second, the
same number of queries

50,000 orders of two lines, each line delivered by a transfer of its own with its notice; every tenth is late, every
hundredth comes back. Read as a salesperson who sees all, and as one who sees his own.
"""
import logging
import sys
from pathlib import Path

from odoo.fields import Command
from odoo.tools import SQL, config

ROOT = Path(config["addons_path"][0]).parent
sys.path.insert(0, str(ROOT / "tests" / "bench"))
from meter import Meter  # noqa: E402

logging.getLogger("odoo").setLevel(logging.ERROR)
FEW, MANY, SECONDS = 2000, 100000, 1.0

env = env(user=env.ref("base.user_admin").id)  # noqa: F821
meter = Meter(env)
company = env.company
company.delivery_notice_required = False
if "order_review_policy" in company:
    company.order_review_policy = "none"
sellers = env["res.users"].create([{
    "name": login, "login": login, "group_ids": [Command.set([env.ref(f"sales_team.{group}").id])]}
    for login, group in (("bench_ledger_own", "group_sale_salesman"),
                         ("bench_ledger_all", "group_sale_salesman_all_leads"))])
own, everybody = sellers
customers = env["res.partner"].create([{"name": f"Customer {number}"} for number in range(200)])
products = env["product.product"].create([
    {"name": f"Cabinet {number}", "is_storable": True, "list_price": 1000, "taxes_id": [Command.clear()]}
    for number in range(2)])


def seed():
    """An order of two lines that was delivered by a notice: what the others are copied from."""
    stock = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1).lot_stock_id
    for product in products:
        env["stock.quant"]._update_available_quantity(product, stock, 10)
    order = env["sale.order"].create({
        "partner_id": customers[0].id, "user_id": own.id, "commitment_date": "2026-01-10 08:00:00",
        "order_line": [Command.create({"product_id": product.id, "product_uom_qty": 1}) for product in products]})
    order.action_confirm()
    picking = order.picking_ids
    picking.action_assign()
    picking.move_ids.picked = True
    notice = env["delivery.notice"]._make(picking)
    picking.button_validate()
    env.flush_all()
    return order, picking, notice


def copy(table, number, template, **columns):
    """Copy a row so many times; ``columns`` say what differs, by ``n`` from 1.

    :return: the first id
    """
    env.cr.execute(SQL("SELECT MAX(id) FROM %s", SQL.identifier(table)))
    [last] = env.cr.fetchone()
    env.cr.execute(SQL(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name != 'id'", table))
    names = [name for name, in env.cr.fetchall()]
    env.cr.execute(SQL(
        "INSERT INTO %(table)s (id, %(names)s) SELECT %(last)s + n, %(values)s FROM %(table)s AS row,"
        " generate_series(1, %(number)s) AS n WHERE row.id = %(template)s",
        table=SQL.identifier(table), names=SQL(", ").join(map(SQL.identifier, names)), last=last, number=number,
        values=SQL(", ").join(columns.get(name) or SQL.identifier("row", name) for name in names), template=template))
    return last


def fill(number):
    """So many more deliveries, two of each order, set by set."""
    order, picking, notice = source
    half = number // 2
    day = SQL("row.commitment_date + (n %% 700) * interval '1 day'")
    orders = copy("sale_order", half, order.id, name=SQL("'B' || gen_random_uuid()"), user_id=SQL(
        "CASE WHEN n %% 3 = 0 THEN %s ELSE %s END", everybody.id, own.id),
        partner_id=SQL("%s + n %% 200", customers[0].id),
        commitment_date=day, date_first_promised=day, access_token=SQL("NULL"))
    lines = copy("sale_order_line", number, order.order_line[0].id, order_id=SQL("%s + (n + 1) / 2", orders))
    cause = env.ref("order_delivery.cause_material").id
    notices = copy("delivery_notice", number, notice.id, name=SQL("'N' || gen_random_uuid()"),
                   order_id=SQL("%s + (n + 1) / 2", orders),
                   state=SQL("CASE WHEN n %% 4 = 0 THEN 'shipped' ELSE 'signed' END"),
                   delay_cause_id=SQL("CASE WHEN n %% 10 = 0 THEN %s::int END", cause))
    pickings = copy("stock_picking", number, picking.id, name=SQL("'P' || gen_random_uuid()"),
                    delivery_notice_id=SQL("%s + n", notices))
    move = picking.move_ids.filtered(lambda one: one.sale_line_id == order.order_line[0])
    copy("stock_move", number, move.id, sale_line_id=SQL("%s + n", lines), picking_id=SQL("%s + n", pickings), date=SQL(
        "'2026-01-09 08:00:00'::timestamp + ((n + 1) / 2 %% 700 + CASE WHEN n %% 10 = 0 THEN 5 ELSE 0 END)"
        " * interval '1 day'"), location_id=SQL(
        "CASE WHEN n %% 100 = 0 THEN row.location_dest_id ELSE row.location_id END"), location_dest_id=SQL(
        "CASE WHEN n %% 100 = 0 THEN row.location_id ELSE row.location_dest_id END"))
    for table in ("sale_order", "sale_order_line", "delivery_notice", "stock_picking", "stock_move"):
        env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
    env.invalidate_all()


def spec(view):
    """Fields of a list, as the web client asks for them."""
    model = env[view.model].with_user(everybody)
    names = [node.get("name") for node in view._get_combined_arch().iter("field")]
    described = model.fields_get(names, ["type"])
    return {name: {"fields": {"display_name": {}}} if described[name]["type"] == "many2one" else {}
            for name in names if name in described}


def pages(user):
    """What is read, by its name."""
    ledger, orders = env["delivery.ledger"].with_user(user), env["delivery.punctuality"].with_user(user)
    sums = ["amount:sum", "on_time:avg", "days_late:avg", "__count"]
    rates = ["on_time:avg", "first_on_time:avg", "__count"]

    def page(model, domain=(), **options):
        assert len(model.web_search_read(
            list(domain), specs[model._name], limit=80, count_limit=10001, **options)["records"]) == 80

    return {
        "ledger: list": lambda: page(ledger),
        "ledger: the late ones": lambda: page(ledger, [("punctuality", "=", "late")]),
        "ledger: by customer and month": lambda: ledger.formatted_read_grouping_sets(
            [], [[], ["partner_id"], ["date_shipped:month"], ["partner_id", "date_shipped:month"]], sums),
        "ledger: by cause": lambda: ledger.formatted_read_group([], ["delay_cause_id"], sums),
        "ledger: by order": lambda: ledger.web_read_group([], ["order_id"], sums, limit=80),
        "orders: list": lambda: page(orders),
        "orders: by customer and month": lambda: orders.formatted_read_grouping_sets(
            [], [[], ["partner_id"], ["date_promised:month"], ["partner_id", "date_promised:month"]], rates),
        "orders: by plant": lambda: orders.formatted_read_group([], ["warehouse_id"], rates),
        "orders: by cause": lambda: orders.formatted_read_group([], ["delay_cause_id"], rates),
    }


specs = {view.model: spec(view) for view in (
    env.ref("delivery_ledger.delivery_ledger_view_list"), env.ref("delivery_ledger.delivery_punctuality_view_list"))}
source = seed()
measured, there = {}, 0
for number in (FEW, MANY):
    fill(number - there)
    there = number
    for user in sellers:
        for name, read in pages(user).items():
            read()  # warm up
            measured[number, user, name] = meter.measure(read)
print(f"\n{'':<34}{FEW:>12,}{MANY:>12,} deliveries (seconds)      queries")
for user in sellers:
    for name in pages(user):
        (few, less), (many, more) = measured[FEW, user, name], measured[MANY, user, name]
        who = "own" if user == own else "all"
        print(f"  {name + ', ' + who:<34}{few:>10.3f}{many:>12.3f}{less:>30}{more:>5}")
meter.judge("each page below a second", max(measured[MANY, user, name][0] for user in sellers
                                           for name in pages(user)) < SECONDS)
meter.judge("queries do not grow with the deliveries", all(
    measured[MANY, user, name][1] <= measured[FEW, user, name][1] for user in sellers for name in pages(user)))
env.cr.rollback()
meter.conclude()
