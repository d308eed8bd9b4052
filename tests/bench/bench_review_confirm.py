"""order_review: confirming reviewed orders, with the suite against without

The same flow runs on a database without the suite and on one with it, warmed up alike; an order has 10 lines.
Bars: at most 7 more queries for one order, 15 more in total for fifty, with the shipped time limits running; create and
write of orders that no policy watches: none more, but for a new date 4 (which date counts, the payments and the plan
that follow it) and for new lines 1 (the payments that follow the contract), however many orders. (Watched by the
shipped policy: see the last line.)
"""
import logging
import os
import sys
import uuid
from datetime import datetime, timedelta
from pathlib import Path

import odoo
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tools import config

sys.path.insert(0, str(Path(config["addons_path"][0]).parent / "config" / "dev"))
import database  # noqa: E402

logging.getLogger("odoo").setLevel(logging.ERROR)
LINES, MANY = 10, 50


def prepare(env, number):
    """Quotations of ten lines."""
    if not hasattr(prepare, env.cr.dbname):
        products = env["product.product"].create([
            {"name": f"Cabinet {index}", "type": "consu", "is_storable": True, "list_price": 100.0}
            for index in range(LINES)])
        partner = env["res.partner"].create({"name": "Grid Company", "email": "buyer@grid.example"})
        setattr(prepare, env.cr.dbname, (products, partner))
    products, partner = getattr(prepare, env.cr.dbname)
    return env["sale.order"].create([{
        "partner_id": partner.id, "user_id": env.uid, "commitment_date": datetime(2027, 1, 4) + timedelta(days=index),
        "order_line": [Command.create({"product_id": product.id, "product_uom_qty": 2}) for product in products],
    } for index in range(number)])


def review(orders):
    """Take the orders through their review: opinion of each department, conclusion, by the administrator."""
    env = orders.env
    env["order.intake.check"].search([]).active = False
    env["order.review.authority"].search([]).write(
        {"user_ids": [Command.link(env.uid)], "allow_own": True, "amount_min": 0})
    env["order.review.authority"].search([("kind", "=", "approve")]).active = False
    user = env["res.users"].browse(env.uid)
    user.group_ids |= env.ref("order_review.group_order_review_manager")
    departments = env["order.review.role"].search([("active", "=", True)]).department_ids
    departments.manager_id = user.employee_id or env["hr.employee"].create({"name": user.name, "user_id": user.id})
    for order in orders:
        order.action_request_review()
        lines = order.review_id.line_ids
        lines.sudo().user_id = env.uid
        lines.check_ids.result = "ok"
        lines.action_agree()
        order.review_id._conclude("accept")


def queries(env, function):
    """Queries of a call that begins without any record in the cache and ends with everything written."""
    env.flush_all()
    env.invalidate_all()
    begin = env.cr.sql_log_count
    function()
    env.flush_all()
    return env.cr.sql_log_count - begin


def measure(env, reviewed):
    figures = {}
    if reviewed:
        env["res.users"].browse(env.uid).group_ids |= env.ref("order_review.group_order_review_manager")
    warm, one, many = prepare(env, 1), prepare(env, 1), prepare(env, MANY)
    if reviewed:
        review(warm | one | many)
    else:
        (warm | one | many).write({"client_order_ref": "Warm"})
    queries(env, warm.action_confirm)
    figures["confirm one order"] = queries(env, one.action_confirm)
    figures[f"confirm {MANY} orders"] = queries(env, many.action_confirm)
    prepare(env, 1)
    watched = queries(env, lambda: prepare(env, MANY))
    if reviewed:
        env["sla.policy"].search([("model", "in", ("sale.order", "sale.order.line"))]).active = False
    for _warm in range(2):  # archiving the policies emptied the caches of rights and rules
        orders = prepare(env, 2)
        queries(env, lambda orders=orders: orders.write({"client_order_ref": "Warm"}))
        queries(env, lambda orders=orders: orders.write({"commitment_date": datetime(2027, 6, 6)}))
        queries(env, lambda orders=orders: orders.order_line.write({"product_uom_qty": 4, "name": "Warm"}))
        queries(env, lambda: prepare(env, 1))
    figures["create an order"] = queries(env, lambda: prepare(env, 1))
    figures[f"create {MANY} orders"] = queries(env, lambda: prepare(env, MANY))
    orders = prepare(env, MANY)
    figures[f"write {MANY} orders"] = queries(env, lambda: orders.write({"client_order_ref": "X"}))
    figures[f"write the date of {MANY} orders"] = queries(
        env, lambda: orders.write({"commitment_date": datetime(2027, 5, 5)}))
    figures[f"write {MANY * LINES} lines"] = queries(env, lambda: orders.order_line.write({"product_uom_qty": 3}))
    figures["write a description"] = queries(env, lambda: orders.order_line[:1].write({"name": "Special"}))
    figures[f"create {MANY} orders, watched"] = watched
    return figures


def without_suite():
    scratch = f"bench_{uuid.uuid4().hex[:8]}"
    with open(os.devnull, "w") as quiet:
        sys.stdout, terminal = quiet, sys.stdout
        try:
            database.clone(database.base_template(), scratch)
        finally:
            sys.stdout = terminal
    try:
        with Registry(scratch).cursor() as cr:
            figures = measure(odoo.api.Environment(cr, env.ref("base.user_admin").id, {}), reviewed=False)  # noqa: F821
            cr.rollback()
        return figures
    finally:
        Registry.registries.pop(scratch, None)
        odoo.sql_db.close_db(scratch)
        database.drop(scratch)


base = without_suite()
suite = measure(env(user=env.ref("base.user_admin").id), reviewed=True)  # noqa: F821
env.cr.rollback()  # noqa: F821
bars = {
    "confirm one order": 7, f"confirm {MANY} orders": 15, f"create {MANY} orders, watched": 5,
    f"write the date of {MANY} orders": 4, f"write {MANY * LINES} lines": 1, "write a description": 1,
}
failed = False
print(f"{'queries':<28}{'without':>9}{'with':>9}{'more':>7}{'allowed':>9}")
for name, before in base.items():
    more, allowed = suite[name] - before, bars.get(name, 0)
    failed |= more > allowed
    print(f"{name:<28}{before:>9}{suite[name]:>9}{more:>7}{allowed:>9}  {'PASS' if more <= allowed else 'FAIL'}")
if failed:
    raise SystemExit(1)
