from odoo import fields
from odoo.fields import Command

from odoo.addons.order_review.tests.common import ReviewCommon


class PlanReviewCommon(ReviewCommon):
    """A confirmed order with its contract, a template for complete sets, and a planner."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["project.plan.template"].search([]).active = False
        cls.planner = cls._user("planner", "project_plan.group_planner")
        cls.planning = cls.env["hr.department"].create({
            "name": "Planning", "parent_id": cls.head.id, "company_id": cls.company.id})
        cls.env.ref("order_review.review_role_planning").department_ids = cls.planning
        cls._employee(cls.planner, cls.planning, manages=True)
        cls.template = cls._template("complete_set")

    @classmethod
    def _template(cls, kind, **values):
        return cls.env["project.plan.template"].create({
            "name": kind, "plan_kind": kind, "company_id": cls.company.id, "item_ids": [
                Command.create({"name": "Design", "department_id": cls.departments["engineering"].id,
                                "duration_hours": 16}),
                Command.create({"name": "Assembly", "department_id": cls.departments["production"].id,
                                "duration_hours": 24})], **values})

    def _ready(self, product=None, **values):
        """A confirmed order with its contract in effect."""
        order = self._order(product or self.special, **values)
        review = self._submit(order)
        self._agree(review)
        self._conclude(review, "accept")
        order.action_confirm()
        order.with_user(self.desk)._register_contract(
            self._document(order, "contract", "Contract"), "Mr. Wang", fields.Date.today())
        return order

    def _instruct(self, order, issue=True):
        action = order.with_user(self.desk).action_issue_instruction()
        instruction = self.env["production.instruction"].browse(action["res_id"]).with_user(self.desk)
        if issue:
            instruction.action_issue()
        return instruction
