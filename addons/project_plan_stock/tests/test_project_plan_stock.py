from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.project_plan.tests.document_common import PlanDocumentCommon


@tagged("-at_install", "post_install")
class TestProjectPlanStock(PlanDocumentCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].create({"name": "Plan store", "code": "PLST"})
        cls.product = cls.env["product.product"].create({"name": "Cabinet", "is_storable": True})
        cls.env["stock.quant"]._update_available_quantity(cls.product, cls.warehouse.lot_stock_id, 10)

    def _delivery(self):
        picking = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.out_type_id.id, "project_id": self.project.id,
            "location_id": self.warehouse.lot_stock_id.id,
            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
            "move_ids": [Command.create({
                "product_id": self.product.id, "product_uom_qty": 4,
                "location_id": self.warehouse.lot_stock_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id})]})
        picking.action_confirm()
        picking.action_assign()
        return picking

    def test_delivery_finishes_the_item(self):
        """PLN-11: an item of delivery is finished when the goods have left, one of transfers is not touched."""
        item, kitting = self._item("delivery"), self._item("transfer")
        picking = self._delivery()
        self.assertEqual(picking.plan_task_id, item)
        self.assertEqual(self._told(item), (0, False, False))
        picking.move_ids.picked = True
        picking._action_done()
        self.assertEqual(self._told(item), (100, True, True))
        self.assertEqual(self._told(kitting), (0, False, False))

    def test_backorder_keeps_it_open(self):
        """PLN-11: what is left behind keeps the item open; a rest that is cancelled does not count."""
        item = self._item("delivery")
        picking = self._delivery()
        picking.move_ids.quantity = 3
        picking.move_ids.picked = True
        picking._action_done()
        rest = picking.backorder_ids
        self.assertEqual(rest.plan_task_id, item)
        self.assertEqual(self._told(item), (50, True, False))
        rest.action_cancel()
        self.assertEqual(self._told(item), (100, True, True))
