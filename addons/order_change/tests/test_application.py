from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.order_change_effect import TRIAL
from .common import OrderChangeCommon


@tagged("-at_install", "post_install")
class TestApplication(OrderChangeCommon):

    def test_minor_change_goes_its_way(self):
        """CHG-2, CHG-8: less of the same is minor: approved, applied, the order still cleared and its contract in
        effect, and what was agreed as the price stays."""
        self.row.price_unit = 90.0
        self.order.with_user(self.desk).action_request_review()
        self._agree_all(self.order.review_id)
        self._conclude(self.order.review_id, "accept", note="Decided.")
        self.order._bind_contract()
        change = self._change(self._quantity(8))
        change.action_assess()
        self.assertEqual((change.level, change.next_step), ("minor", "approve"))
        self._approve(change)
        self.assertRecordValues(change, [{"state": "applied", "revision": 1, "approved_by": self.general_manager.id}])
        self.assertEqual((self.row.product_uom_qty, self.row.price_unit), (8.0, 90.0))
        self.assertEqual(self.order.review_stage, "cleared")
        self.assertTrue(self.order.contract_effective)
        self.assertEqual(self.order.change_revision, 1)

    def test_everything_of_a_structural_change_is_applied_at_once(self):
        """CHG-4, CHG-8: two more, another breaker, a later date, another text: reviewed, signed, applied; the review of
        the change is the one that the order rests on."""
        date = self._date(10)
        change = self._applied(self._quantity(12), self._new(2, 500.0), date, self._text())
        self.assertEqual((change.level, change.state), ("structural", "applied"))
        self.assertEqual(self.row.product_uom_qty, 12)
        added = self.order.order_line - self.row
        self.assertRecordValues(added, [
            {"product_id": self.breaker.id, "product_uom_qty": 2, "price_unit": 500.0}])
        self.assertEqual(self.order._get_requested_date(), date["date"])
        self.assertEqual(self.order.technical_requirements, "IP54")
        self.assertEqual((self.order.review_id, self.order.review_stage), (change.review_id, "cleared"))
        self.assertTrue(self.order.contract_effective)
        self.assertEqual(change.amount_supplement, self.order.amount_total - 1000)

    def test_nothing_is_left_half_applied(self):
        """CHG-8: a part that fails takes back the whole, and is named."""
        change = self._change(self._quantity(8), self._text())
        change.action_assess()

        def refuse(lines, order):
            words = "The text is carved in stone."
            raise UserError(words)
        self.patch(type(change.line_ids), "_apply_text", refuse)
        with self.assertRaisesRegex(UserError, "Specification.*nothing was changed.*carved in stone"), \
                self.cr.savepoint():
            self._approve(change)
        self.env.invalidate_all()
        self.assertEqual(self.row.product_uom_qty, 10)
        self.assertEqual(change.state, "assessed")
        self.assertFalse(change.approved_by)

    def test_second_change_of_the_same_line_is_assessed_again(self):
        """CHG-8: of two changes of one line the second finds that the order says otherwise."""
        first, second = self._change(self._quantity(8)), self._change(self._quantity(6))
        (first | second).action_assess()
        self._approve(first)
        with self.assertRaisesRegex(UserError, "has been changed.*Quantity"):
            self._approve(second)
        second.action_reopen()
        second.action_assess()
        self.assertEqual(second.line_ids.quantity_before, 8)
        self._approve(second)
        self.assertEqual(self.row.product_uom_qty, 6)
        self.assertEqual((first.revision, second.revision), (1, 2))
        self.assertEqual(self.order.review_stage, "cleared")

    def test_order_changed_behind_the_review(self):
        """CHG-8, REV-11: what was reviewed is what is applied."""
        change = self._change(self._date(10))
        change.action_assess()
        self._pass_review(change)
        self._sign(change)
        self.order.packing_requirements = "Sea freight"
        with self.assertRaisesRegex(UserError, "not what was reviewed"):
            self._approve(change)

    def test_order_not_cleared_is_not_cleared_by_a_minor_change(self):
        """CHG-2, REV-11: a change passes no review by the back door."""
        self.order.packing_requirements = "Sea freight"
        self.assertEqual(self.order.review_stage, "outdated")
        self._applied(self._quantity(8))
        self.assertEqual(self.order.review_stage, "outdated")

    def test_change_outside_the_notice_shows(self):
        """CHG-8, REV-11: after a change the order is cleared as the change left it, and not otherwise; what differs is
        said against that."""
        self._applied(self._quantity(8))
        self.order.packing_requirements = "Sea freight"
        self.assertEqual(self.order.review_stage, "outdated")
        self.assertNotIn("Quantity", self.order.review_change_summary)
        self.order.packing_requirements = False
        self.assertEqual(self.order.review_stage, "cleared")

    def test_product_is_replaced(self):
        """CHG-8: another product with its price; where deliveries wait for the old one its line falls to zero, a new
        one takes over."""
        change = self._applied({"kind": "product", "order_line_id": self.row.id, "product_id": self.breaker.id})
        self.assertRecordValues(self.order.order_line.filtered("product_uom_qty"), [
            {"product_id": self.breaker.id, "product_uom_qty": 10, "price_unit": 100.0}])
        self.assertEqual(change.line_ids.product_before_id, self.product)

    def test_later_day_of_the_review_is_applied(self):
        """CHG-3, CHG-7: the departments promise a later day than asked: the customer signs that day, it is applied."""
        change = self._change(self._quantity(12))
        change.action_assess()
        change.with_user(self.desk).action_request_review()
        review = change.review_id
        later = self.order._get_requested_date() + timedelta(days=7)
        for line in review.line_ids:
            line.check_ids.sudo().result = "ok"
        review.line_ids[0].earliest_date = later
        self._agree_all(review)
        self._conclude(review, "conditional", note="Later.")
        self.assertEqual(review.stage, "cleared")
        self.assertEqual((change.delay_days, change.next_step), (7, "customer"))
        self._sign(change)
        self._approve(change)
        self.assertEqual(self.order._get_requested_date(), later)
        self.assertEqual(self.order.review_stage, "cleared")

    def test_released_order_stays_released(self):
        """CHG-2, REV-11: an order released without review is as it was after a minor change."""
        self.order.packing_requirements = "Sea freight"
        self.order.sudo().review_override_digest = self.order._review_digest()
        self.assertEqual(self.order.review_stage, "overridden")
        self._applied(self._quantity(8))
        self.assertEqual(self.order.review_stage, "overridden")

    def test_instruction_is_issued_anew(self):
        """CHG-7, INS-1: where the plan is touched the instruction is replaced; acknowledged with the change, once."""
        old = self._instruct()
        change = self._applied(self._quantity(12))
        self.assertEqual(old.state, "cancelled")
        fresh = change.instruction_id
        self.assertEqual((fresh.state, fresh.line_ids.quantity), ("issued", 12))
        self.assertIn(change.name, fresh.note)
        row = change.acknowledgement_ids.filtered(lambda row: row.department_id == self.departments["production"])
        row.with_user(self.reviewers["production"]).action_acknowledge()
        asked = fresh.acknowledgement_ids.filtered(lambda row: row.department_id == self.departments["production"])
        self.assertTrue(asked.acknowledged_on)

    def test_minor_change_keeps_the_instruction(self):
        """CHG-2: the plan is not affected: the instruction stands, with a note of the change."""
        old = self._instruct()
        change = self._applied(self._quantity(8))
        self.assertEqual(old.state, "issued")
        self.assertTrue(old.message_ids.filtered(lambda message: change.name in message.body))

    def test_context_of_a_client_changes_nothing(self):
        """CHG-8, REV-11: who approves by RPC with the context of a trial applies it as everybody does."""
        change = self._change(self._quantity(12))
        change.action_assess()
        self._pass_review(change)
        if change.next_step == "customer":
            self._sign(change)
        change.with_user(self.general_manager).with_context(**TRIAL).action_approve()
        self.assertEqual(self.row.product_uom_qty, 12)
        if "move_ids" in self.row._fields:
            self.assertEqual(sum(self.row.move_ids.mapped("product_uom_qty")), 12)
        self.assertTrue(change.message_ids.filtered(lambda message: "approved and applied" in (message.body or "")))

    def test_change_of_a_change(self):
        """CHG-8: an applied change stands as it was; the next one begins where it ended."""
        first = self._applied(self._quantity(8))
        action = first.with_user(self.desk).action_draw_up_anew()
        second = self.env["order.change"].browse(action["res_id"])
        self.assertEqual((second.previous_id, second.state, first.state), (first, "draft", "applied"))
        self.assertEqual(second.line_ids.quantity_before, 8)
        second.line_ids.with_user(self.desk).quantity = 7
        self._attach(second)
        second.with_user(self.desk).action_assess()
        self._approve(second)
        self.assertEqual((self.row.product_uom_qty, self.order.change_revision), (7, 2))
        self.assertEqual(first.line_ids.quantity_after, 8)

    def test_before_and_after_stay_readable(self):
        """CHG-8: years later the notice still shows both sides, whatever the order became."""
        change = self._applied(self._quantity(8))
        self._applied(self._quantity(5))
        self.assertEqual(
            [change.content_before["lines"][0]["quantity"], change.content_after["lines"][0]["quantity"]], [10, 8])
        self.assertIn("table-warning", change.with_user(self.desk).comparison)

    def _instruct(self):
        action = self.order.with_user(self.desk).action_issue_instruction()
        instruction = self.env["production.instruction"].browse(action["res_id"])
        instruction.with_user(self.desk).action_issue()
        return instruction

    def test_later_change_keeps_the_day_of_another_one(self):
        """CHG-8: a change that says nothing of the day leaves the day that another change has moved meanwhile."""
        less = self._change(self._quantity(8))
        less.action_assess()
        later = self._date(10)
        self._applied(later)
        self.assertEqual(self.order._get_requested_date(), later["date"])
        self._approve(less)
        self.assertEqual((less.state, self.row.product_uom_qty), ("applied", 8))
        self.assertEqual(self.order._get_requested_date(), later["date"])

    def test_price_of_more_digits_than_money(self):
        """CHG-8: a unit price may have more digits than the currency: a tenth of a cent is a change."""
        self.env.ref("product.decimal_price").digits = 4
        change = self._change(self._price(100.004))
        change.action_assess()
        self.assertEqual(change.state, "assessed")
        with self.assertRaisesRegex(UserError, "that is the price already"):
            self._change(self._price(100.00001)).action_assess()

    def test_returned_by_the_review_and_made_smaller(self):
        """CHG-2, CHG-3, REV-7: what the review did not pass may become a minor change, which needs no review."""
        change = self._change(self._quantity(12))
        change.action_assess()
        change.with_user(self.desk).action_request_review()
        self._agree_all(change.review_id)
        self._conclude(change.review_id, "return", note="Too many.")
        self.assertEqual(change.state, "draft")
        former = self.order.review_id
        change.line_ids.quantity = 8
        change.action_assess()
        self.assertEqual((change.level, change.next_step), ("minor", "approve"))
        self._approve(change)
        self.assertEqual((change.state, self.row.product_uom_qty), ("applied", 8))
        self.assertEqual((self.order.review_id, self.order.review_stage), (former, "cleared"))
