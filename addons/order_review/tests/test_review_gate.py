from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewGate(ReviewCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cleared = cls._reviewed()

    def _assert_held(self, order, action=None, message="cannot be confirmed"):
        with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
            (action or order.action_confirm)()
        self.assertNotEqual(order.state, "sale")

    def test_unreviewed_order_is_held(self):
        """REV-11: not reviewed, not confirmed: by button, by write, by nobody."""
        order = self._order()
        self._assert_held(order, message="not reviewed yet")
        self._assert_held(order, lambda: order.write({"state": "sale"}))
        self._assert_held(order.sudo())
        self._assert_held(order.with_user(self.sales).with_context(force_confirm=True, skip_review=True))

    def test_order_created_as_confirmed_is_held(self):
        """REV-11: an order cannot be created, or imported, as confirmed."""
        values = {"partner_id": self.partner.id, "state": "sale", "order_line": [
            Command.create({"product_id": self.product.id})]}
        with self.assertRaisesRegex(UserError, "not reviewed yet"), self.env.cr.savepoint():
            self.env["sale.order"].create(values)
        values.pop("state")
        with self.assertRaisesRegex(UserError, "not reviewed yet"), self.env.cr.savepoint():
            self.env["sale.order"].with_context(default_state="sale").create(values)
        result = self.env["sale.order"].load(
            ["partner_id/.id", "state"], [[str(self.partner.id), "Sales Order"]])
        self.assertFalse(result["ids"])
        self.assertIn("not reviewed yet", result["messages"][0]["message"])

    def test_order_in_review_is_held(self):
        """REV-11: in review, waiting for approval, for the customer, returned, declined: held."""
        order = self._order()
        review = self._submit(order)
        self._assert_held(order, message="not concluded")
        self._agree(review)
        self._assert_held(order, message="not concluded")
        self._conclude(review, "return", note="Date missing")
        self._assert_held(order, message="not passed")
        review = self._submit(order)
        self._agree(review)
        self._conclude(review, "conditional", conditions=[{"name": "Other scheme", "kind": "technical"}])
        self._assert_held(order, message="customer has not accepted")
        declined = self._reviewed(conclusion="decline")
        self._assert_held(declined, message="decline")

    def test_confirmation_that_changes_the_order_is_held(self):
        """REV-11: one call that confirms and changes the order meets the gate with what it changed."""
        order = self.cleared
        # (sale_stock itself fails when lines are among the values, hence fields of the order.)
        for values in ({"technical_requirements": "IP54"}, {"has_penalty_clause": True}, {"commitment_date": False}):
            self._assert_held(order, lambda values=values: order.write({"state": "sale", **values}), "has changed")
        self.assertEqual(order.technical_requirements, "IP4X")
        order.write({"state": "sale", "client_order_ref": "PO 17"})
        self.assertEqual(order.state, "sale")

    def test_cancelled_and_reopened_order_keeps_a_valid_review(self):
        """REV-11: set back to quotation, the order is cleared only if it still is what was reviewed."""
        order = self.cleared
        order.action_cancel()
        order.action_draft()
        self.assertEqual(order.review_stage, "cleared")
        order.action_cancel()
        order.order_line.price_unit = 1.0
        order.action_draft()
        self._assert_held(order, message="has changed")

    def test_one_held_order_holds_the_batch(self):
        """REV-11: confirming several orders at once meets the gate for each."""
        cleared, held = self._reviewed(), self._order()
        with self.assertRaisesRegex(UserError, held.name), self.env.cr.savepoint():
            (cleared | held).action_confirm()
        self.assertNotEqual(cleared.state, "sale")

    def test_policy_none_opens_the_gate(self):
        """REV-11: a company may do without reviews; a review once begun counts all the same."""
        self.company.order_review_policy = "none"
        order = self._order()
        self.assertFalse(order.review_needed)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self._assert_held(self._reviewed(conclusion="return"), message="not passed")

    def test_policy_non_regular(self):
        """REV-11, INT-5: a company may review its non-regular orders only."""
        self.company.order_review_policy = "non_regular"
        regular, special = self._order(), self._order(self.special)
        regular.action_confirm()
        self.assertEqual(regular.state, "sale")
        self._assert_held(special, message="not reviewed yet")

    def test_signature_and_payment_wait_for_the_review(self):
        """REV-11: the portal asks for neither signature nor payment before the review is through."""
        order = self._order(require_signature=True, require_payment=True)
        order.state = "sent"
        self.assertFalse(order._has_to_be_signed())
        self.assertFalse(order._has_to_be_paid())
        self._agree(self._submit(order))
        self._conclude(order.review_id, "accept")
        self.assertTrue(order._has_to_be_signed())
        self.assertTrue(order._has_to_be_paid())

    def test_gate_fields_are_closed_to_users(self):
        """REV-11: the fields that open the gate are written by the review's actions only."""
        order = self._order().with_user(self.sales)
        for vals in ({"review_id": self.cleared.review_id.id}, {"review_stage": "cleared"},
                     {"review_digest": order.sudo()._review_digest()},
                     {"review_override_digest": order.sudo()._review_digest()},
                     {"contract_signed_on": "2026-01-01"}, {"contract_effective": True}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                order.write(vals)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.env["sale.order"].with_user(self.sales).create({"partner_id": self.partner.id, **vals})

    def test_review_of_another_order_does_not_help(self):
        """REV-11: a copy of a cleared order begins unreviewed."""
        copy = self.cleared.copy()
        self.assertRecordValues(copy, [{"review_id": False, "review_stage": "none", "review_digest": False}])
        self._assert_held(copy)

    def test_override_needs_the_right_and_a_reason(self):
        """REV-11: only its own group may release without review, only with a reason."""
        order = self._order()
        with self.assertRaises(AccessError):
            order.with_user(self.desk)._override_review("Urgent")
        boss = self._user("boss", "sales_team.group_sale_manager,order_review.group_order_review_override")
        with self.assertRaisesRegex(UserError, "reason"):
            order.with_user(boss)._override_review("  ")
        self.env["order.review.override"].with_user(boss).create(
            {"order_id": order.id, "reason": "Urgent"}).action_confirm()
        self.assertRecordValues(order, [{
            "review_stage": "overridden", "review_override_by": boss.id, "review_override_reason": "Urgent"}])
        self.assertTrue(order.review_override_on)
        self.assertIn("Urgent", order.message_ids[0].body)
        log = self.env["order.review.override.log"].search([("order_id", "=", order.id)])
        other = self._user("other", "sales_team.group_sale_salesman")
        order.user_id = boss
        self.env.invalidate_all()
        self.assertFalse(order.with_user(other).has_access("read"))
        self.assertEqual(log.with_user(other).display_name, order.display_name, "no error page")
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_override_covers_what_it_released(self):
        """REV-11: a change after the release closes the gate again; so does a later conclusion."""
        boss = self._user("boss", "sales_team.group_sale_manager,order_review.group_order_review_override")
        order = self._order()
        order.with_user(boss)._override_review("Urgent")
        order.order_line.price_unit = 1.0
        self._assert_held(order)
        order.with_user(boss)._override_review("Urgent, new price")
        review = self._submit(order)
        self._agree(review)
        self._conclude(review, "return", note="Not feasible")
        self._assert_held(order, message="not passed")
        self.assertEqual(order.review_override_reason, "Urgent, new price", "still on record")

    def test_cancelled_order_ends_its_review(self):
        """REV-11: cancelling the order cancels the running round; a cancelled order is not reviewed."""
        order = self._order()
        review = self._submit(order)
        order.action_cancel()
        self.assertEqual(review.state, "cancelled")
        self.assertFalse(review.line_ids.activity_ids)
        with self.assertRaisesRegex(UserError, "is cancelled"):
            self._submit(order)
        order.action_draft()
        self._assert_held(order)

    def test_order_without_lines_is_not_reviewed(self):
        """REV-11: an order without product lines cannot be sent to review."""
        order = self._order(order_line=[Command.create({"display_type": "line_note", "name": "Nothing"})])
        with self.assertRaisesRegex(UserError, "no product lines"):
            self._submit(order)
