"""material_shortage: the list of shortages, the kitting board, and what the addons add to confirming and receiving

The pages are read as the web client reads them, with every column. 1 and 50 manufacturing orders are confirmed, 1 and
50 receipts validated, the end of the transaction included, with what the addons do then and without: at most 3 queries
more for one, 6 for fifty.
"""
import contextlib
import logging
import sys
from pathlib import Path
from unittest.mock import patch

from lxml import etree

from odoo.fields import Command
from odoo.tools import config

from odoo.addons.supplier_promise.models import stock_picking as promised

sys.path[:0] = [str(Path(config["addons_path"][0]).parent / "tests" / "bench")]
from meter import Meter  # noqa: E402

logging.getLogger("odoo").setLevel(logging.ERROR)
env = env(user=env.ref("base.user_admin").id)  # noqa: F821
meter = Meter(env)
warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
supplier = env["res.partner"].create({"name": "Supplier of the bench"})
parts = env["product.product"].create([
    {"name": f"Part {number}", "type": "consu", "is_storable": True, "standard_price": 2.0,
     "seller_ids": [Command.create({"partner_id": supplier.id, "price": 2.0})]} for number in range(40)])
cabinet = env["product.product"].create({"name": "Cabinet", "type": "consu", "is_storable": True})


def orders(number, some=parts[:5]):
    """Manufacturing orders that wait to be confirmed."""
    return env["mrp.production"].create([{
        "product_id": cabinet.id, "product_qty": 1, "bom_id": False, "user_id": env.user.id,
        "move_raw_ids": [Command.create({"product_id": part.id, "product_uom_qty": 2}) for part in some],
    } for _each in range(number)])


def receipts(number):
    """Receipts of purchases, ready to be validated."""
    bought = env["purchase.order"].create([{
        "partner_id": supplier.id,
        "order_line": [Command.create({"product_id": part.id, "product_qty": 10, "price_unit": 2})
                       for part in parts[:3]],
    } for _each in range(number)])
    bought.with_context(tier_approved=True).button_confirm()
    pickings = bought.picking_ids
    for picking in pickings:
        picking.move_ids.picked = True
    if "delivery_note_ref" in pickings:
        pickings.delivery_note_ref = "SH-1"
    return pickings


@contextlib.contextmanager
def without():
    """What the addons do when orders are confirmed and goods arrive is not done."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(patch.object(type(env["material.pegging"]), "_touch", lambda *_args: None))
        stack.enter_context(patch.object(promised.StockPicking, "_action_done", lambda self: super(
            promised.StockPicking, self)._action_done()))
        for model in ("purchase.order", "purchase.order.line"):
            stack.enter_context(patch.object(
                type(env[model]), "_compute_confirmation_state",
                lambda self: self.update({"confirmation_state": "none"})))
        yield


def spent(make, number, name):
    """Queries of a call and of the end of its transaction; nothing of it stays."""
    savepoint = env.cr.savepoint()
    act = getattr(make(number), name)
    env.flush_all()
    env.cr.precommit.run()
    env.invalidate_all()
    before = env.cr.sql_log_count
    act()
    env.flush_all()
    env.cr.precommit.run()
    found = env.cr.sql_log_count - before
    env.invalidate_all()
    savepoint.rollback()
    savepoint.close()
    env.invalidate_all()
    return found


def page(action):
    """A page of 80 with its count, as the web client asks for it."""
    action = env.ref(action)
    model = env[action.res_model].with_context(display_default_code=False)
    arch = model.get_view(dict((kind, view) for view, kind in action.views)["list"], "list")["arch"]
    spec = {node.get("name"): {} for node in etree.fromstring(arch).iter("field")}
    for name in spec:
        if model._fields[name].type == "many2one":
            spec[name] = {"fields": {"display_name": {}}}
    return lambda: model.web_search_read([], spec, limit=80, count_limit=10001)


for count, bar in ((1, 3), (50, 6)):
    for kind, make, name in (("confirming orders", orders, "action_confirm"),
                             ("validating receipts", receipts, "button_validate")):
        spent(make, count, name)  # what is cached once
        having = spent(make, count, name)
        with without():
            spent(make, count, name)
            more = having - spent(make, count, name)
        meter.judge(f"{kind}, {count}: {having} queries, {more} more (allowed: {bar})", more <= bar)
for number in range(0, 40, 4):
    orders(10, parts[number:number + 4]).action_confirm()
env["material.pegging"].sudo()._refresh()
env["material.pegging"].sudo()._on_refreshed(None)
lines = env["material.shortage"].search_count([])
for title, name, bar in ((f"list of {lines} shortages", "material_shortage.material_shortage_action", 13),
                         ("kitting board", "material_shortage.material_kit_board_action", 9)):
    read = page(name)
    read()
    seconds, queries = meter.measure(read)
    meter.judge(f"{title}, a page of 80: {1000 * seconds:.0f} ms, {queries} queries (allowed: {bar})", queries <= bar)
env.cr.rollback()
meter.conclude()
