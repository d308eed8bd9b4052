from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ShortageCommon


@tagged("-at_install", "post_install")
class TestRequisitionPlanner(ShortageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        to_order = cls.env.ref("stock.route_warehouse0_mto")
        to_order.active = True
        cls.busbar.write({"purchase_request": True, "seller_ids": [Command.create({
            "partner_id": cls.supplier.id, "price": 10, "delay": 5})], "route_ids": [Command.set(
            (to_order | cls.env.ref("purchase_stock.route_warehouse0_buy")).ids)]})

    def _requested_by(self, order):
        return self.env["purchase.request"].search([("production_id", "=", order.id)]).requested_by

    def test_requisition_of_the_system_is_the_planners(self):
        """MAT-1: where the system itself makes an order without a responsible, as a contract that confirms does, what
        is requested for it is the company planner's to submit; else its responsible's."""
        self.assertEqual(self._requested_by(self.make_order([(self.busbar, 4)], user_id=False)), self.other_planner)
        self.assertEqual(self._requested_by(self.make_order([(self.busbar, 4)])), self.planner)

    def test_buyer_who_left_is_replaced(self):
        """MAT-1, PUR-6: of a supplier whose buyer has left what is to be bought is the company's buyer's, the next need
        joins, and he is asked about what the former had ordered; a draft that the run finds is his to-do."""
        self.busbar.purchase_request = False
        self.buyer.active = False
        for quantity in (4, 6):
            self.make_order([(self.busbar, quantity)])
        line = self.env["purchase.order.line"].search([("product_id", "=", self.busbar.id), ("state", "=", "draft")])
        self.assertEqual((line.order_id.user_id, sum(line.mapped("product_qty"))), (self.head_buyer, 10))
        former = self.env["purchase.order"].with_user(self.buyer).sudo().create({
            "partner_id": self.supplier.id, "user_id": self.buyer.id})
        self.assertEqual(former._get_buyer(), self.head_buyer)
        former._remind_of_buying()
        self.assertEqual((former.user_id, former.activity_ids.user_id), (self.head_buyer, self.head_buyer))

    def test_planner_starts_the_run(self):
        """MAT-1: planning answers for the material of the orders: it starts the run and reads what it found, without
        further groups; a fitter does not start it."""
        chaser = self._user("chaser", "material_shortage.group_shortage_user")
        self.env["material.run"].with_user(chaser).action_run_now()
        self.assertEqual(self.env["material.run"].with_user(chaser).search([], limit=1).user_id, chaser)
        with self.assertRaises(AccessError):
            self.env["material.run"].with_user(self.fitter).action_run_now()

    def test_buyer_where_nobody_is_named(self):
        """MAT-1: of a supplier without a buyer what is to be bought is the company's buyer's; the next need joins."""
        self.busbar.purchase_request = False
        self.supplier.buyer_id = False
        for quantity in (4, 6):
            self.make_order([(self.busbar, quantity)])
        line = self.env["purchase.order.line"].search([("product_id", "=", self.busbar.id), ("state", "=", "draft")])
        self.assertEqual((line.order_id.user_id, sum(line.mapped("product_qty"))), (self.head_buyer, 10))
