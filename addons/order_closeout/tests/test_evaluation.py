from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import CloseoutCommon


@tagged("-at_install", "post_install")
class TestEvaluation(CloseoutCommon):
    def test_opens_by_itself_when_delivered_and_paid(self):
        """EVA-1: not before it is delivered and paid; then once, with its figures, and each department is asked."""
        Evaluation = self.env["order.evaluation"]
        Evaluation._cron_open()
        self.assertFalse(self.order.evaluation_ids)
        self._fulfil(self.order)
        self.order.order_line.qty_delivered = 1
        Evaluation._cron_open()
        self.assertFalse(self.order.evaluation_ids, "not delivered whole")
        self.order.order_line.qty_delivered = 2
        Evaluation._cron_open()
        Evaluation._cron_open()
        self.assertRecordValues(self.order.evaluation_ids, [{
            "order_name": self.order.name, "amount_total": self.order.amount_total, "state": "open",
            "promised_date": self.order.commitment_date.date(), "delivered_on": fields.Date.today(), "days_late": 0}])
        answers = self.order.evaluation_ids.answer_ids
        asked = answers.filtered(lambda answer: answer.state == "asked")
        self.assertEqual(set(self.departments.values()), set(asked.department_id))
        for answer in asked:
            self.assertEqual(answer.activity_ids.user_id, answer.user_id)
            self.assertIn("sla_policy_evaluation_answer", answer.sla_clock_ids.policy_id.mapped("code"))

    def test_unpaid_order_waits(self):
        """EVA-1: a posted invoice that is not paid keeps the evaluation closed."""
        self.order.order_line.qty_delivered = 2
        self.order._create_invoices().action_post()
        self.assertFalse(self.order._is_fulfilled())

    def test_orders_of_former_times_are_left_alone(self):
        """EVA-1: orders placed before the company's day are not evaluated by themselves."""
        self._fulfil(self.order)
        self.company.order_evaluation_from = fields.Date.today() + timedelta(days=1)
        self.env["order.evaluation"]._cron_open()
        self.assertFalse(self.order.evaluation_ids)
        self.company.order_evaluation_from = False
        self.env["order.evaluation"]._cron_open()
        self.assertFalse(self.order.evaluation_ids)

    def test_desk_opens_by_hand(self):
        """EVA-1: the order desk opens it by hand, once; others do not, and not of a quotation."""
        with self.assertRaises(AccessError):
            self.order.with_user(self.sales).action_open_evaluation()
        first = self.order.with_user(self.desk).action_open_evaluation()["res_id"]
        self.assertEqual(self.order.with_user(self.desk).action_open_evaluation()["res_id"], first)
        self.assertEqual(self.order.evaluation_ids.opened_by, self.desk)
        with self.assertRaisesRegex(UserError, "not confirmed"):
            self._order().with_user(self.desk).action_open_evaluation()

    def test_figures_of_reviews_and_clocks(self):
        """EVA-1: review rounds with their hours, and time limits kept and missed, of the order and its documents."""
        self.company.order_review_policy = "all"
        order = self._reviewed()
        order.action_confirm()
        review = order.review_id
        evaluation = self._evaluation(order)
        clocks = self.env["sla.clock"].search([
            ("res_model", "in", ("order.review", "order.review.line", "sale.order")),
            ("res_id", "in", [order.id, review.id]), ("is_open", "=", False), ("state", "!=", "cancelled"),
            ("res_model", "!=", "order.review.line")])
        self.assertEqual(evaluation.review_rounds, 1)
        self.assertEqual(evaluation.review_hours, review.review_hours)
        self.assertGreaterEqual(evaluation.clocks_met + evaluation.clocks_missed, len(clocks))
        self.assertTrue(evaluation.answer_ids.department_id <= review.line_ids.department_id)

    def test_figures_of_other_addons(self):
        """EVA-1: what other addons know comes by a hook."""
        order_class = type(self.order)
        self.patch(order_class, "_get_evaluation_figures", lambda orders: {
            order: [("Cost against plan", "97 %")] for order in orders})
        self.assertEqual(self._evaluation().figures, "Cost against plan: 97 %")

    def test_department_answers_for_itself(self):
        """EVA-1: only one's own department, only once, and not with nothing said."""
        evaluation = self._evaluation()
        answer = evaluation.answer_ids.filtered(lambda row: row.department_id == self.departments["quality"])
        mine = answer.with_user(self.reviewers["quality"])
        form = evaluation.with_user(self.reviewers["quality"])
        self.assertTrue(form.can_answer, "the evaluation leads whoever is asked to his answer")
        self.assertEqual(form.action_open_answer()["res_id"], answer.id)
        with self.assertRaisesRegex(UserError, "what went wrong"):
            mine.action_acknowledge()
        with self.assertRaises(AccessError):
            answer.with_user(self.reviewers["production"]).went_wrong = "Paint was off"
        mine.write({"went_wrong": "Paint was off", "proposal": "Check the primer"})
        with self.assertRaises(AccessError):
            answer.with_user(self.reviewers["production"]).action_acknowledge()
        mine.action_acknowledge()
        self.assertFalse(answer.activity_ids)
        self.assertRecordValues(answer, [{
            "state": "answered", "acknowledged_by": self.reviewers["quality"].id}])
        self.assertFalse(answer.sla_clock_ids)
        self.assertFalse(form.can_answer)
        with self.assertRaisesRegex(UserError, "not asked"):
            form.action_open_answer()
        with self.assertRaises(UserError):
            mine.action_acknowledge()
        with self.assertRaises(UserError):
            answer.sudo().went_wrong = "Nothing"

    def test_colleague_of_who_is_asked_reads_the_answers_name(self):
        """EVA-1: a department's people may read its answer but not the evaluation: it has a name for them too."""
        answer = self._evaluation().answer_ids.filtered(lambda row: row.department_id == self.departments["quality"])
        colleague = new_test_user(self.env, "colleague", "base.group_user", company_id=self.company.id)
        self.env["hr.employee"].create({
            "name": "Colleague", "user_id": colleague.id, "department_id": self.departments["quality"].id,
            "company_id": self.company.id})
        self.env.invalidate_all()
        self.assertFalse(answer.evaluation_id.with_user(colleague).has_access("read"))
        self.assertIn(answer.department_id.name, answer.with_user(colleague).display_name)

    def test_concluded_by_management_and_not_by_parties(self):
        """EVA-1: all have answered or are released; the management concludes, nobody who took part; then it stays."""
        evaluation = self._evaluation()
        boss = evaluation.with_user(self.general_manager)
        with self.assertRaisesRegex(UserError, "have not answered"):
            boss.action_conclude("Ask for drawings earlier.")
        asked = evaluation.answer_ids.filtered(lambda answer: answer.state == "asked")
        last = asked[-1]
        with self.assertRaises(AccessError):
            last.with_user(self.outsider).action_release()
        last.with_user(self.desk).action_release()
        for answer in asked - last:
            answer.with_user(answer.user_id).went_wrong = "All went well"
            answer.with_user(answer.user_id).action_acknowledge()
        self.assertEqual(evaluation.next_step, "conclude")
        self.assertEqual(evaluation.responsible_id, self.general_manager)
        self.assertEqual(evaluation.activity_ids.user_id, self.general_manager)
        for user in (self.desk, self.reviewers["quality"], self.outsider):
            with self.assertRaises(AccessError):
                evaluation.with_user(user).action_conclude("Ask for drawings earlier.")
        with self.assertRaisesRegex(UserError, "to be learnt"):
            boss.action_conclude("..")
        boss.action_conclude("Ask for drawings earlier.")
        self.assertRecordValues(evaluation, [{"state": "concluded", "concluded_by": self.general_manager.id}])
        self.assertFalse(evaluation.activity_ids)
        with self.assertRaises(UserError):
            evaluation.sudo().conclusion = "Other"
        with self.assertRaises(UserError):
            boss.action_conclude("Once more, please.")

    def test_nobody_concludes_his_own(self):
        """EVA-1: a manager who sold the order does not conclude its evaluation."""
        self.order.user_id = self.general_manager
        evaluation = self._evaluation()
        self._answer_all(evaluation)
        self.assertNotEqual(evaluation.responsible_id, self.general_manager)
        with self.assertRaises(AccessError):
            evaluation.with_user(self.general_manager).action_conclude("Ask for drawings earlier.")

    def test_word_of_something_that_is_gone(self):
        """EVA-1: a window whose document is gone, or a step that there is not, says so."""
        for model, operation, res_id in (("order.evaluation", "conclude", 2**31 - 1), ("res.users", "done", 2)):
            word = self.env["order.closeout.word"].with_user(self.desk).create({
                "res_model": model, "res_id": res_id, "operation": operation, "text": "Done so"})
            with self.assertRaisesRegex(UserError, "not there any more"):
                word.action_confirm()
