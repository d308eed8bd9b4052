from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import QualityCommon


@tagged("post_install", "-at_install")
class TestSamplingSeries(QualityCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan()

    def lot(self, defects=0, plan=None):
        inspection = self.inspect(self.receive(self.product, 500), plan or self.plan)
        return self.conclude(inspection, defects=defects)

    def series(self):
        return self.env["quality.sampling.state"].search([("product_id", "=", self.product.id)])

    def test_two_of_five_not_accepted_tighten(self):
        """REC-4: two of five lots not accepted make the third one be inspected with the tightened plan (9.3.1)."""
        self.lot(defects=2)
        self.assertRecordValues(self.series(), [{"severity": "normal", "lots": 1, "partner_id": self.supplier.id}])
        last = self.lot(defects=2)
        self.assertRecordValues(self.series(), [{"severity": "tightened", "lots": 2}])
        self.assertRecordValues(self.series().event_ids, [{
            "before": "normal", "after": "tightened", "reason": "two_of_five_not_accepted", "lot_number": 2,
            "inspection_id": last.id}])
        third = self.lot()
        self.assertEqual(third.sample_ids.severity, "tightened")

    def test_series_are_apart(self):
        """REC-4: another supplier's lots, and another class, do not move a series (9.2)."""
        self.lot(defects=2)
        other = self.env["res.partner"].create({"name": "Other"})
        inspection = self.inspect(self.receive(self.product, 500), self.plan, partner_id=other.id)
        self.conclude(inspection, defects=2)
        self.assertEqual(self.series().mapped("severity"), ["normal", "normal"])

    def test_discontinued_series_is_refused_until_resumed(self):
        """REC-4: after five lots not accepted on tightened inspection nothing is started before the head resumes."""
        for _lot in range(7):
            self.lot(defects=9)
        self.assertEqual(self.series().severity, "discontinued")
        inspection = self.inspect(self.receive(self.product, 500), self.plan)
        with self.assertRaises(UserError) as refused:
            self.start(inspection)
        self.assertIn("discontinued", str(refused.exception))
        with self.assertRaises(UserError):
            self.series().with_user(self.inspector).action_resume()
        self.series().with_user(self.head).action_resume("8D accepted")
        self.assertEqual(self.series().severity, "tightened")
        self.assertEqual(self.conclude(inspection).verdict, "accept")

    def test_reduced_inspection_needs_the_authority(self):
        """REC-4: a score of 30 alone does not reduce; the head wishes it, and irregular production ends it (9.3.3)."""
        for _lot in range(15):
            self.lot()
        self.assertRecordValues(self.series(), [{"severity": "normal", "score": 30}])
        self.series().with_user(self.head).action_desire_reduced()
        self.assertEqual(self.series().severity, "reduced")
        self.assertEqual(self.lot().sample_ids.severity, "reduced")
        self.series().with_user(self.head).action_production_irregular()
        self.assertEqual(self.series().severity, "normal")

    def test_series_is_nobodys_to_write(self):
        """REC-4: the rules move a series; even the head cannot type a severity or delete what was judged."""
        self.lot()
        with self.assertRaises(AccessError):
            self.series().with_user(self.head).write({"severity": "reduced"})
        with self.assertRaises(UserError):
            self.series().with_user(self.head).unlink()

    def test_resubmitted_lot_does_not_count(self):
        """REC-4: a lot that comes again is inspected whole and moves no series (9.3.1)."""
        first = self.lot(defects=2)
        again = self.inspect(self.receive(self.product, 500), self.plan, parent_id=first.id)
        self.conclude(again, defects=2)
        self.assertEqual(self.series().lots, 1)
        self.assertRecordValues(again.sample_ids, [{"whole": True, "is_original": False, "sample_size": 500}])
        self.assertEqual(again.quantity_accepted, 498)

    def test_skip_lot_draws_at_random(self):
        """REC-4: a qualified product's lots are drawn; a lot that is not drawn is accepted without results."""
        plan = self.make_plan(sampling=[{
            "defect_class": "major", "method": "aql", "aql": "1.0", "level": "II", "skip_lot": True,
            "skip_lots_to_qualify": 2, "skip_intervals": "2", "skip_lots_to_next": 5, "skip_lots_to_requalify": 2,
            "skip_lots_of_interruption": 4}])
        self.lot(plan=plan)
        self.lot(plan=plan)
        self.assertEqual(self.series().skip_state, "skipping")
        skipped = inspected = 0
        for _lot in range(40):
            inspection = self.inspect(self.receive(self.product, 500), plan)
            mine = self.start(inspection)
            if inspection.skipped:
                skipped += 1
                self.assertRecordValues(inspection, [{"state": "done", "quantity_accepted": 500, "sample_ids": []}])
                break
            inspected += 1
            self.fill(mine)
            mine.action_conclude()
        self.assertTrue(skipped, "one lot in two is drawn: 40 in a row are none by chance")
        inspection = self.inspect(self.receive(self.product, 500), plan)
        while self.start(inspection) and inspection.skipped:
            inspection = self.inspect(self.receive(self.product, 500), plan)
        self.fill(inspection.with_user(self.inspector), defects=5)
        inspection.with_user(self.inspector).action_conclude()
        self.assertEqual(self.series().skip_state, "interrupted")

    def test_kernel_refusals_reach_the_plan(self):
        """REC-4: what the kernel does not vouch for is refused when the plan is saved, in words."""
        for vals, message in (
                ({"method": "aql", "aql": "15"}, "count nonconformities"),
                ({"method": "fixed", "fixed_size": 0}, "at least 1"),
                ({"method": "percentage", "percent": 0}, "between 0 and 100"),
                ({"method": "aql", "skip_lot": True, "defect_class": "critical"}, "critical"),
                ({"method": "aql", "skip_lot": True, "skip_intervals": "7"}, "intervals")):
            with self.subTest(vals=vals), self.assertRaisesRegex(ValidationError, message):
                self.make_plan(sampling=[{"defect_class": "major", **vals}])

    def test_preview_follows_the_lot(self):
        """REC-4: the form shows the plan for its lot, and why there is none."""
        sampling = self.plan.sampling_ids
        self.assertRecordValues(sampling, [{
            "preview_code_letter": "H", "preview_sample_size": 50, "preview_acceptance": 1, "preview_rejection": 2}])
        self.assertEqual(len(sampling.oc_curve["points"]), 61)
        self.plan.preview_lot_size = 0
        self.assertTrue(sampling.preview_error)
        self.assertFalse(sampling.preview_sample_size)
        isolated = self.make_plan(preview_lot_size=60, sampling=[{
            "defect_class": "major", "method": "isolated", "limiting_quality": 2.0}]).sampling_ids
        self.assertIn("no confirmed source", isolated.preview_error)

    def test_isolated_lot_needs_a_vouched_limiting_quality(self):
        """REC-4: an LQ without plan is refused when it is saved, by create or write; the message names the others."""
        isolated = {"defect_class": "major", "method": "isolated"}
        for quality in (0.5, 0.8, 1.25, 4.0, 0.0, -5.0, 99.0):
            with self.subTest(quality=quality), self.assertRaisesRegex(
                    ValidationError, "2.0, 3.15, 5.0, 8.0, 12.5, 20.0, 31.5"):
                self.make_plan(sampling=[{**isolated, "limiting_quality": quality}])
        for quality in (2.0, 3.15, 31.5):
            sampling = self.make_plan(sampling=[{**isolated, "limiting_quality": quality}]).sampling_ids
            self.assertTrue(sampling._get_sampling_plan(100).sample_size)
        with self.assertRaisesRegex(ValidationError, "an LQ of 0.5"):
            sampling.limiting_quality = 0.5
        zero = self.make_plan(sampling=[{**isolated, "method": "zero_acceptance", "limiting_quality": 0.5}])
        with self.assertRaisesRegex(ValidationError, "an LQ of 0.5"):
            zero.sampling_ids.method = "isolated"

    def test_measure_without_limit_or_unit_is_refused(self):
        """REC-4: a measured characteristic has a limit and a unit, and the lower limit is not above the upper."""
        for vals in ({"uom_id": self.kg.id}, {"upper": 2}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self.make_plan(characteristics=[{"name": "Weight", "kind": "measure", **vals}])
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_plan(characteristics=[
                {"name": "Weight", "kind": "measure", "lower": 3, "upper": 2, "uom_id": self.kg.id}])

    def test_critical_class_rejects_on_its_own(self):
        """REC-4: each class has its own sampling; a critical fault rejects though the major class accepts."""
        plan = self.make_plan(
            characteristics=[{"name": "Surface", "kind": "check"},
                             {"name": "Insulation", "kind": "check", "defect_class": "critical"}],
            sampling=[{"defect_class": "major", "method": "aql", "aql": "1.0"},
                      {"defect_class": "critical", "method": "fixed", "fixed_size": 20}])
        inspection = self.inspect(self.receive(self.product, 500), plan)
        mine = self.start(inspection)
        lines = {line.name: line.id for line in mine.line_ids}
        mine.save_results({"revision": 0, "samples": [], "lines": [
            {"id": lines["Surface"], "defect_count": 0}, {"id": lines["Insulation"], "defect_count": 1}]})
        mine.action_conclude()
        self.assertEqual(inspection.verdict, "reject")
        self.assertEqual({sample.defect_class: sample.decision for sample in inspection.sample_ids},
                         {"major": "accept", "critical": "reject"})


@tagged("post_install", "-at_install")
class TestPlanChoice(QualityCommon):

    def test_most_specific_plan_is_chosen(self):
        """REC-4: variant before template before the nearest category before general; a named supplier before none."""
        parent = self.env["product.category"].create({"name": "Metal"})
        child = self.env["product.category"].create({"name": "Copper", "parent_id": parent.id})
        self.product.categ_id = child
        Plan = self.env["quality.inspection.plan"]

        def chosen(partner=None):
            return Plan._find_plans("incoming", self.product, partner=partner).get(self.product.id)

        self.assertFalse(chosen())
        expected = []
        for name, vals in (
                ("general", {}),
                ("category", {"category_ids": [Command.link(parent.id)]}),
                ("nearest category", {"category_ids": [Command.link(child.id)]}),
                ("template", {"product_tmpl_ids": [Command.link(self.product.product_tmpl_id.id)]}),
                ("variant", {"product_ids": [Command.link(self.product.id)]})):
            expected.append(self.make_plan(name=name, **vals))
            self.assertEqual(chosen().name, name)
        named = self.make_plan(name="supplier's", product_ids=[Command.link(self.product.id)],
                               partner_ids=[Command.link(self.supplier.id)])
        contact = self.env["res.partner"].create({"name": "Desk", "parent_id": self.supplier.id})
        self.assertEqual(chosen(contact), named)
        self.assertEqual(chosen(), expected[-1])
        expected[-1].active = False
        self.assertEqual(chosen(), expected[-2])

    def test_without_plans_nothing_is_asked(self):
        """REC-4: a company without plans pays no query for the question."""
        Plan = self.env["quality.inspection.plan"]
        products = self.product | self.lot_product
        Plan._find_plans("incoming", products)
        with self.assertQueryCount(0):
            self.assertEqual(Plan._find_plans("incoming", products), {})

    def test_choice_costs_the_same_for_many_products(self):
        """REC-4: finding the plans of a hundred products takes no more queries than of two."""
        category = self.env["product.category"].create({"name": "Metal"})
        self.make_plan(category_ids=[Command.link(category.id)])
        products = self.env["product.product"].create(
            [{"name": f"P{number}", "categ_id": category.id} for number in range(100)])
        Plan = self.env["quality.inspection.plan"]
        Plan._find_plans("incoming", self.product)
        self.env.flush_all()
        counts = []
        for some in (products[:2], products):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            Plan._find_plans("incoming", some)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_other_company_has_its_own_plans(self):
        """REC-4: a plan applies in its company only."""
        other = self.env["res.company"].create({"name": "Other"})
        plan = self.make_plan()
        self.assertEqual(self.env["quality.inspection.plan"]._find_plans(
            "incoming", self.product).get(self.product.id), plan)
        self.assertFalse(self.env["quality.inspection.plan"]._find_plans("incoming", self.product, company=other))

    def test_reviewer_sees_the_capability(self):
        """REV-3: who reviews an order for quality sees the product's plans, what they lack, and its qualified rate."""
        self.assertIn("No inspection plan", self.product.quality_capability)
        overdue = self.env["quality.instrument"].create({"name": "Caliper", "calibration_due": "2020-01-01"})
        plan = self.make_plan(name="Busbars", characteristics=[
            {"name": "Surface", "kind": "check", "instrument_id": overdue.id}])
        self.conclude(self.inspect(self.receive(self.product, 40), plan))
        self.product.invalidate_recordset(["quality_capability"])
        for words in ("Busbars", "Caliper", "100.0 %"):
            self.assertIn(words, self.product.quality_capability)
