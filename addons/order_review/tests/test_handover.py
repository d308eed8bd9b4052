from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import ReviewCommon

SEND, INTAKE = "order_review.mail_activity_type_send", "order_review.mail_activity_type_intake"


@tagged("post_install", "-at_install")
class TestHandover(ReviewCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sale.order"].search([("state", "in", ("draft", "sent"))])._action_cancel()  # of other addons' data

    def _settled(self, order):
        """What the end of the transaction brings about."""
        self.env.cr.flush()
        return order

    def _assert_asked(self, order, desk=0, sales=0):
        self._settled(order)
        asked = {kind: order.activity_search([kind], only_automated=False).user_id for kind in (SEND, INTAKE)}
        self.assertEqual(asked[SEND], self.desk if desk else self.env["res.users"])
        self.assertEqual(asked[INTAKE], self.sales if sales else self.env["res.users"])

    def test_confirmed_requirements_hand_the_order_over(self):
        """INT-2, INT-3: the step that completes the intake hands over: the desk has one to-do and a clock of 4 h."""
        order = self._order(ready=False)
        self.assertEqual(order.intake_state, "incomplete")
        with freeze_time("2026-06-01 01:00:00"):
            self._confirm_requirements(order.with_user(self.sales))
            self._assert_asked(order, desk=1)
        self.assertEqual(order.intake_state, "ready")
        self.assertEqual(len(order.sla_clock_ids), 1)
        self.assertEqual(order.sla_clock_ids.policy_id, self.env.ref("order_review.sla_policy_send"))
        self.assertEqual(order.sla_clock_ids.user_id, self.desk)

    def test_early_confirmation_is_ready_when_the_rest_is_there(self):
        """INT-2: what is confirmed while something is missing is ready as soon as it is complete, without a click."""
        order = self._order(ready=False, medium_id=False)
        self._confirm_requirements(order)
        self._assert_asked(order)
        self.assertEqual(order.intake_state, "incomplete")
        order.with_user(self.sales).medium_id = self.medium
        self._assert_asked(order, desk=1)
        self.assertEqual(order.intake_state, "ready")

    def test_salesperson_hands_over(self):
        """INT-2: a complete order that was confirmed otherwise is handed over with a button; an incomplete one not."""
        order = self._order(ready=False)
        self._document(order, "confirmation", "Requirements")
        order.requirement_confirmed_by = "Mr. Wang"
        mine = order.with_user(self.sales)
        with self.assertRaisesRegex(UserError, "Date of the requirement confirmation"):
            mine.action_hand_over()
        order.requirement_confirmed_on = "2026-06-01"
        self.assertEqual(mine.intake_state, "complete")
        self._assert_asked(order)
        mine.action_hand_over()
        self._assert_asked(order, desk=1)
        self.assertTrue(order.is_ready_to_send)

    def test_sending_ends_todo_and_clock(self):
        """INT-2, REV-2: sending the order meets the clock and closes the to-do, which stays as done."""
        order = self._settled(self._order())
        todo, clock = order.activity_search([SEND]), order.sla_clock_ids
        self._submit(order)
        self._assert_asked(order)
        self.assertFalse(todo.active)
        self.assertTrue(todo.date_done)
        self.assertEqual(clock.state, "met")
        self.assertFalse(order.intake_state)
        self.assertFalse(order.handed_over_on)

    def test_cancelled_order_asks_nobody(self):
        """INT-2: cancelling the order ends what the desk was asked."""
        order = self._settled(self._order())
        clock = order.sla_clock_ids
        order._action_cancel()
        self._assert_asked(order)
        self.assertEqual(clock.state, "cancelled")
        order.action_draft()
        self.assertEqual(self._settled(order).intake_state, "complete")

    def test_cancelled_round_is_ready_to_send_again(self):
        """INT-2, REV-7: the desk that cancels a round has the order on its table again."""
        order = self._order()
        self._submit(order).with_user(self.desk).action_cancel()
        self._assert_asked(order, desk=1)
        self.assertEqual(order.intake_state, "ready")

    def test_change_that_leaves_it_incomplete_goes_back(self):
        """INT-2: an order that is incomplete again goes back to sales, who reads what is missing, and comes back."""
        order = self._settled(self._order())
        clock = order.sla_clock_ids
        order.with_user(self.sales).commitment_date = False
        self._assert_asked(order, sales=1)
        self.assertEqual(order.intake_state, "incomplete")
        self.assertIn("Delivery date", order.activity_search([INTAKE]).note)
        self.assertIn("Delivery date", "".join(self.env["mail.message"].search([
            ("model", "=", order._name), ("res_id", "=", order.id)]).mapped("body")))
        self.assertEqual(clock.state, "cancelled")
        order.with_user(self.sales).commitment_date = "2030-01-01"
        self._assert_asked(order, desk=1)

    def test_change_of_a_line_or_document_counts(self):
        """INT-2: the hand-over follows what is written on a line alone, and a document that is superseded."""
        order = self._settled(self._order())
        order.order_line.product_uom_qty = 0
        self._assert_asked(order, sales=1)
        order.order_line.product_uom_qty = 1
        self._assert_asked(order, desk=1)
        order.order_document_ids.state = "superseded"
        self._assert_asked(order, sales=1)

    def test_change_of_the_checklist_counts(self):
        """INT-2: a check that is added asks for more of what was handed over, and follows its own field."""
        order = self._settled(self._order())
        check = self.env["order.intake.check"].create({
            "name": "Customer reference",
            "field_id": self.env.ref("sale.field_sale_order__client_order_ref").id})
        self._assert_asked(order, sales=1)
        order.client_order_ref = "PO 7"
        self._assert_asked(order, desk=1)
        check.write({"kind": "line", "name": "Surcharge",
                     "line_field_id": self.env.ref("order_review.field_sale_order_line__surcharge_rule_ids").id})
        self._assert_asked(order, sales=1)
        order.order_line.surcharge_rule_ids = self.env["order.surcharge.rule"].create({
            "name": "Plateau", "kind": "percent", "value": 5, "product_id": self.product.id})
        self._assert_asked(order, desk=1)
        order.client_order_ref = False
        check.unlink()
        self._assert_asked(order, desk=1)

    def test_desk_hands_back_with_a_reason(self):
        """INT-2, REV-7: the desk hands back with a reason; sales corrects and hands over again."""
        order = self._settled(self._order())
        desk = order.with_user(self.desk)
        with self.assertRaises(UserError):
            self._hand_back(desk, ".")
        self._hand_back(desk, "The drawing is that of another plant.")
        self._assert_asked(order, sales=1)
        self.assertEqual(order.intake_state, "complete")
        self.assertEqual(order.handback_reason, "The drawing is that of another plant.")
        order.with_user(self.sales).action_hand_over()
        self._assert_asked(order, desk=1)
        self.assertFalse(order.handback_reason)

    def test_sales_cannot_hand_back(self):
        """INT-2: handing back is the desk's; sales writes none of the fields of the hand-over."""
        order = self._settled(self._order())
        with self.assertRaises(AccessError):
            order.with_user(self.sales)._hand_back("The drawing is wrong.")
        with self.assertRaises(AccessError):
            order.with_user(self.sales).handed_over_on = False

    def _hand_back(self, order, reason):
        self.env["order.review.handback"].with_user(self.desk).create({
            "order_id": order.id, "reason": reason}).action_confirm()

    def test_desk_sends_what_was_handed_back(self):
        """INT-2: the desk may send a complete order without waiting for sales; what sales was asked is done then."""
        order = self._settled(self._order())
        self._hand_back(order, "Is the date right?")
        self._submit(order)
        self._assert_asked(order)

    def test_order_that_needs_no_review_is_not_handed_over(self):
        """INT-2, REV-11: where the policy asks for no review there is nothing to hand over, and nothing incomplete."""
        self.company.order_review_policy = "none"
        order = self._settled(self._order(ready=False))
        self.assertFalse(order.intake_state)
        self.assertNotIn(order, self._found("incomplete") | self._found("complete"))
        with self.assertRaises(UserError):
            self._confirm_requirements(order)
            order.action_hand_over()

    def _found(self, *states):
        return self.env["sale.order"].search([("intake_state", "in", states)])

    def test_lists_tell_complete_from_incomplete(self):
        """INT-2: incomplete, complete and ready orders are found by themselves; regular and non-regular ones."""
        incomplete = self._order(ready=False) | self._order(self.special, project_name=False)
        incomplete |= self._order(medium_id=False)
        complete = self._order()
        self._hand_back(complete, "Is the date right?")
        ready, sent = self._order(), self._order()
        self._submit(sent)
        self._settled(ready)
        self.assertEqual(self._found("incomplete"), incomplete)
        self.assertEqual(self._found("complete"), complete)
        self.assertEqual(self._found("ready"), ready)
        self.assertEqual(self._found("complete", "incomplete", "ready"), incomplete | complete | ready)
        self.assertEqual((incomplete | complete | ready | sent).mapped("intake_state"), [
            "incomplete", "incomplete", "incomplete", "complete", "ready", False])

    def test_what_is_missing_refreshes_while_typing(self):
        """INT-2: the banner knows what was typed before it is saved."""
        order = self._order(ready=False, medium_id=False)
        with Form(order.with_user(self.desk)) as form:
            self.assertIn("Intake channel", form.intake_missing)
            form.medium_id = self.medium
            self.assertNotIn("Intake channel", form.intake_missing)
            with form.order_line.edit(0) as line:
                line.product_uom_qty = 0
            self.assertIn("Quantity of every product", form.intake_missing)

    def test_list_costs_the_same_for_few_and_many(self):
        """INT-2: the columns of the intake list are computed in as many queries for ten orders as for two."""
        counts = []
        for number in (2, 10):
            orders = self.env["sale.order"].concat(*(self._order(ready=False) for _index in range(number)))
            self.env.flush_all()
            self.env.invalidate_all()
            begin = self.env.cr.sql_log_count
            orders.mapped("intake_missing")
            counts.append(self.env.cr.sql_log_count - begin)
        self.assertEqual(*counts)

    def test_desk_without_manager_still_has_somebody(self):
        """INT-2: where the desk's manager may not send orders, another one of the desk is asked."""
        clerk = self._user("clerk", "order_review.group_order_review_desk")
        self._employee(clerk, self.departments["desk"])
        self.desk.group_ids = [Command.unlink(self.env.ref("order_review.group_order_review_desk").id)]
        order = self._settled(self._order())
        self.assertEqual(order.activity_search([SEND]).user_id, clerk)
