"""A random walk over the documents of quality: what people may do with goods, in any order, by anybody's mistake too.

``Walk(env, seed).run(steps)`` does one thing after the other, each with the rights of who does it, and looks after each
whether documents and stock still say the same (``quality_balance``). What the suite refuses (``UserError``) is no
fault; it is counted, and nothing of it may stay. The same seed gives the same walk.
"""
import random
from collections import Counter

from odoo.exceptions import UserError
from odoo.fields import Command

import quality_company as company
from quality_balance import imbalances
from quality_walk_goods import GoodsSteps
from quality_walk_reports import ReportSteps

QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_notrack": True, "mail_create_nosubscribe": True}
WEIGHTS = {"do_receive": 1.5, "do_conclude": 3, "do_decide": 3, "do_gate_out": 3, "do_gate_in": 2, "do_enter": 0.7,
           "do_correct_receipt": 0.5, "do_add_to_receipt": 0.3, "do_request_by_hand": 0.2, "do_ship": 0.5,
           "do_count": 0.5}


class Lost(AssertionError):
    """The walk found something that does not add up; the message has all that is needed to walk there again."""


class Walk(GoodsSteps, ReportSteps):

    def __init__(self, env, seed):
        self.random, self.seed = random.Random(seed), seed
        self.env = env(context={**env.context, **QUIET})
        self.did, self.refused, self.log = Counter(), Counter(), []
        if not self.env["res.users"].search_count([("login", "=", company.login("storekeeper"))], limit=1):
            self.hire(self.env)
        self.warehouse = self.env["stock.warehouse"].search([("company_id", "=", self.env.company.id)], limit=1)
        self.hold, self.stock = self.warehouse.wh_qc_stock_loc_id, self.warehouse.lot_stock_id
        self.suppliers = self.env.ref("stock.stock_location_suppliers")
        self.customers = self.env.ref("stock.stock_location_customers")
        self.supplier = self.env["res.partner"].create({"name": "Copper Works"})
        self.number = 0
        self.products = self.make_products()

    @staticmethod
    def hire(env):
        """The people of the walks: once for all of them, or else each walk hires its own."""
        env = env(context={**env.context, **QUIET})
        company.hire(env, "storekeeper", "inspector", "head", "head2", "guard")
        for role in ("head", "head2"):
            company.act(env, role).user.sudo().group_ids += env.ref("stock.group_stock_manager")

    def make_products(self):
        """Goods of each tracking, inspected whole and by a drawn sample."""
        products = self.env["product.product"]
        for tracking in ("none", "lot", "serial"):
            for method, sampling in (("whole", {"method": "whole"}),
                                     ("sample", {"method": "fixed", "fixed_size": 3, "acceptance": 1})):
                product = company.component(self.env, f"{tracking} {method}", tracking=tracking)
                company.plan(self.env, product, sampling)
                products |= product
        return products

    # ---- walking

    def run(self, steps):
        """Do, or try, so many things; :raise Lost: something does not add up"""
        names = sorted(name for name in dir(self) if name.startswith("do_"))
        weights = [WEIGHTS.get(name, 1) for name in names]
        while self.number < steps:
            self.step(self.random.choices(names, weights)[0])
        return self

    def step(self, name):
        try:
            with self.env.cr.savepoint():
                self.said = None
                if getattr(self, name)() is False:  # there is nothing to do it with
                    return
                self.env.flush_all()
            self.did[name] += 1
        except UserError as refusal:
            self.refused[name, type(refusal).__name__] += 1
            self.said = f"{self.said} REFUSED {refusal.args[0][:160]}"
        except Exception as error:
            raise Lost(self.describe(f"{name}: {error!r}")) from error
        self.number += 1
        self.log.append(f"{self.number} {name[3:]}: {self.said}")
        if problems := imbalances(self.env, self.products):
            raise Lost(self.describe("\n".join(problems)))

    def describe(self, problem):
        return f"seed {self.seed}, step {self.number}\n{problem}\n---- the way there\n" + "\n".join(self.log[-25:])

    def act(self, role):
        env = company.act(self.env, role)
        return env(context=self.env.context)

    def any(self, records):
        return records[self.random.randrange(len(records))] if records else None

    def some(self, records, least=1):
        picked = self.random.sample(records.ids, self.random.randint(least, len(records)))
        return records.browse(picked).sorted("id")

    def part(self, quantity):
        """All of it, or a whole part."""
        return float(self.random.choice((quantity, self.random.randint(1, max(int(quantity), 1)))))

    def inspections(self, *states):
        return self.env["quality.inspection"].search([
            ("product_id", "in", self.products.ids), ("state", "in", states)], order="id")

    def reports(self, *states):
        return self.env["quality.nonconformity"].search([
            ("product_id", "in", self.products.ids), ("state", "in", states)], order="id")

    def rows(self, *kinds):
        return self.env["quality.disposition"].search([
            ("product_id", "in", self.products.ids), ("kind", "in", kinds),
            ("state", "in", ("decided", "in_progress"))], order="id")

    def lots_for(self, product, quantity):
        """New lots, now and then a known one."""
        Lot = self.env["stock.lot"]
        known = Lot.search([("product_id", "=", product.id)], order="id")
        if product.tracking == "lot" and known and self.random.random() < 0.4:
            return self.any(known)
        count = {"none": 0, "lot": 1, "serial": int(quantity)}[product.tracking]
        return Lot.create([{"name": f"{product.tracking[0]}{self.number}-{number}", "product_id": product.id}
                           for number in range(count)])

    def move(self, env, product, source, target, shares, **vals):
        """A transfer's move of lots and quantities, done."""
        return env["stock.move"].create({
            "product_id": product.id, "product_uom": product.uom_id.id, "location_id": source.id,
            "product_uom_qty": sum(quantity for _lot, quantity in shares), "location_dest_id": target.id,
            "picked": True, "move_line_ids": [Command.create({
                "product_id": product.id, "product_uom_id": product.uom_id.id, "quantity": quantity, "picked": True,
                "lot_id": lot.id, "location_id": source.id, "location_dest_id": target.id,
                "picking_id": vals.get("picking_id")}) for lot, quantity in shares], **vals})

    def shares(self, lots, quantity):
        serial = lots and lots.product_id.tracking == "serial"
        return [(lot, 1.0) for lot in lots] if serial else [(lots, quantity)]
