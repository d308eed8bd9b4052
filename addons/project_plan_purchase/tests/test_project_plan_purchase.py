from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.project_plan.tests.document_common import PlanDocumentCommon


@tagged("-at_install", "post_install")
class TestProjectPlanPurchase(PlanDocumentCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier = cls.env["res.partner"].create({"name": "Rail works"})
        cls.service = cls.env["product.product"].create({"name": "Galvanising", "type": "service"})

    def _order(self):
        return self.env["purchase.order"].create({
            "partner_id": self.supplier.id, "project_id": self.project.id, "order_line": [
                Command.create({"product_id": self.service.id, "product_qty": 4, "price_unit": 5})]})

    def test_purchase_moves_the_item(self):
        """PLN-11: begun with the confirmation, finished when all is received; less received opens it again."""
        item = self._item("purchase")
        order = self._order()
        line = order.order_line
        self.assertEqual(line.plan_task_id, item)
        self.assertEqual(self._told(item), (0, False, False))
        order.button_confirm()
        self.assertEqual(self._told(item), (0, True, False))
        line.qty_received_manual = line.qty_received = 1
        self.assertEqual(self._told(item), (25, True, False))
        line.qty_received = 4
        self.assertEqual(self._told(item), (100, True, True))
        line.qty_received = 2
        self.assertEqual(self._told(item), (50, True, False))

    def test_two_items_leave_the_choice(self):
        """PLN-11: where two items could be meant nobody guesses."""
        self._item("purchase")
        self._item("purchase")
        self.assertFalse(self._order().order_line.plan_task_id)

    def test_order_changes_its_project(self):
        """PLN-11: a line whose order leaves the project leaves its item as it was before."""
        item = self._item("purchase")
        order = self._order()
        order.button_confirm()
        order.order_line.qty_received = 4
        self.assertEqual(self._told(item)[0], 100)
        order.project_id = self.env["project.project"].create({"name": "Other"})
        self.env.flush_all()
        self.assertFalse(order.order_line.plan_task_id)
        self.assertEqual(self._told(item), (0, False, False))

    def test_item_of_another_kind_or_plan(self):
        """PLN-11: a line tells of purchases of its own plan only, whoever gives the id of another item."""
        mine, made = self._item("purchase"), self._item("manual")
        other = self.env["project.project"].create({
            "name": "S3", "is_plan": True, "company_id": self.company.id})
        theirs = self._item("purchase", project_id=other.id)
        line = self._order().order_line
        for item in (made, theirs, self.env["project.task"].create({"name": "No item"})):
            with self.subTest(item.name), self.assertRaises(ValidationError):
                line.plan_task_id = item
            line.invalidate_recordset(flush=False)
        line.plan_task_id = mine
        self.assertEqual(line.plan_task_id, mine)
