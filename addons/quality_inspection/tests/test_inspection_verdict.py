from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import QualityCommon


@tagged("post_install", "-at_install")
class TestInspectionVerdict(QualityCommon):

    def test_accepted_lot_goes_into_stock(self):
        """REC-3, REC-6: 500 by AQL 1.0 level II are sampled with 50, Ac 1; none found accepts the lot."""
        inspection = self.inspect(self.receive(self.product, 500), self.make_plan())
        self.assertRecordValues(inspection, [{"state": "pending", "quantity_open": 500, "quantity_held": 500}])
        self.conclude(inspection)
        self.assertRecordValues(inspection.sample_ids, [{
            "code_letter": "H", "sample_size": 50, "acceptance": 1, "rejection": 2, "decision": "accept"}])
        self.assertRecordValues(inspection, [{
            "state": "done", "verdict": "accept", "quantity_accepted": 500, "quantity_open": 0, "quantity_held": 0,
            "quantity_qualified": 500, "qualified_rate": 100.0}])
        self.assertEqual(self.quantity_in(self.stock, self.product), 500)
        self.assertEqual(self.quantity_in(self.hold, self.product), 0)

    def test_rejected_sample_rejects_the_whole_lot(self):
        """REC-4, REC-6, NCR-1: three of 50 reject 500; nothing is released and a report opens for all of them."""
        inspection = self.inspect(self.receive(self.product, 500), self.make_plan())
        self.conclude(inspection, defects=3)
        self.assertRecordValues(inspection, [{
            "verdict": "reject", "quantity_accepted": 0, "quantity_rejected": 500, "quantity_open": 500,
            "quantity_held": 500}])
        self.assertAlmostEqual(inspection.qualified_rate, 94.0)
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", inspection.id)])
        self.assertEqual(report.quantity, 500)
        self.assertEqual(self.quantity_in(self.stock, self.product), 0)

    def test_found_units_are_taken_out_of_an_accepted_lot(self):
        """REC-3, NCR-1: one of 50 accepts the lot; the unit is taken out and gets a report."""
        inspection = self.inspect(self.receive(self.product, 500), self.make_plan())
        self.conclude(inspection, defects=1)
        self.assertRecordValues(inspection, [{
            "verdict": "accept", "quantity_accepted": 499, "quantity_rejected": 1, "quantity_open": 1}])

    def test_found_units_may_be_left_in(self):
        """REC-3: the inspector may accept all of a lot that its sample accepts, but no more."""
        inspection = self.inspect(self.receive(self.product, 500), self.make_plan())
        mine = self.start(inspection)
        self.fill(mine, defects=1)
        with self.assertRaisesRegex(UserError, "499.* to 500"):
            mine.action_conclude(accepted=501)
        with self.assertRaisesRegex(UserError, "cannot be accepted"):
            mine.action_conclude(accepted=498)
        mine.action_conclude(accepted=500)
        self.assertEqual(inspection.quantity_accepted, 500)

    def test_whole_lot_is_separated(self):
        """REC-4: of a lot inspected 100 %, the good units go into stock and the bad ones stay held."""
        plan = self.make_plan(sampling=[{"defect_class": "major", "method": "whole"}])
        inspection = self.inspect(self.receive(self.product, 20), plan)
        self.conclude(inspection, defects=3)
        self.assertRecordValues(inspection, [{
            "verdict": "accept", "quantity_accepted": 17, "quantity_rejected": 3, "quantity_held": 3,
            "qualified_rate": 85.0}])

    def test_units_that_were_not_measured_may_be_bad_too(self):
        """REC-4, NCR-4: of a lot that is inspected whole, five are measured and two of these fail: how many of the
        others are bad, sorted out before, the inspector says."""
        plan = self.make_plan(
            characteristics=[{"name": "Insulation", "kind": "measure", "has_lower": True, "lower": 1000,
                              "uom_id": self.env.ref("uom.product_uom_unit").id, "measured_units": 5}],
            sampling=[{"defect_class": "major", "method": "whole"}])
        inspection = self.inspect(self.receive(self.product, 20), plan)
        mine = self.start(inspection)
        preview = self.fill(mine, values={"Insulation": {1: 900, 4: 950}})["preview"]
        self.assertEqual((preview["lowest"], preview["accepted"], preview["highest"]), (3, 18, 18))
        with self.assertRaisesRegex(UserError, "3 to 18"):
            mine.action_conclude(accepted=19)
        mine.action_conclude(accepted=12)
        self.assertRecordValues(inspection, [{"quantity_accepted": 12, "quantity_rejected": 8, "quantity_held": 8}])

    def test_serials_are_separated_by_name(self):
        """REC-3, REC-7: of three serial numbers, the bad one stays held, the others are free."""
        serials = self.make_lots(self.serial_product, "S1", "S2", "S3")
        plan = self.make_plan(sampling=[{"defect_class": "major", "method": "whole"}])
        inspection = self.inspect(self.receive(self.serial_product, 3, serials), plan)
        self.conclude(inspection, bad_units={2})
        self.assertEqual(inspection.held_lot_ids, serials[1])
        self.assertEqual(serials.mapped("quality_state"), ["released", "rejected", "released"])
        self.assertEqual(self.quantity_in(self.stock, self.serial_product), 2)

    def test_verdict_without_results_is_refused(self):
        """REC-3: a verdict without results is refused, and the missing results are named."""
        inspection = self.inspect(self.receive(self.product, 500), self.make_plan(characteristics=[
            {"name": "Surface", "kind": "check"}, {"name": "Marking", "kind": "text"}]))
        mine = self.start(inspection)
        with self.assertRaisesRegex(UserError, "Surface; Marking"):
            mine.action_conclude()
        self.assertEqual(inspection.state, "in_progress")

    def test_concluded_inspection_is_frozen(self):
        """REC-3: after the verdict nobody changes the results, through any door."""
        inspection = self.conclude(self.inspect(self.receive(self.product, 500), self.make_plan()))
        mine = inspection.with_user(self.inspector)
        with self.assertRaises(UserError):
            self.fill(mine)
        with self.assertRaises(UserError):
            mine.action_conclude()
        with self.assertRaises(UserError):
            mine.write({"note": "later"})
        for record, vals in ((inspection, {"verdict": "reject"}), (inspection, {"supplier_batch": "X"}),
                             (inspection.line_ids, {"defect_count": 1}), (inspection.sample_ids, {"acceptance": 9})):
            with self.subTest(record=record, vals=vals), self.assertRaises(UserError):
                record.sudo().write(vals)
        with self.assertRaises(UserError):
            inspection.sudo().unlink()

    def test_results_cannot_be_written_directly(self):
        """REC-3: results go through save_results only; even the inspector cannot write them by RPC."""
        inspection = self.inspect(self.receive(self.product, 500), self.make_plan())
        mine = self.start(inspection)
        for record, vals in ((mine, {"state": "done"}), (mine, {"verdict": "accept"}), (mine, {"quantity_open": 0}),
                             (mine.line_ids, {"defect_count": 0, "is_entered": True}),
                             (mine.sample_ids, {"acceptance": 99})):
            with self.subTest(record=record, vals=vals), self.assertRaises(AccessError):
                record.write(vals)
        with self.assertRaises(AccessError):
            mine.create({"product_id": self.product.id, "quantity": 1, "state": "done", "verdict": "accept"})

    def test_default_in_context_gives_no_verdict(self):
        """REC-7: a call's context cannot hand a verdict or a quantity to an inspection that the system makes."""
        move = self.receive(self.product, 5)
        inspection = self.env["quality.inspection"].with_context(
            default_verdict="accept", default_quantity_accepted=5)._create_batch([
                {"product_id": self.product.id, "quantity": 5, "state": "pending", "location_id": self.hold.id,
                 "move_id": move.id}])
        self.assertRecordValues(inspection, [{"verdict": False, "quantity_accepted": 0, "quantity_held": 5}])

    def test_lot_of_one_and_of_zero(self):
        """REC-4: one unit is inspected whole; of zero there is nothing to inspect, and the message says so."""
        plan = self.make_plan()
        one = self.inspect(self.receive(self.product, 1), plan)
        self.conclude(one)
        self.assertRecordValues(one.sample_ids, [{"sample_size": 1, "acceptance": 0, "whole": True}])
        self.assertEqual(one.quantity_accepted, 1)
        zero = self.env["quality.inspection"].create(
            {"product_id": self.product.id, "quantity": 0, "plan_id": plan.id})
        with self.assertRaisesRegex(UserError, "nothing to inspect"):
            zero.action_submit()

    def test_sample_larger_than_the_lot_means_the_whole_lot(self):
        """REC-4: where the sample is larger than the lot, every unit is inspected, and good and bad are separated."""
        plan = self.make_plan(sampling=[{"defect_class": "major", "method": "fixed", "fixed_size": 50}])
        inspection = self.conclude(self.inspect(self.receive(self.product, 8), plan), defects=1)
        self.assertRecordValues(inspection.sample_ids, [{"sample_size": 8, "whole": True}])
        self.assertRecordValues(inspection, [{"quantity_accepted": 7, "quantity_rejected": 1}])

    def test_plan_without_characteristics_says_what_to_do(self):
        """REC-4: receiving is not blocked by an empty plan; the inspection says what the plan lacks."""
        plan = self.make_plan(characteristics=[])
        inspection = self.inspect(self.receive(self.product, 5), plan)
        self.assertIn("no characteristics", inspection.plan_problem)
        with self.assertRaisesRegex(UserError, "add what is to be inspected"):
            inspection.with_user(self.inspector).action_start()

    def test_class_without_sampling_is_named(self):
        """REC-4: a class of characteristics that the plan does not sample is named."""
        plan = self.make_plan(characteristics=[{"name": "Insulation", "kind": "check", "defect_class": "critical"}])
        with self.assertRaisesRegex(UserError, "Critical"):
            plan._check_usable()

    def test_tolerance_in_another_unit(self):
        """REC-4: 0.9 to 1.1 kg: 1000 g passes, 900 g and 1100 g pass, 1 g fails, a metre is refused."""
        plan = self.make_plan(
            characteristics=[{"name": "Weight", "kind": "measure", "lower": 0.9, "upper": 1.1, "uom_id": self.kg.id}],
            sampling=[{"defect_class": "major", "method": "whole"}])
        mine = self.start(self.inspect(self.receive(self.product, 4), plan))
        data = mine.get_entry_data()
        line = data["lines"][0]
        saved = mine.save_results({"revision": data["revision"], "samples": [], "lines": [{
            "id": line["id"], "measurements": [
                {"unit_no": 1, "value": 1000, "uom_id": self.gram.id},
                {"unit_no": 2, "value": 1, "uom_id": self.gram.id},
                {"unit_no": 3, "value": 900, "uom_id": self.gram.id},
                {"unit_no": 4, "value": 1100, "uom_id": self.gram.id}]}]})
        self.assertEqual([one["ok"] for one in saved["lines"][0]["measurements"]], [True, False, True, True])
        with self.assertRaisesRegex(UserError, "Weight, unit 1"):
            mine.save_results({"revision": saved["revision"], "samples": [], "lines": [{
                "id": line["id"], "measurements": [
                    {"unit_no": 1, "value": 1, "uom_id": self.env.ref("uom.product_uom_meter").id}]}]})

    def test_bad_numbers_are_named(self):
        """REC-4: what cannot be a result is refused by line and unit, and nothing of the payload is saved."""
        plan = self.make_plan(
            characteristics=[
                {"name": "Weight", "kind": "measure", "upper": 1.1, "uom_id": self.kg.id},
                {"name": "Surface", "kind": "check"}],
            sampling=[{"defect_class": "major", "method": "whole"}])
        mine = self.start(self.inspect(self.receive(self.product, 2), plan))
        data = mine.get_entry_data()
        weight, surface = data["lines"][0]["id"], data["lines"][1]["id"]
        good = {"id": surface, "defect_count": 1, "measurements": []}
        for bad, message in (
                ([{"unit_no": 1, "value": "1,0"}], "Weight, unit 1"),
                ([{"unit_no": 2, "value": float("nan")}], "Weight, unit 2"),
                ([{"unit_no": 3, "value": 1.0}], "no unit 3"),
                ([{"unit_no": 1, "value": 1.0}, {"unit_no": 1, "value": 1.0}], "given twice")):
            with self.subTest(message=message), self.assertRaisesRegex(UserError, message):
                mine.save_results({"revision": data["revision"], "samples": [], "lines": [
                    good, {"id": weight, "measurements": bad}]})
        for count in (-1, 1.5, True, 3):
            with self.subTest(count=count), self.assertRaisesRegex(UserError, "Surface"):
                mine.save_results({"revision": data["revision"], "samples": [], "lines": [
                    {**good, "defect_count": count}]})
        self.assertEqual(mine.revision, 0)
        self.assertFalse(any(mine.line_ids.mapped("is_entered")))

    def test_stale_revision_is_refused(self):
        """REC-3: who loaded the results before another save cannot overwrite it."""
        mine = self.start(self.inspect(self.receive(self.product, 5), self.make_plan()))
        data = mine.get_entry_data()
        self.fill(mine)
        with self.assertRaisesRegex(UserError, "saved by"):
            mine.save_results({"revision": data["revision"], "lines": [], "samples": []})

    def test_second_inspector_is_told_of_the_first(self):
        """REC-3: an inspection belongs to who started it; the head may take it over."""
        inspection = self.inspect(self.receive(self.product, 5), self.make_plan())
        mine = self.start(inspection)
        other = inspection.with_user(self.inspector_2)
        for action in (other.action_start, lambda: self.fill(other), other.action_conclude, other.action_take_over):
            with self.assertRaises(UserError):
                action()
        with self.assertRaisesRegex(UserError, "done by q_inspector"):
            other.action_start()
        inspection.with_user(self.head).action_take_over()
        self.assertEqual(inspection.inspector_id, self.head)
        with self.assertRaises(UserError):
            self.fill(mine)

    def test_inspectors_count_must_be_possible(self):
        """REC-4: one unit may have both defects; the inspector's own count lies within what the lines allow."""
        plan = self.make_plan(characteristics=[
            {"name": "Surface", "kind": "check"}, {"name": "Marking", "kind": "check"}])
        mine = self.start(self.inspect(self.receive(self.product, 500), plan))
        data = self.fill(mine, defects=1)
        self.assertEqual(data["samples"][0]["nonconforming"], 2)
        self.assertEqual(data["preview"]["verdict"], "reject")
        sample = data["samples"][0]["id"]
        for count in (0, 3):
            with self.assertRaisesRegex(UserError, "1 to 2"):
                mine.save_results({"revision": data["revision"], "lines": [],
                                   "samples": [{"id": sample, "nonconforming": count}]})
        data = mine.save_results({"revision": data["revision"], "lines": [],
                                  "samples": [{"id": sample, "nonconforming": 1}]})
        self.assertEqual(data["preview"]["verdict"], "accept")

    def test_overdue_instrument_is_refused(self):
        """REC-4: results with an instrument whose calibration is overdue are refused; another one may be chosen."""
        overdue, good = self.env["quality.instrument"].create([
            {"name": "Caliper", "calibration_due": "2020-01-01"}, {"name": "Scale", "calibration_due": "2099-01-01"}])
        plan = self.make_plan(characteristics=[{
            "name": "Weight", "kind": "measure", "upper": 1.1, "uom_id": self.kg.id, "instrument_id": overdue.id}],
            sampling=[{"defect_class": "major", "method": "fixed", "fixed_size": 1}])
        mine = self.start(self.inspect(self.receive(self.product, 5), plan))
        line = mine.line_ids.id
        entry = {"id": line, "measurements": [{"unit_no": 1, "value": 1.0}]}
        with self.assertRaisesRegex(UserError, "Caliper"):
            mine.save_results({"revision": 0, "samples": [], "lines": [entry]})
        data = mine.save_results({"revision": 0, "samples": [], "lines": [{**entry, "instrument_id": good.id}]})
        self.assertEqual(data["lines"][0]["result"], "ok")

    def test_photo_belongs_to_the_inspector(self):
        """REC-4: a photo result is complete with its photo, which only the inspector adds and removes."""
        plan = self.make_plan(characteristics=[{"name": "Nameplate", "kind": "photo"}])
        inspection = self.inspect(self.receive(self.product, 5), plan)
        mine = self.start(inspection)
        line = mine.line_ids.id
        photos = mine.add_photo(line, "plate.png", "iVBORw0KGgo=")
        self.assertEqual(mine.line_ids.result, "ok")
        with self.assertRaises(UserError):
            inspection.with_user(self.inspector_2).add_photo(line, "x.png", "iVBORw0KGgo=")
        mine.remove_photo(line, photos[0]["id"])
        self.assertEqual(mine.line_ids.result, "pending")

    def test_photo_is_sealed_by_the_verdict(self):
        """REC-3: photos of a concluded inspection are neither replaced nor deleted, by their own door either."""
        inspection = self.inspect(self.receive(self.product, 5), self.make_plan(
            characteristics=[{"name": "Nameplate", "kind": "photo"}]))
        mine = self.start(inspection)
        mine.add_photo(mine.line_ids.id, "plate.png", "iVBORw0KGgo=")
        mine.action_conclude()
        photo = inspection.line_ids.attachment_ids
        with self.assertRaises(UserError):
            photo.with_user(self.inspector).write({"datas": "QQ=="})
        with self.assertRaises(UserError):
            photo.with_user(self.head).unlink()
        with self.assertRaises(UserError):
            mine.add_photo(mine.line_ids.id, "late.png", "iVBORw0KGgo=")

    def test_assigned_inspection_waits_for_its_inspector(self):
        """REC-3: the head assigns an inspection; another inspector does not start it."""
        inspection = self.inspect(self.receive(self.product, 5), self.make_plan())
        with self.assertRaises(UserError):
            inspection.with_user(self.inspector).action_assign_inspector(self.inspector.id)
        with self.assertRaises(UserError):
            inspection.with_user(self.head).action_assign_inspector(self.storekeeper.id)
        inspection.with_user(self.head).action_assign_inspector(self.inspector_2.id)
        with self.assertRaises(UserError):
            inspection.with_user(self.inspector).action_start()
        inspection.with_user(self.inspector_2).action_start()
        self.assertEqual(inspection.state, "in_progress")
