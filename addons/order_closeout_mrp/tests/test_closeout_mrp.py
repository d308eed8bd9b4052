from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import CloseoutMrpCommon

PURCHASES = "Purchases, planned and actual"


@tagged("-at_install", "post_install")
class TestCloseoutMrp(CloseoutMrpCommon):
    def test_documents_of_all_levels(self):
        """EVA-3: productions of all levels, purchases for them, deliveries and serial numbers stand in the dossier."""
        top = self.productions.filtered(lambda production: production.product_id == self.cabinet)
        lot = self.env["stock.lot"].create({"name": "C-1", "product_id": self.cabinet.id})
        self.env["stock.move.line"].create({
            "move_id": top.move_finished_ids[:1].id, "product_id": self.cabinet.id, "lot_id": lot.id, "quantity": 1})
        purchases = self.env["purchase.order.line"].search(
            [("product_id", "in", (self.breaker | self.sheet).ids)]).order_id
        ids = self.order._get_dossier_ids()
        self.assertEqual(self.productions.product_id, self.cabinet | self.door)
        self.assertEqual(set(ids["mrp.production"]), set(self.productions.ids))
        self.assertTrue(purchases)
        self.assertEqual(set(ids["purchase.order"]), set(purchases.ids))
        self.assertEqual(set(ids["stock.picking"]) & set(self.order.picking_ids.ids), set(self.order.picking_ids.ids))
        self.assertEqual(ids["stock.lot"], lot.ids)
        other = self._order(self.cabinet)
        self.assertFalse({"mrp.production", "purchase.order", "stock.lot"} & set(other._get_dossier_ids()))

    def test_reader_without_rights_sees_none_of_them(self):
        """EVA-3: who may read no purchases reads the dossier, without them, whatever leads over them."""
        order = self.order.with_user(self.sales)
        ids = order._get_dossier_ids()
        with self.assertRaises(AccessError):
            self.env["purchase.order"].with_user(self.sales).check_access("read")
        self.assertNotIn("purchase.order", ids)
        self.assertIn("stock.picking", ids)
        self.assertTrue(order.get_dossier()["events"])

    def test_costs_against_plan(self):
        """EVA-1: material and work as planned and as used."""
        workorder = self.productions.workorder_ids
        workorder.duration = 90
        figures = dict(self.order._get_evaluation_figures()[self.order])
        material = figures["Material, planned and used"]
        self.assertIn("640.00", material, "2 × 3 breakers at 100, 2 × 2 sheets at 10")
        self.assertIn("→", material)
        self.assertIn("60.00", figures["Work, planned and used"])
        self.assertIn("90.00 (+50%)", figures["Work, planned and used"].replace("\u00a0", " "))

    def test_semi_finished_goods_count_once(self):
        """EVA-1: a door made for the order is counted by its sheets, not once more where it is built in."""
        self.door.standard_price = 1000
        planned, used = self.productions._get_material_costs()
        self.assertEqual((planned, used), (640, 0))

    def test_purchases_against_plan(self):
        """EVA-1: what the order asked for, at the products' cost and as ordered; once it is billed, as billed."""
        self.assertNotIn(PURCHASES, self._figures(), "nothing is ordered yet")
        purchases = self._purchase()
        self.assertEqual(purchases.order_line._get_costs_of(self.order), (640, 704), "2 × (3 × 100 + 2 × 10); + 10 %")
        self.assertIn("(+10%)", self._figures()[PURCHASES])
        breakers = purchases.order_line.filtered(lambda line: line.product_id == self.breaker)
        self._bill(breakers, 120)
        self.assertEqual(purchases.order_line._get_costs_of(self.order), (640, 6 * 120 + 4 * 11))
        self._add_freight(breakers.order_id)
        self.assertEqual(purchases.order_line._get_costs_of(self.order), (640 + 50, 6 * 120 + 4 * 11 + 60))

    def test_purchase_for_two_orders_is_shared(self):
        """EVA-1: of a purchase that serves several orders each bears what it asked for; freight is borne by an order
        that the purchase serves alone."""
        self.supplier.group_rfq = "all"
        self.order, other = self._order(self.cabinet), self._order(self.cabinet)
        self.order.order_line.product_uom_qty, other.order_line.product_uom_qty = 2, 1
        self.order.action_confirm()
        other.action_confirm()
        purchase = self._purchase() & self.env["purchase.order"].search([("reference_ids.sale_ids", "=", other.id)])
        self.assertEqual(len(purchase), 1, "Odoo puts all into one request for quotation")
        self._add_freight(purchase)
        self.assertEqual(purchase.order_line._get_costs_of(self.order), (640, 704))
        self.assertEqual(purchase.order_line._get_costs_of(other), (320, 352))

    def _add_freight(self, purchase):
        freight = self._product("Freight", type="service", standard_price=50)
        purchase.order_line = [Command.create({"product_id": freight.id, "product_qty": 1, "price_unit": 60})]

    def _figures(self):
        return dict(self.order._get_evaluation_figures()[self.order])

    def _bill(self, lines, price):
        """Post the supplier's bill at another price."""
        lines.qty_received = lines.product_qty
        lines.order_id.action_create_invoice()
        bill = lines.order_id.invoice_ids
        bill.invoice_date = fields.Date.today()
        bill.invoice_line_ids.filtered(lambda row: row.purchase_line_id not in lines).unlink()
        bill.invoice_line_ids.price_unit = price
        bill.action_post()
