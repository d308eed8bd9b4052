from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PlanReviewCommon


@tagged("-at_install", "post_install")
class TestProjectPlanReview(PlanReviewCommon):

    def test_instruction_makes_the_plan(self):
        """INS-2, PLN-1: issuing makes the draft from the template of its kind, for the planner, by the promised day."""
        order = self._ready()
        instruction = self._instruct(order)
        plan = instruction.sudo().plan_project_id
        self.assertRecordValues(plan, [{
            "plan_state": "draft", "plan_kind": "complete_set", "plan_template_id": self.template.id,
            "planner_id": self.planner.id, "promised_date": order._get_requested_date(),
            "partner_id": order.partner_id.id, "plan_order_id": order.id}])
        self.assertEqual(plan.plan_item_ids.sorted("sequence").mapped("name"), ["Design", "Assembly"])
        self.assertEqual(order.plan_project_id, plan)
        self.assertEqual(order.project_id, plan, "what Odoo makes for the order from now on belongs to the plan")
        self.assertEqual(instruction.with_user(self.planner).action_make_plan()["res_id"], plan.id, "not a second one")

    def test_category_chooses_the_template(self):
        """PLN-3: a template for the products' category, or for a parent of it, comes before one for all."""
        family = self.env["product.category"].create({"name": "Switchgear"})
        self.special.categ_id = self.env["product.category"].create({"name": "Low voltage", "parent_id": family.id})
        mine = self._template("complete_set", sequence=99, product_category_ids=family.ids)
        self._template("complete_set", sequence=1, product_category_ids=self.env["product.category"].create(
            {"name": "Cables"}).ids)
        plan = self._instruct(self._ready()).sudo().plan_project_id
        self.assertEqual(plan.plan_template_id, mine)

    def test_no_template_leaves_it_to_the_planner(self):
        """PLN-1: where no template fits there is a plan without items, and it says what is missing."""
        self.template.active = False
        plan = self._instruct(self._ready()).sudo().plan_project_id
        self.assertFalse(plan.plan_item_ids)
        self.assertIn("no items", plan.plan_problems)

    def test_promise_follows_the_order(self):
        """PLN-9: a later delivery date of the order is that of its plan, whoever changes it."""
        order = self._ready()
        plan = self._instruct(order).sudo().plan_project_id
        order.with_user(self.sales).commitment_date = fields.Datetime.now() + timedelta(days=90)
        self.assertEqual(plan.promised_date, order._get_requested_date())

    def test_cancelled_instruction_takes_its_draft(self):
        """INS-2: with the instruction goes the draft of its plan; a released one is asked about."""
        instruction = self._instruct(self._ready())
        plan = instruction.sudo().plan_project_id
        instruction.action_cancel()
        self.assertEqual(plan.plan_state, "cancelled")
        other = self._instruct(self._ready())
        plan = other.sudo().plan_project_id
        plan.plan_state = "released"
        other.action_cancel()
        self.assertEqual(plan.plan_state, "released")
        self.assertEqual(plan.activity_ids.user_id, self.planner)
        plan.with_user(self.planner).action_cancel_plan()
        self.assertFalse(plan.activity_ids, "asked no more when it is done")

    def test_order_goes_on_in_its_new_plan(self):
        """CHG-7, PLN-11: an instruction issued anew has a plan of its own; once the planner ends the former one, what
        is made for the order belongs to the new one; the next one takes over what was ended before it came."""
        order = self._ready()
        instruction = self._instruct(order)
        former = instruction.sudo().plan_project_id
        former.plan_state = "released"
        instruction.action_cancel()
        again = self._instruct(order)
        plan = again.sudo().plan_project_id
        self.assertEqual(order.project_id, former, "until the planner has ended it")
        former.with_user(self.planner).action_cancel_plan()
        self.assertEqual((order.plan_project_id, order.project_id), (plan, plan))
        again.action_cancel()
        self.assertEqual(plan.plan_state, "cancelled")
        last = self._instruct(order).sudo().plan_project_id
        self.assertEqual(order.project_id, last)

    def test_only_planners_make_plans(self):
        """PLN-1: nobody but a planner makes the plan of an old instruction."""
        instruction = self._instruct(self._ready())
        plan = instruction.sudo().plan_project_id
        plan.action_cancel_plan()
        with self.assertRaises(AccessError):
            instruction.action_make_plan()
        instruction.with_user(self.planner).action_make_plan()
        self.assertNotEqual(instruction.sudo().plan_project_id, plan)
