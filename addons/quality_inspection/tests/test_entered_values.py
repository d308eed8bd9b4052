from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import QualityCommon

#: What no person means and no column holds; none of them may end in a traceback.
NO_NUMBERS = (1e308, 10 ** 400, float("inf"), float("nan"), "12", True, [1], {"a": 1})


@tagged("post_install", "-at_install")
class TestEnteredValues(QualityCommon):
    """What other programs send is a result, or it is refused by name: nothing is guessed, nothing is half saved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan(
            characteristics=[
                {"name": "Weight", "kind": "measure", "upper": 1.1, "uom_id": cls.kg.id},
                {"name": "Interlock", "kind": "check"}, {"name": "Flaws", "kind": "count"}],
            sampling=[{"defect_class": "major", "method": "whole"}], serial_wise=True)

    def setUp(self):
        super().setUp()
        self.mine = self.start(self.inspect(self.receive(self.product, 2), self.plan))
        self.weight, self.interlock, self.flaws = self.mine.line_ids

    def save(self, line=None, measurements=(), **entry):
        lines = [{"id": line.id, "measurements": list(measurements), **entry}] if line else []
        return self.mine.save_results({"revision": self.mine.revision, "lines": lines})

    def refused(self, pattern, *args, **entry):
        with self.assertRaisesRegex(UserError, pattern):
            self.save(*args, **entry)
        self.assertEqual((self.mine.revision, len(self.mine.line_ids.measurement_ids)), (0, 0))

    def test_pass_or_fail_is_said_not_guessed(self):
        """REC-4: "yes", 1, 0 or "fail" are no results of a check; true, false, ok and ng are."""
        for mark in ("yes", "no", "OK", "", 1, 0, 1.0, [], {"ok": True}):
            with self.subTest(mark=mark):
                self.refused("Interlock, unit 2: .* neither OK nor NG", self.interlock, [{"unit_no": 2, "ok": mark}])
        for mark, result in ((True, "ok"), ("ok", "ok"), (False, "ng"), ("ng", "ng")):
            self.save(self.interlock, [{"unit_no": 1, "ok": mark}])
            self.assertEqual(self.interlock.measurement_ids.ok, result)
        self.save(self.interlock, [{"unit_no": 1, "ok": None}])
        self.assertFalse(self.interlock.measurement_ids)

    def test_a_value_that_cannot_be_kept_is_refused(self):
        """REC-4: huge, infinite and other impossible values name their line and unit, in any unit of measure."""
        for value in NO_NUMBERS:
            with self.subTest(value=str(value)[:20]):
                self.refused("Weight, unit 1", self.weight, [{"unit_no": 1, "value": value}])
        tonne = self.env.ref("uom.product_uom_ton")
        self.refused("Weight, unit 1", self.weight, [{"unit_no": 1, "value": 9e8, "uom_id": tonne.id}])
        self.save(self.weight, [{"unit_no": 1, "value": 1e9}, {"unit_no": 2, "value": -0.000001}])
        self.assertAlmostEqual(self.weight.measurement_ids[0].value, 1e9, places=4)
        self.assertEqual(self.weight.measurement_ids[1].value, -0.000001)

    def test_a_count_that_cannot_be_kept_is_refused(self):
        """REC-4: a number of defects is whole and fits its column."""
        for count in (*NO_NUMBERS, 2 ** 31, -1, 0.5):
            with self.subTest(count=str(count)[:20]):
                self.refused("Flaws", self.flaws, defect_count=count)
        self.save(self.flaws, defect_count=2 ** 31 - 1)
        self.assertEqual(self.flaws.defect_count, 2 ** 31 - 1)

    def test_what_is_no_payload_is_refused(self):
        """REC-4: lists, ids, units and texts are what they must be."""
        for payload in (None, [], "x", {"revision": 0, "lines": "x"}, {"revision": 0, "lines": [1]},
                        {"revision": 0, "lines": [{"id": [1]}]}, {"revision": 10 ** 400},
                        {"revision": 0, "samples": [{"id": {}}]}, {"revision": 0, "samples": {"id": 1}}):
            with self.subTest(payload=str(payload)[:40]), self.assertRaises(UserError):
                self.mine.save_results(payload)
        for unit in (0, 3, 10 ** 400, True, "1", [1], None):
            self.refused("there is no unit", self.weight, [{"unit_no": unit, "value": 1}])
        for uom in ("kg", [1], 2 ** 40, self.env.ref("uom.product_uom_hour").id):
            self.refused("cannot be converted", self.weight, [{"unit_no": 1, "value": 1, "uom_id": uom}])
        self.refused("instrument", self.weight, instrument_id="caliper")
        self.refused("is no text", self.flaws, text_value={"a": 1})
        self.refused("is no text", self.weight, [{"unit_no": 1, "value": 1, "text": 5}])

    def test_other_doors_take_numbers_only(self):
        """REC-3, REC-2: the accepted quantity and the quantity of a split are numbers; findings are said."""
        waiting = self.inspect(self.receive(self.product, 5), self.plan).with_user(self.inspector)
        for value in NO_NUMBERS:
            with self.subTest(value=str(value)[:20]), self.assertRaises(UserError):
                waiting.action_split(value)
        self.fill(self.mine)
        for value in NO_NUMBERS:
            with self.subTest(value=str(value)[:20]), self.assertRaisesRegex(UserError, "no quantity"):
                self.mine.action_conclude(accepted=value)
        for found in ("no", 1, []):
            with self.subTest(found=found), self.assertRaisesRegex(UserError, "Wrong Model"):
                self.mine.action_conclude(findings={"finding_wrong_model": found})
        self.mine.action_conclude(findings={"finding_wrong_model": False})
        self.assertRecordValues(self.mine, [{"state": "done", "finding_wrong_model": False, "quantity_accepted": 2}])
