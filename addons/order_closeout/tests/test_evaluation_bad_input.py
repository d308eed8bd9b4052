from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import CloseoutCommon


@tagged("-at_install", "post_install")
class TestEvaluationBadInput(CloseoutCommon):
    def test_order_is_cancelled_while_it_is_evaluated(self):
        """EVA-1: the evaluation is told, stays open, and is concluded as any other; there is no second one."""
        evaluation = self._evaluation()
        self.order._action_cancel()
        self.assertEqual((self.order.state, evaluation.state), ("cancel", "open"))
        self.assertIn("was cancelled", evaluation.message_ids[0].body)
        self.assertEqual(self.order.with_user(self.desk).action_open_evaluation()["res_id"], evaluation.id)
        self._answer_all(evaluation, "Cancelled: the customer's project was stopped")
        evaluation.with_user(self.general_manager).action_conclude("Ask for a deposit before cutting sheets.")
        self.assertEqual(evaluation.state, "concluded")
        self.order.action_draft()
        self.order.action_confirm()
        self.env["order.evaluation"]._cron_open()
        self.assertEqual(self.order.evaluation_ids, evaluation)

    def test_cancelled_order_is_not_evaluated(self):
        """EVA-1: neither by itself, delivered and paid as it may be, nor by hand."""
        self._fulfil(self.order)
        self.order._action_cancel()
        self.env["order.evaluation"]._cron_open()
        self.assertFalse(self.order.evaluation_ids)
        with self.assertRaisesRegex(UserError, "not confirmed"):
            self.order.with_user(self.desk).action_open_evaluation()

    def test_head_was_archived_before(self):
        """EVA-1: the next manager up the tree is asked for the department."""
        self.reviewers["quality"].action_archive()
        answer = self._answer(self._evaluation())
        self.assertEqual((answer.state, answer.user_id), ("asked", self.general_manager))
        self.assertEqual(answer.activity_ids.user_id, self.general_manager)

    def test_head_is_archived_meanwhile(self):
        """EVA-1: who follows him answers for the department; or the order desk waits for it no longer."""
        evaluation = self._evaluation()
        answer = self._answer(evaluation)
        self.reviewers["quality"].action_archive()
        successor = self._user("successor", "base.group_user")
        self._employee(successor, self.departments["quality"], manages=True)
        mine = answer.with_user(successor)
        self.assertTrue(mine.can_acknowledge)
        mine.went_wrong = "Paint was off"
        mine.action_acknowledge()
        self.assertRecordValues(answer, [{"state": "answered", "acknowledged_by": successor.id}])
        self.assertNotIn("asked", evaluation.answer_ids.filtered(
            lambda row: row.department_id == answer.department_id).mapped("state"))

    def test_nobody_leads_the_department(self):
        """EVA-1: released from its answer, and the evaluation says so; nobody waits for ever."""
        (self.head | self.departments["quality"]).manager_id = False
        evaluation = self._evaluation()
        answer = self._answer(evaluation)
        self.assertEqual((answer.state, answer.activity_ids.ids), ("void", []))
        self.assertIn(answer.department_name, "".join(evaluation.message_ids.mapped("body")))

    def test_lines_of_nothing(self):
        """EVA-1: a line of zero needs no delivery; an order of nothing else does not open by itself."""
        order, empty = self._order(self.special), self._order(self.special, quantity=0)
        order.order_line = [Command.create({"product_id": self.product.id, "product_uom_qty": 0, "price_unit": 100})]
        (order | empty).action_confirm()
        self._fulfil(order)
        self.env["order.evaluation"]._cron_open()
        self.assertEqual((len(order.evaluation_ids), len(empty.evaluation_ids)), (1, 0))
        empty.with_user(self.desk).action_open_evaluation()
        self.assertEqual(empty.evaluation_ids.state, "open")

    def _answer(self, evaluation):
        return evaluation.answer_ids.filtered(lambda row: row.department_id == self.departments["quality"])
