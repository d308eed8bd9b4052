from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewTemplate(ReviewCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()

    def _template(self, **values):
        return self.env["order.review.template"].create({
            "name": "Own", "order_class": "all", "company_id": self.company.id,
            "line_ids": [Command.create({"department_id": self.departments["quality"].id, "limit_hours": 3})],
            **values})

    def test_own_template_wins(self):
        """REV-6: a company's own template comes before the one shared by all."""
        template = self._template()
        review = self._submit(self.order)
        self.assertEqual(review.template_id, template)
        self.assertRecordValues(review.line_ids, [{
            "department_id": self.departments["quality"].id, "limit_hours": 3,
            "user_id": self.reviewers["quality"].id}])

    def test_product_category_chooses_the_template(self):
        """REV-6: a template for a product category holds for the categories below it, and only for them."""
        parent = self.env["product.category"].create({"name": "High voltage"})
        child = self.env["product.category"].create({"name": "GIS", "parent_id": parent.id})
        template = self._template(category_ids=[Command.set(parent.ids)])
        self.assertNotEqual(self._submit(self.order).template_id, template)
        self.product.categ_id = child
        self.assertEqual(self._submit(self._order()).template_id, template)

    def test_class_chooses_the_template(self):
        """REV-6: the template made for the class comes before the one for all classes."""
        self._template()
        template = self._template(name="For non-regular", order_class="non_regular")
        self.assertEqual(self._submit(self._order(self.special)).template_id, template)

    def test_no_template_fits(self):
        """REV-6: where no template fits, the message says what to do."""
        self.env["order.review.template"].search([]).active = False
        with self.assertRaisesRegex(UserError, "Create one under"):
            self._submit(self.order)

    def test_template_without_departments(self):
        """REV-6: a template without departments is refused, and the order keeps its state."""
        self._template(line_ids=[])
        order = self.order
        with self.assertRaisesRegex(UserError, "has no departments"), self.env.cr.savepoint():
            self._submit(order)
        self.assertFalse(order.review_ids)

    def test_role_without_department(self):
        """REV-6: a part that nobody plays in the company is named."""
        self.env.ref("order_review.review_role_production").department_ids = False
        with self.assertRaisesRegex(UserError, "template without departments.*Production"):
            self._submit(self.order)

    def test_reviewer_falls_back_to_the_next_level(self):
        """REV-6: without manager, or with an archived one, the next department up answers."""
        self.reviewers["production"].active = False
        review = self._submit(self.order)
        line = review.line_ids.filtered(lambda line: line.department_id == self.departments["production"])
        self.assertEqual(line.user_id, self.general_manager)
        line.with_user(self.general_manager).check_ids.result = "ok"
        line.with_user(self.general_manager).action_agree()

    def test_archived_reviewer_of_the_template(self):
        """REV-6: an archived reviewer is passed over for the department's manager."""
        clerk = self._user("clerk", "order_review.group_order_review_user")
        self._template(line_ids=[Command.create({
            "department_id": self.departments["quality"].id, "user_id": clerk.id})])
        self.assertEqual(self._submit(self.order).line_ids.user_id, clerk)
        clerk.active = False
        self.assertEqual(self._submit(self._order()).line_ids.user_id, self.reviewers["quality"])

    def test_nobody_answers_for_the_department(self):
        """REV-6: where nobody is found up to the top, the round begins all the same and says so."""
        self.departments["production"].manager_id = False
        self.head.manager_id = False
        review = self._submit(self.order)
        line = review.line_ids.filtered(lambda line: line.department_id == self.departments["production"])
        self.assertFalse(line.user_id)
        self.assertIn("production department", review.message_ids.filtered(lambda m: "No reviewer" in m.body).body)

    def test_desk_adds_a_department_while_preparing(self):
        """REV-2: logistics joins where needed, before the round is sent or after."""
        order = self.order
        review = self.env["order.review"].browse(order.with_user(self.desk).action_prepare_review()["res_id"])
        review = review.with_user(self.desk)
        review.line_ids = [Command.create({"department_id": self.departments["purchasing"].id})]
        review.line_ids.filtered(lambda line: line.department_id == self.departments["production"]).unlink()
        review.action_submit()
        self.assertEqual(review.line_ids.department_id, self.departments["desk"] | self.departments["purchasing"])
        review.line_ids = [Command.create({"department_id": self.departments["quality"].id})]
        added = review.line_ids.filtered(lambda line: line.department_id == self.departments["quality"])
        self.assertEqual(added.user_id, self.reviewers["quality"])
        self.assertTrue(added.activity_ids)

    def test_round_without_departments_is_not_sent(self):
        """REV-2: a round that asks nobody is not sent."""
        order = self.order
        review = self.env["order.review"].browse(order.with_user(self.desk).action_prepare_review()["res_id"])
        review.with_user(self.desk).line_ids.unlink()
        with self.assertRaisesRegex(UserError, "no departments"):
            review.with_user(self.desk).action_submit()

    def test_second_round_while_one_runs(self):
        """REV-2: an order is in one round at a time."""
        order = self.order
        self._submit(order)
        with self.assertRaisesRegex(UserError, "already in review"):
            self._submit(order)

    def test_bad_domain_of_an_authority(self):
        """REV-6: a filter that is none is refused where it is written."""
        with self.assertRaisesRegex(ValidationError, "not a valid filter"):
            self.authority.domain = "[('nothing', '=', 1)]"

    def test_second_company_plays_its_own_parts(self):
        """REV-6: the shared templates ask the departments of the order's own company."""
        other = self.env["res.company"].create({"name": "Second plant"})
        department = self.env["hr.department"].create({"name": "Second production", "company_id": other.id})
        role = self.env.ref("order_review.review_role_production")
        role.department_ids |= department
        self.assertEqual(role._get_department(other), department)
        self.assertEqual(role._get_department(self.company), self.departments["production"])
