"""order_delivery: validating deliveries, with the suite against without

The same deliveries (of sales orders, ten lines each) are validated on a database without the suite and on one with it,
where each leaves by a released notice: at most 6 more queries for one and 12 more in total for fifty.
"""
import logging
import sys
import time
from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.fields import Command
from odoo.tools import config

ROOT = Path(config["addons_path"][0]).parent
sys.path[:0] = [str(ROOT / "config" / "dev"), str(ROOT / "tests" / "bench")]
from plain_odoo import without_suite  # noqa: E402

logging.getLogger("odoo").setLevel(logging.ERROR)
LINES, MANY = 10, 50
ONE_MORE, MANY_MORE = 6, 12


class Warehouse:
    """Deliveries of one database."""

    def __init__(self, env):
        self.env = env
        self.partner = env["res.partner"].create({"name": "Customer of the bench"})
        self.products = env["product.product"].create([
            {"name": f"Cabinet {number}", "type": "consu", "is_storable": True, "list_price": 5.0,
             "taxes_id": [Command.clear()]} for number in range(LINES)])
        company = env.company
        for name, value in (("delivery_notice_required", True), ("order_review_policy", "none"),
                            ("delivery_needs_contract", False)):
            if name in company._fields:
                company[name] = value

    def deliveries(self, number=1):
        """Deliveries that wait to be validated, each with its released notice where there are notices."""
        stock = self.env["stock.warehouse"].search([("company_id", "=", self.env.company.id)], limit=1).lot_stock_id
        for product in self.products:
            self.env["stock.quant"]._update_available_quantity(product, stock, 8 * number)
        orders = self.env["sale.order"].create([{
            "partner_id": self.partner.id,
            "order_line": [Command.create({"product_id": product.id, "product_uom_qty": 8})
                           for product in self.products],
        } for _each in range(number)])
        for order in orders:
            order.action_confirm()
        pickings = orders.picking_ids
        pickings.action_assign()
        pickings.move_ids.picked = True
        if "delivery.notice" in self.env:
            now = fields.Datetime.now()
            notices = self.env["delivery.notice"]._make(pickings)
            notices.write({"date_planned": now + timedelta(days=2), "date_arrival": now + timedelta(days=3)})
            notices.action_release()
        return pickings

    def validate(self, pickings):
        """Queries and seconds of a validation that begins with empty caches of records."""
        self.env.flush_all()
        self.env.invalidate_all()
        queries, begin = self.env.cr.sql_log_count, time.perf_counter()
        pickings.button_validate()
        self.env.flush_all()
        seconds = time.perf_counter() - begin
        if set(pickings.mapped("state")) != {"done"}:
            raise SystemExit(f"not validated: {pickings.mapped('state')}")
        return self.env.cr.sql_log_count - queries, seconds

    def measure(self):
        for _each in range(2):
            self.validate(self.deliveries())
        return {1: self.validate(self.deliveries()), MANY: self.validate(self.deliveries(MANY))}


with without_suite(env.ref("base.user_admin").id) as plain_env:  # noqa: F821
    base = Warehouse(plain_env).measure()
    suite = Warehouse(env(user=env.ref("base.user_admin").id)).measure()  # noqa: F821
    env.cr.rollback()  # noqa: F821

kept = True
print(f"\n{'deliveries of 10 lines':<26}{'without':>9}{'with':>9}{'more':>7}{'allowed':>9}{'seconds':>18}")
for number, bar in ((1, ONE_MORE), (MANY, MANY_MORE)):
    (before, was), (after, now) = base[number], suite[number]
    kept &= after - before <= bar
    print(f"  {number:<24}{before:>9}{after:>9}{after - before:>7}{bar:>9}{was:>9.2f}{now:>9.2f}"
          f"  {'PASS' if after - before <= bar else 'FAIL'}")
if not kept:
    raise SystemExit("more queries than allowed")
