from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import CloseoutCommon


@tagged("-at_install", "post_install")
class TestMeasures(CloseoutCommon):
    def test_measure_goes_its_way(self):
        """EVA-1: a to-do and a clock by the conclusion, not before; done by its owner, checked by somebody else."""
        evaluation = self._evaluation()
        measure = self._measure(evaluation).sudo()
        self.assertFalse(measure.activity_ids)
        self._answer_all(evaluation)
        evaluation.with_user(self.general_manager).action_conclude("Ask for drawings earlier.")
        self.assertEqual(measure.activity_ids.user_id, self.sales)
        self.assertEqual(measure.activity_ids.date_deadline, measure.date_due)
        self.assertEqual(measure.sla_clock_ids.policy_id.mapped("code"), ["sla_policy_evaluation_measure"])
        with self.assertRaises(AccessError):
            measure.with_user(self.desk).action_done("Checklist extended")
        with self.assertRaisesRegex(UserError, "what was done"):
            measure.with_user(self.sales).action_done("")
        measure.with_user(self.sales).action_done("Checklist extended")
        self.assertEqual(measure.activity_ids.user_id, self.general_manager)
        with self.assertRaises(AccessError):
            measure.with_user(self.sales).action_check()
        measure.with_user(self.general_manager).action_return()
        self.assertEqual(measure.activity_ids.user_id, self.sales)
        measure.with_user(self.sales).action_done("Checklist extended again")
        measure.with_user(self.desk).action_check()
        self.assertRecordValues(measure, [{"state": "checked", "checked_by": self.desk.id, "activity_ids": []}])

    def test_own_measure_is_checked_by_another(self):
        """EVA-1: nobody checks his own measure."""
        _evaluation, measure = self._concluded(owner_id=self.desk.id)
        measure.with_user(self.desk).action_done("Checklist extended")
        with self.assertRaisesRegex(AccessError, "his own"):
            measure.with_user(self.desk).action_check()

    def test_measures_come_before_the_conclusion(self):
        """EVA-1: of a concluded evaluation none is added, changed or deleted; a proposal is of the same evaluation."""
        evaluation, measure = self._concluded()
        with self.assertRaises(UserError):
            self._measure(evaluation)
        with self.assertRaises(AccessError):
            measure.with_user(self.desk).name = "Nothing"
        with self.assertRaises(UserError):
            measure.with_user(self.desk).unlink()
        other = self._order()
        other.action_confirm()
        other = self._evaluation(other)
        with self.assertRaises(ValidationError):
            self._measure(other, answer_id=evaluation.answer_ids[0].id)

    def test_lesson_reaches_who_maintains_the_template(self):
        """EVA-1: a lesson is a to-do of who maintains the templates, until he has taken it up."""
        keeper = self._user("keeper", "base.group_user,order_review.group_order_review_manager")
        _evaluation, measure = self._concluded(feeds="review")
        lesson = measure.sudo().activity_ids.filtered(lambda todo: todo.activity_type_id == self.env.ref(
            "order_closeout.mail_activity_type_lesson"))
        self.assertIn(lesson.user_id, self.env.ref("order_review.group_order_review_manager").all_user_ids)
        with self.assertRaises(AccessError):
            measure.with_user(self.desk).action_take_up()
        measure.with_user(keeper).action_take_up()
        self.assertFalse(lesson.exists().filtered("active"))
        self.assertEqual(measure.taken_by, keeper)
        with self.assertRaises(UserError):
            measure.with_user(keeper).action_take_up()

    def test_lessons_stand_at_the_next_order_of_the_kind(self):
        """EVA-1: the next review of the class or category shows it; another kind, or before the end, does not."""
        self.company.order_review_policy = "all"
        other_category = self.env["product.category"].create({"name": "Spares"})
        alike, other = self._order(self.special), self._order(self._product("Fuse", categ_id=other_category.id))
        reviews = self._submit(alike), self._submit(other)
        evaluation = self._evaluation()
        measure = self._measure(evaluation, feeds="review")
        self._answer_all(evaluation)
        reader = self.reviewers["quality"]
        self.assertNotIn(measure.id, reviews[0].with_user(reader).lesson_ids.ids)
        evaluation.with_user(self.general_manager).action_conclude("Ask for drawings earlier.")
        for review in reviews:
            review.invalidate_recordset()
        self.assertIn(measure.id, reviews[0].with_user(reader).lesson_ids.ids)
        self.assertNotIn(measure.id, reviews[1].with_user(reader).lesson_ids.ids)

    def test_somebody_is_asked_to_check_the_measure_of_who_concluded(self):
        """EVA-1: who has concluded does not check his own measure, so another one is asked; nobody waits for nobody."""
        _evaluation, measure = self._concluded(owner_id=self.general_manager.id)
        measure.with_user(self.general_manager).action_done("Checklist extended")
        self.assertEqual(measure.sudo().activity_ids.user_id, self.desk)
        measure.with_user(self.desk).action_check()
        self.assertEqual(measure.state, "checked")
