"""quality: the verdict of many serial numbers, against the same transfer in plain Odoo

An inspection of 1,000 serial numbers is concluded: all are accepted and go from the inspection area into stock. On a
database without the suite the same numbers are moved between the same places by a transfer made and validated in one
go. Processor time, medians of alternating turns, each with empty caches of records: at most 1.3 times plain Odoo, and
at most 2.2 times for twice the numbers.
"""
import logging
import statistics
import sys
import time
from pathlib import Path

from odoo.fields import Command
from odoo.tools import config

ROOT = Path(config["addons_path"][0]).parent
sys.path[:0] = [str(ROOT / "config" / "dev"), str(ROOT / "tests" / "bench")]
from plain_odoo import without_suite  # noqa: E402

logging.getLogger("odoo").setLevel(logging.ERROR)
SERIALS, TURNS = 1000, 3
TIMES_PLAIN, GROWTH = 1.3, 2.2


class Breakers:
    """Serial numbers that stand in the quality area of the warehouse."""

    def __init__(self, env):
        self.env = env
        self.warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
        self.area, self.stock = self.warehouse.wh_qc_stock_loc_id, self.warehouse.lot_stock_id
        self.area.active = True  # in plain Odoo it is archived with fewer than three receipt steps
        self.product = env["product.product"].create({
            "name": "Breaker of the bench", "is_storable": True, "tracking": "serial", "standard_price": 5.0})
        self.made = 0

    def put(self, count):
        """New serial numbers in the area."""
        lots = self.env["stock.lot"].create([
            {"name": f"BENCH{self.made + number:06d}", "product_id": self.product.id} for number in range(count)])
        self.made += count
        self.env["stock.quant"].sudo().create([
            {"product_id": self.product.id, "location_id": self.area.id, "lot_id": lot.id, "quantity": 1}
            for lot in lots])
        return lots

    def seconds(self, action):
        """Processor time of an action that begins with empty caches of records."""
        self.env.flush_all()
        self.env.invalidate_all()
        begin = time.process_time()
        action()
        self.env.flush_all()
        return time.process_time() - begin

    def check(self, lots):
        """All serial numbers are in stock."""
        quants = self.env["stock.quant"].search([("lot_id", "in", lots.ids), ("quantity", ">", 0)])
        if len(quants) != len(lots) or quants.location_id != self.stock:
            raise SystemExit(f"not moved: {len(quants)} of {len(lots)} in {quants.location_id.mapped('name')}")


class PlainBreakers(Breakers):
    def turn(self, count):
        lots = self.put(count)
        taken = self.seconds(lambda: self.transfer(lots))
        self.check(lots)
        return taken

    def transfer(self, lots):
        """The transfer that the verdict makes, by Odoo alone."""
        places = {"location_id": self.area.id, "location_dest_id": self.stock.id}
        picking = self.env["stock.picking"].create({"picking_type_id": self.warehouse.int_type_id.id, **places})
        unit = {"product_id": self.product.id, "product_uom_id": self.product.uom_id.id, "quantity": 1}
        move = self.env["stock.move"].create({
            "product_id": self.product.id, "product_uom": self.product.uom_id.id, "product_uom_qty": len(lots),
            "picking_id": picking.id, **places, "move_line_ids": [
                Command.create({**unit, "lot_id": lot.id, "picking_id": picking.id, **places}) for lot in lots]})
        move.picked = True
        picking._action_done()


class InspectedBreakers(Breakers):
    def __init__(self, env):
        super().__init__(env)
        self.plan = env["quality.inspection.plan"].create({
            "name": "Breakers of the bench", "trigger": "manual", "product_ids": [Command.set(self.product.ids)],
            "sampling_ids": [Command.create({
                "defect_class": "major", "method": "aql", "level": "II", "aql": "1.0"})],
            "characteristic_ids": [Command.create({"name": "Appearance", "kind": "check", "defect_class": "major"})]})

    def turn(self, count):
        lots = self.put(count)
        Inspection = self.env["quality.inspection"]
        inspection = Inspection._create_batch([Inspection._prepare_inspection_vals(
            self.plan, self.product, count, location_id=self.area.id, company_id=self.env.company.id,
            lot_ids=[Command.set(lots.ids)])]).with_env(self.env)
        inspection.action_start()
        inspection.save_results({"revision": inspection.revision, "lines": [
            {"id": line.id, "measurements": [
                {"unit_no": number + 1, "ok": True} for number in range(line.sample_size)]}
            for line in inspection.line_ids]})
        taken = self.seconds(inspection.action_conclude)
        self.check(lots)
        return taken


admin = env.ref("base.user_admin")  # noqa: F821
with without_suite(admin.id) as plain_env:
    plain, suite = PlainBreakers(plain_env), InspectedBreakers(env(user=admin.id))  # noqa: F821
    plain.turn(10), suite.turn(10)  # what Odoo caches by product
    taken = {"plain": [], "verdict": [], "twice": []}
    for _turn in range(TURNS):
        taken["plain"].append(plain.turn(SERIALS))
        taken["verdict"].append(suite.turn(SERIALS))
    taken["twice"].append(suite.turn(2 * SERIALS))
    env.cr.rollback()  # noqa: F821

medians = {name: statistics.median(seconds) for name, seconds in taken.items()}
results = (
    (f"verdict of {SERIALS} serials", medians["verdict"], medians["plain"], TIMES_PLAIN, "plain Odoo"),
    (f"verdict of {2 * SERIALS} serials", medians["twice"], medians["verdict"], GROWTH, "half of them"))
passed = True
for name, seconds, base, bar, against in results:
    kept = seconds / base <= bar
    passed &= kept
    print(f"{name:<26}{seconds:7.2f} s against {base:6.2f} s of {against}: {seconds / base:.2f} times "
          f"(at most {bar})  {'PASS' if kept else 'FAIL'}")
if not passed:
    raise SystemExit(1)
