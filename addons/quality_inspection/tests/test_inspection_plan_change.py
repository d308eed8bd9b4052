from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import QualityCommon


@tagged("post_install", "-at_install")
class TestInspectionPlanChange(QualityCommon):
    """The plan by which goods are judged is not the choice of who judges them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["quality.inspection.plan"].search([]).active = False
        cls.plan = cls.make_plan(product_ids=[Command.set(cls.product.ids)])
        cls.short = cls.make_plan(name="Short plan", product_ids=[Command.set(cls.product.ids)], sequence=20)
        cls.resin_plan = cls.make_plan(name="Resin plan", product_ids=[Command.set(cls.lot_product.ids)])
        cls.final_plan = cls.make_plan(name="Final plan", trigger="final")
        cls.other_supplier_plan = cls.make_plan(
            name="Plan of another supplier", partner_ids=[Command.set(cls.env.company.partner_id.ids)])
        cls.delivery_plan = cls.make_plan(
            name="Plan of deliveries", picking_type_ids=[Command.set(cls.warehouse.out_type_id.ids)])
        cls.hand_plan = cls.make_plan(name="By hand", trigger="manual")

    def setUp(self):
        super().setUp()
        self.inspection = self.inspect(self.receive(self.product, 500), self.plan)

    def test_inspector_does_not_change_the_plan(self):
        """REC-4: neither by a write nor by the action, not even to a plan that fits."""
        mine = self.inspection.with_user(self.inspector)
        for plan in (self.short, self.resin_plan, self.plan.browse()):
            with self.subTest(plan=plan.name), self.assertRaises(AccessError), self.env.cr.savepoint():
                mine.write({"plan_id": plan.id})
        with self.assertRaisesRegex(UserError, "Head of quality"):
            mine.action_change_plan(self.short.id, "Shorter")
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.inspection.with_user(self.head).write({"plan_id": self.short.id})
        self.assertEqual(self.inspection.plan_id, self.plan)

    def test_head_changes_it_on_record(self):
        """REC-4: the head of quality changes it with a reason: who, why, from and to stay on the inspection."""
        head = self.inspection.with_user(self.head)
        for reason in ("", "  ", ".", "-", None):
            with self.subTest(reason=reason), self.assertRaisesRegex(UserError, "why"):
                head.action_change_plan(self.short.id, reason)
        form = Form(self.env["quality.inspection.replan"].with_user(self.head).with_context(
            active_ids=self.inspection.ids))
        self.assertEqual(form.fitting_plan_ids[:], self.plan | self.short | self.hand_plan)
        form.plan_id = self.short
        form.reason = "Supplier certified"
        form.save().action_confirm()
        self.assertEqual(self.inspection.plan_id, self.short)
        note = self.inspection.message_ids.filtered(lambda message: "Supplier certified" in message.body)
        self.assertEqual(note.author_id, self.head.partner_id)
        self.assertIn("from Plan to Short plan", note.body)
        self.conclude(self.inspection)
        with self.assertRaisesRegex(UserError, "this needs \"To Inspect\""):
            head.action_change_plan(self.plan.id, "Too late")

    def test_plan_fits_the_goods(self):
        """REC-4: a plan for another product, supplier, operation or occasion is refused by name, to the head too."""
        head = self.inspection.with_user(self.head)
        for plan in (self.resin_plan, self.final_plan, self.other_supplier_plan, self.delivery_plan):
            with self.subTest(plan=plan.name), self.assertRaisesRegex(UserError, f"\"{plan.name}\" is not for"):
                head.action_change_plan(plan.id, "Try")
        company = self.env["res.company"].create({"name": "Another plant"})
        foreign = self.make_plan(name="Foreign", company_id=company.id)
        with self.assertRaisesRegex(UserError, "Choose the plan"):
            head.action_change_plan(foreign.id, "Try")
        self.final_plan.category_ids = self.product.categ_id  # a category above the product's is one of it
        self.final_plan.trigger = "incoming"
        head.action_change_plan(self.final_plan.id, "It is an incoming plan now")

    def test_request_by_hand_needs_a_plan_for_its_goods(self):
        """REC-4, REC-2: a draft with another product's plan is not submitted; one of any occasion is."""
        request = self.env["quality.inspection"].with_user(self.inspector).create({
            "product_id": self.product.id, "quantity": 10, "plan_id": self.resin_plan.id, "trigger": "manual"})
        with self.assertRaisesRegex(UserError, "\"Resin plan\" is not for"):
            request.action_submit()
        request.plan_id = self.delivery_plan
        request.action_submit()
        self.assertEqual(request.state, "pending")
