"""quality: validating purchase receipts, with the suite against without

The same receipts (of purchase orders, ten lines each) are validated on a database without the suite and on one with
it, warmed up alike. Where no inspection plan applies: at most 5 more queries for one receipt and 10 more in total for
fifty. Where each line makes an inspection: at most 15 % more processor time of this process and of its connection's in
PostgreSQL (medians of alternating turns, products of equal history), and the queries that it adds do not grow with the
lines.
"""
import logging
import statistics
import sys
from pathlib import Path

from odoo.fields import Command
from odoo.tools import config

ROOT = Path(config["addons_path"][0]).parent
sys.path[:0] = [str(ROOT / "config" / "dev"), str(ROOT / "tests" / "bench")]
from meter import Meter  # noqa: E402
from plain_odoo import without_suite  # noqa: E402

logging.getLogger("odoo").setLevel(logging.ERROR)
LINES, LONG, MANY = 10, 40, 50
TURNS, RECEIPTS_A_TURN = 9, 4
ONE_MORE, MANY_MORE, TIME_MORE = 5, 10, 1.15


class Warehouse:
    """Receipts of one database."""

    def __init__(self, env):
        self.env, self.spent = env, Meter(env).spent
        self.partner = env["res.partner"].create({"name": "Supplier of the bench"})
        self.products = env["product.product"].create([
            {"name": f"Component {number}", "type": "consu", "is_storable": True, "standard_price": 5.0}
            for number in range(LONG)])
        self.inspected = env["product.product"].create([
            {"name": f"Inspected component {number}", "type": "consu", "is_storable": True, "standard_price": 5.0}
            for number in range(LONG)])

    def plan(self):
        """Inspect every component of the second half, by AQL."""
        self.env["quality.inspection.plan"].create({
            "name": "Components of the bench",
            "trigger": "incoming",
            "product_ids": [Command.set(self.inspected.ids)],
            "sampling_ids": [Command.create({
                "defect_class": "major", "method": "aql", "level": "II", "aql": "1.0"})],
            "characteristic_ids": [Command.create({"name": "Appearance", "kind": "check", "defect_class": "major"})],
        })

    def receipts(self, products, number=1):
        """Receipts that wait to be validated, everything counted."""
        orders = self.env["purchase.order"].create([{
            "partner_id": self.partner.id,
            "order_line": [Command.create({"product_id": product.id, "product_qty": 80, "price_unit": 3.0})
                           for product in products],
        } for _each in range(number)])
        orders.button_confirm()
        pickings = orders.picking_ids
        pickings.move_ids.picked = True
        if "delivery_note_ref" in pickings._fields:
            for picking in pickings:
                picking.delivery_note_ref = f"SH{picking.id}"
        return pickings

    def validate(self, pickings):
        """Queries and processor seconds of a validation that begins with empty caches of records."""
        self.env.flush_all()
        self.env.invalidate_all()
        queries, begin = self.env.cr.sql_log_count, self.spent()
        pickings.button_validate()
        self.env.flush_all()
        seconds = self.spent() - begin
        if set(pickings.mapped("state")) != {"done"}:
            raise SystemExit(f"not validated: {pickings.mapped('state')}")
        return self.env.cr.sql_log_count - queries, seconds

    def queries(self, products):
        """Queries of one receipt, of one with many lines, and of many receipts together."""
        for lines in (LINES, LONG, LINES):  # what Odoo caches by product, too, which a new plan has emptied
            self.validate(self.receipts(products[:lines]))
        return {
            f"1 receipt of {LINES} lines": self.validate(self.receipts(products[:LINES]))[0],
            f"1 receipt of {LONG} lines": self.validate(self.receipts(products))[0],
            f"{MANY} receipts of {LINES} lines": self.validate(self.receipts(products[:LINES], MANY))[0],
        }

    def seconds(self, products):
        return self.validate(self.receipts(products[:LINES], RECEIPTS_A_TURN))[1]


def report(title, base, suite, allowed):
    """Print one comparison of queries; whether all bars are kept."""
    print(f"\n{title:<34}{'without':>9}{'with':>9}{'more':>7}{'allowed':>9}")
    kept = True
    for name, before in base.items():
        more, bar = suite[name] - before, allowed[name]
        kept &= more <= bar
        print(f"  {name:<32}{before:>9}{suite[name]:>9}{more:>7}{bar:>9}  {'PASS' if more <= bar else 'FAIL'}")
    return kept


def times(pairs):
    """Medians of turns taken one after the other, so that a busy machine is busy for each of them."""
    taken = {name: [] for name in pairs}
    for _turn in range(TURNS):
        for name, (warehouse, products) in pairs.items():
            taken[name].append(warehouse.seconds(products))
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


with without_suite(env.ref("base.user_admin").id) as plain_env:  # noqa: F821
    plain, suite = Warehouse(plain_env), Warehouse(env(user=env.ref("base.user_admin").id))  # noqa: F821
    base = plain.queries(plain.products)
    unplanned = suite.queries(suite.products)
    suite.plan()
    beside = suite.queries(suite.products)
    planned = suite.queries(suite.inspected)
    # As many receipts, of as many products, on both sides: what was received before takes time.
    for warehouse, products in ((plain, plain.products), (plain, plain.inspected), (plain, plain.inspected),
                                (suite, suite.inspected)):
        warehouse.queries(products)
    medians = times({"without": (plain, plain.products), "no plan": (suite, suite.products),
                     "inspected": (suite, suite.inspected)})
    made = suite.env["quality.inspection"].search_count([("product_id", "in", suite.inspected.ids)])
    env.cr.rollback()  # noqa: F821

names = list(base)
bars = dict(zip(names, (ONE_MORE, ONE_MORE, MANY_MORE), strict=True))
passed = report("no plan in the database", base, unplanned, bars)
passed &= report("plans for other products", base, beside, bars)
first = planned[names[0]] - base[names[0]]
passed &= report("an inspection for each line", base, planned, dict.fromkeys(names, first))
print(f"\n{made} inspections were made")
for name in ("no plan", "inspected"):
    ratio = medians[name] / medians["without"]
    passed &= ratio <= TIME_MORE
    print(f"{RECEIPTS_A_TURN} receipts, {name:<10} {medians[name]:.3f} s against {medians['without']:.3f} s: "
          f"{ratio:.3f} times (at most {TIME_MORE})  {'PASS' if ratio <= TIME_MORE else 'FAIL'}")
if not passed:
    raise SystemExit(1)
