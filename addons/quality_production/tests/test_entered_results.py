from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ProductionCommon


@tagged("post_install", "-at_install")
class TestEnteredResults(ProductionCommon):
    """What is signed is what was said: no word but "ok" is good, none but "ng" is bad."""

    def test_self_check_is_ok_or_not_ok(self):
        """FQC-1: another word than ok and ng, or a value that is no number, signs nothing."""
        card = self.make_order().process_card_id
        self.check_received(card)
        line = card.line_ids[0]
        for result in ("yes", True, 1, "OK", None):
            with self.subTest(result=result), self.assertRaisesRegex(UserError, "OK or not OK"):
                self.sign(line, result=result)
        for torque in (10 ** 400, 1e308, "22", True, float("nan")):
            with self.subTest(torque=str(torque)[:20]), self.assertRaisesRegex(UserError, "not answered: Torque"):
                self.sign(line, torque=torque)
        for answers in ({line.point_ids[0].id: True}, {line.point_ids[0].id: {"result": True}}):
            with self.subTest(answers=answers), self.assertRaisesRegex(UserError, "not answered"):
                line.with_user(self.operator).action_self_check(answers=answers)
        self.assertFalse(card.signature_ids.filtered(lambda one: one.kind == "self_check"))
        self.sign(line)
        self.assertEqual(line.state, "done")

    def test_reinspection_of_a_defect_is_ok_or_not_ok(self):
        """FQC-5: "no" does not close a defect record."""
        self.make_final_plan()
        order = self.make_order()
        self.produce(order)
        inspection = self.start(order.quality_inspection_ids)
        record = inspection.action_record_defect("Door scratched")
        record.with_user(self.leader).action_correct("Polished")
        for result in ("no", "bad", False, 0, None):
            with self.subTest(result=result), self.assertRaisesRegex(UserError, "OK or not OK"):
                record.with_user(self.inspector).action_reinspect(result)
        self.assertEqual(record.state, "corrected")

    def test_quantities_are_numbers(self):
        """MAT-10, NCR-1, FQC-6: a missing part, a defect and an operation's time are numbers that can be kept."""
        card = self.make_order().process_card_id.with_user(self.operator)
        for value in (10 ** 400, float("nan"), "2", True):
            with self.subTest(value=str(value)[:20]):
                with self.assertRaisesRegex(UserError, "no quantity"):
                    card.action_report_missing(self.product.id, value)
                with self.assertRaisesRegex(UserError, "no quantity"):
                    card.action_report_defect("Bent", quantity=value)
                with self.assertRaisesRegex(UserError, "no working time"):
                    card.line_ids[0].action_report_time("Fixture", minutes=value)
