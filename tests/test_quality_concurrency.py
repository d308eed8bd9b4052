"""Two people at once on the same goods, on two real connections."""
import unittest

import psycopg2

from odoo.exceptions import UserError

import quality_company as qc
from cloning import cloned_database

REFUSED = (UserError, psycopg2.errors.SerializationFailure, psycopg2.errors.LockNotAvailable)


class TestQualityConcurrency(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clone = cls.enterClassContext(cloned_database())
        with cls.clone.env() as env:
            qc.hire(env, "storekeeper", "inspector", "inspector2", "head", "head2", "guard", "guard2")
            cls.product = qc.component(env).id
            cls.minor = qc.component(env, "Label holder").id
            qc.plan(env, env["product.product"].browse(cls.product))
            qc.plan(env, env["product.product"].browse(cls.minor), {"defect_class": "minor", "method": "whole"},
                    [{"name": "Appearance", "defect_class": "minor"}])
            cls.supplier = env["res.partner"].create({"name": "Supplier of terminals"}).id

    def received(self, quantity=500, product=None, count=1):
        """Committed receipts; ids of their inspections."""
        with self.clone.env() as env:
            pickings = env["stock.picking"]
            for _number in range(count):
                pickings |= qc.buy(env, env["product.product"].browse(product or self.product), quantity,
                                   env["res.partner"].browse(self.supplier)).picking_ids
            return qc.receive(pickings).ids

    def rejected(self, quantity=100):
        """A committed nonconformity of minor defects, with the head of quality as its decider."""
        inspection_id = self.received(quantity, self.minor)[0]
        with self.clone.env() as env:
            mine = qc.act(env, "inspector")["quality.inspection"].browse(inspection_id)
            qc.inspect(mine, quantity, accepted=0)
            return env["quality.nonconformity"].search([("inspection_id", "=", inspection_id)]).id

    def both(self, model, record_id, roles):
        """The same record for two people, each in a transaction of his own that has looked at it."""
        records = []
        for role, cr in zip(roles, self.cursors, strict=True):
            record = qc.act(self.environment(cr), role)[model].browse(record_id)
            self.assertTrue(record.read(["name"]))
            records.append(record)
        return records

    def environment(self, cr):
        import odoo.api
        return odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})

    def setUp(self):
        super().setUp()
        self.cursors = [self.enterContext(self.clone.cursor()) for _number in range(2)]
        for cr in self.cursors:
            cr.execute("SET lock_timeout = '5s'")

    def race(self, first, second):
        """The first acts and commits; the second, who looked before, is refused, also when he tries again."""
        first()
        self.cursors[0].commit()
        with self.assertRaises(REFUSED):
            second()
            self.cursors[1].flush()
        self.cursors[1].rollback()

    def test_two_inspectors_start_one_inspection(self):
        """REC-3: the second inspector is told that the first has it."""
        inspection_id = self.received()[0]
        one, two = self.both("quality.inspection", inspection_id, ("inspector", "inspector2"))
        self.race(one.action_start, two.action_start)
        two.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "沈检验"):
            two.action_start()

    def test_stale_results_are_refused(self):
        """REC-3: the same inspector in two windows: what is saved first counts, the other is told so."""
        inspection_id = self.received()[0]
        with self.clone.env() as env:
            qc.act(env, "inspector")["quality.inspection"].browse(inspection_id).action_start()
        one, two = self.both("quality.inspection", inspection_id, ("inspector", "inspector"))
        data = two.get_entry_data()
        self.race(lambda: qc.result(one, 1), lambda: two.save_results({
            "revision": data["revision"], "samples": [],
            "lines": [{"id": data["lines"][0]["id"], "defect_count": 0, "measurements": []}]}))
        two.env.invalidate_all()
        with self.assertRaises(UserError):
            two.save_results({"revision": data["revision"], "samples": [], "lines": []})
        self.assertEqual(two.get_entry_data()["lines"][0]["defect_count"], 1)

    def test_inspection_is_concluded_once(self):
        """REC-3: two verdicts at once give one tranche and one movement of the goods."""
        inspection_id = self.received(500)[0]
        with self.clone.env() as env:
            mine = qc.act(env, "inspector")["quality.inspection"].browse(inspection_id)
            mine.action_start()
            qc.result(mine)
        one, two = self.both("quality.inspection", inspection_id, ("inspector", "inspector"))
        self.race(one.action_conclude, two.action_conclude)
        two.env.invalidate_all()
        with self.assertRaises(UserError):
            two.action_conclude()
        with self.clone.env() as env:
            rows = env["quality.disposition"].search([("inspection_id", "=", inspection_id)])
            self.assertEqual(sum(rows.mapped("quantity")), 500)
            self.assertEqual(sum(rows.move_ids.mapped("quantity")), 500)

    def test_two_deciders_propose_more_than_there_is(self):
        """NCR-4: two heads propose tranches that exceed the quantity only together: the second is refused."""
        record_id = self.rejected(100)
        one, two = self.both("quality.nonconformity", record_id, ("head", "head2"))

        def propose(record, quantity):
            record.env["quality.disposition"].create({
                "nonconformity_id": record.id, "kind": "scrap", "quantity": quantity})
            record.env.flush_all()
        self.race(lambda: propose(one, 60), lambda: propose(two, 60))
        two.env.invalidate_all()
        with self.assertRaises(UserError):
            propose(two, 60)
        self.cursors[1].rollback()
        two.env.invalidate_all()
        propose(two, 40)
        self.cursors[1].commit()

    def test_two_heads_decide_once(self):
        """NCR-4: decided by two at once, the goods are scrapped once."""
        record_id = self.rejected(50)
        with self.clone.env() as env:
            qc.act(env, "head")["quality.disposition"].create({
                "nonconformity_id": record_id, "kind": "scrap", "quantity": 50})
        one, two = self.both("quality.nonconformity", record_id, ("head", "head2"))
        self.race(one.action_decide, two.action_decide)
        two.env.invalidate_all()
        with self.assertRaises(UserError):
            two.action_decide()
        with self.clone.env() as env:
            scraps = env["quality.nonconformity"].browse(record_id).disposition_ids.scrap_ids
            self.assertEqual(sum(scraps.mapped("scrap_qty")), 50)

    def test_two_guards_scan_one_pass(self):
        """NCR-5: the same pass scanned out at two gates leaves once."""
        record_id = self.rejected(20)
        with self.clone.env() as env:
            qc.act(env, "head")["quality.disposition"].create({
                "nonconformity_id": record_id, "kind": "return", "quantity": 20, "settlement": "credit"})
            qc.act(env, "head")["quality.nonconformity"].browse(record_id).action_decide()
        with self.clone.env() as env:
            gate_pass = env["quality.nonconformity"].browse(record_id).disposition_ids.gate_pass_id
            qc.act(env, "head2")["stock.gate.pass"].browse(gate_pass.id).action_approve()
            pass_id, token = gate_pass.id, gate_pass.token
        one, two = self.both("stock.gate.pass", pass_id, ("guard", "guard2"))
        self.assertEqual(one.browse().scan_out(token)["message"]["type"], "success")
        one.env.flush_all()
        self.cursors[0].commit()
        try:
            answer = two.browse().scan_out(token)
            two.env.flush_all()
        except REFUSED:
            self.cursors[1].rollback()
            two.env.invalidate_all()
            answer = two.browse().scan_out(token)
        self.assertEqual(answer["message"]["type"], "danger")
        self.cursors[1].rollback()
        with self.clone.env() as env:
            gate_pass = env["stock.gate.pass"].browse(pass_id)
            self.assertEqual(gate_pass.line_ids.mapped("quantity_out"), [20])
            self.assertEqual(sum(gate_pass.disposition_id.move_ids.mapped("quantity")), 20)

    def test_two_lots_of_one_series_are_judged(self):
        """REC-4: two lots of the same supplier and product, judged at once: the series counts both, in turn."""
        first_id, second_id = self.received(500, count=2)
        with self.clone.env() as env:
            for role, record_id in (("inspector", first_id), ("inspector2", second_id)):
                mine = qc.act(env, role)["quality.inspection"].browse(record_id)
                mine.action_start()
                qc.result(mine)
        one = qc.act(self.environment(self.cursors[0]), "inspector")["quality.inspection"].browse(first_id)
        two = qc.act(self.environment(self.cursors[1]), "inspector2")["quality.inspection"].browse(second_id)
        before = self.series()
        self.assertTrue(one.read(["name"]) and two.read(["name"]))
        self.race(one.action_conclude, two.action_conclude)
        two.env.invalidate_all()
        two.action_conclude()
        two.env.flush_all()
        self.cursors[1].commit()
        self.assertEqual(self.series() - before, 2)

    def series(self):
        """Lots counted in the series of the product."""
        with self.clone.env() as env:
            return sum(env["quality.sampling.state"].search([("product_id", "=", self.product)]).mapped("lots"))

    def test_two_storekeepers_validate_one_receipt(self):
        """REC-2: a receipt validated twice at once makes one inspection."""
        with self.clone.env() as env:
            picking = qc.buy(env, env["product.product"].browse(self.product), 30).picking_ids
            picking.delivery_note_ref = "SH-0009"
            picking.move_ids.picked = True
            picking_id = picking.id
        one, two = self.both("stock.picking", picking_id, ("storekeeper", "storekeeper"))
        self.race(one.button_validate, lambda: (two.button_validate(), two.env.flush_all()))
        with self.clone.env() as env:
            self.assertEqual(len(qc.inspections(env["stock.picking"].browse(picking_id))), 1)
