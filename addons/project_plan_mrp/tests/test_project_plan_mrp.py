from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.project_plan.tests.document_common import PlanDocumentCommon


@tagged("-at_install", "post_install")
class TestProjectPlanMrp(PlanDocumentCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cabinet, cls.bar = cls.env["product.product"].create([
            {"name": "Cabinet", "is_storable": True}, {"name": "Bar", "is_storable": True}])
        cls.centre = cls.env["mrp.workcenter"].create({"name": "Assembly"})
        cls.bom = cls.env["mrp.bom"].create({
            "product_tmpl_id": cls.cabinet.product_tmpl_id.id, "product_qty": 1,
            "bom_line_ids": [Command.create({"product_id": cls.bar.id, "product_qty": 2})],
            "operation_ids": [Command.create({"name": "Assemble", "workcenter_id": cls.centre.id})]})

    def _production(self, quantity=4):
        production = self.env["mrp.production"].create({
            "product_id": self.cabinet.id, "product_qty": quantity, "bom_id": self.bom.id,
            "project_id": self.project.id})
        production.action_confirm()
        return production

    def _finish(self, production):
        production.qty_producing = production.product_qty
        production.move_raw_ids.picked = True
        production.with_context(skip_consumption=True).button_mark_done()

    def test_production_moves_the_item(self):
        """PLN-11: an order of the project belongs to its one item of the rule, which is finished with the order."""
        item = self._item("production")
        production = self._production()
        self.assertEqual(production.plan_task_id, item)
        self.assertEqual(self._told(item), (0, False, False))
        self._finish(production)
        self.assertEqual(self._told(item), (100, True, True))
        self.assertEqual(item.actual_finish, production.date_finished)
        self.assertEqual(item.state, "1_done")
        self.assertEqual(item.action_view_documents()["res_id"], production.id)

    def test_second_order_keeps_it_open(self):
        """PLN-11: an item is finished with the last of its orders."""
        item = self._item("production")
        first, _second = self._production(), self._production()
        self._finish(first)
        self.assertEqual(self._told(item), (50, True, False))

    def test_order_before_its_item(self):
        """PLN-11: an item that is made later takes the orders that are there already."""
        production = self._production()
        self.assertFalse(production.plan_task_id)
        item = self._item("production")
        self.assertEqual(production.plan_task_id, item)

    def test_cancelled_production_reopens(self):
        """PLN-11: the item that a new order is added to is open again, and says so; a cancelled one does not count."""
        item = self._item("production")
        self._finish(self._production())
        self._told(item)
        more = self._production()
        self.assertEqual(self._told(item)[2], False)
        self.assertTrue(item.message_ids.filtered(lambda message: "Open again" in message.body))
        more.action_cancel()
        self.assertEqual(self._told(item), (100, True, True))

    def test_workorder_moves_the_item(self):
        """PLN-11: an item of work orders is begun and finished with them."""
        item = self._item("workorder")
        production = self._production()
        self.assertEqual(production.workorder_ids.plan_task_id, item)
        production.workorder_ids.button_start()
        self.assertEqual(self._told(item)[1:], (True, False))
        self._finish(production)
        self.assertEqual(self._told(item), (100, True, True))

    def test_chosen_item_stays(self):
        """PLN-11: with two items of the rule people choose; what they chose stays, and moving it moves both items."""
        first, second = self._item("production"), self._item("production")
        production = self._production()
        self.assertFalse(production.plan_task_id)
        production.plan_task_id = second
        self._finish(production)
        self.assertEqual(self._told(second)[0], 100)
        production.plan_task_id = first
        self.assertEqual(self._told(first)[0], 100)
        self.assertEqual(self._told(second), (0, False, False))

    def test_queries_are_constant(self):
        """PLN-11: the progress of many items costs as many queries as that of one."""
        items = self.env["project.task"]
        for _number in range(6):
            item = self._item("production")
            items |= item
            self._production().plan_task_id = item
        self.env.flush_all()

        def count(some):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._get_document_progress()
            return self.env.cr.sql_log_count - before

        count(items)
        self.assertEqual(count(items), count(items[:1]))
