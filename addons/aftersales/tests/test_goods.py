from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .goods_common import GoodsCommon


@tagged("-at_install", "post_install")
class TestGoods(GoodsCommon):
    def test_return_of_one_serial_number(self):
        """AFT-4: Odoo's own return of the delivery, of the request's serial number only, linked both ways."""
        for lot in self.gone[1:]:  # neither the first nor all that the delivery holds
            request = self._contacted(lot_id=lot.id)
            back = self._do(request, "action_return_goods")
            self.assertRecordValues(back, [{
                "return_id": self.delivery.id, "service_request_id": request.id, "partner_id": self.customer.id}])
            self.assertRecordValues(back.move_ids, [{"product_uom_qty": 1, "lot_ids": lot.ids}])
            self.assertEqual(back.move_ids.origin_returned_move_id.picking_id, self.delivery)
            self.assertEqual(request.picking_count, 1)
            with self.assertRaisesRegex(UserError, back.name):
                request.action_return_goods()
        self._finish(back)
        self.assertEqual(back.move_ids.move_line_ids.lot_id, lot)
        self.assertEqual(self.sold.order_line[0].qty_delivered, 3, "it may be repaired: it is his")
        request.solution = "Taken back for good"
        request.action_solve()
        self.assertEqual(self.sold.order_line[0].qty_delivered, 2)

    def test_refund_is_not_delivered(self):
        """AFT-4: whoever wants his money for what comes back, and is not refused, has it delivered no more as soon as
        it is here; what is sent back to him stays delivered, also when the request is solved."""
        for wish, decision, left in (("return", False, 2), ("return", "refused", 3), ("repair", "granted", 3)):
            request = self._contacted(lot_id=self.gone[0].id, kind="complaint")
            request.sudo().write({"wish": wish, "decision": decision})
            self._finish(back := self._do(request, "action_return_goods"))
            self.assertEqual(self.sold.order_line[0].qty_delivered, left)
            self._finish(self._do(request, "action_send_back") - back)
            self.assertEqual(self.sold.order_line[0].qty_delivered, 3)
            request.sudo()._take_for_good()
            self.assertEqual(self.sold.order_line[0].qty_delivered, 3)

    def test_repaired_goods_are_sent_back(self):
        """AFT-4: what came back and was repaired goes to the customer by one button, once, this serial number only; the
        order has it delivered all the time, and it can come back another time."""
        lot = self.gone[1]
        request = self._contacted(lot_id=lot.id)
        with self.assertRaisesRegex(UserError, "nothing has come back"):
            request.action_send_back()
        back = self._do(request, "action_return_goods")
        with self.assertRaisesRegex(UserError, "nothing has come back"):
            request.action_send_back()
        self._finish(back)
        delivered = self.sold.order_line[0].qty_delivered
        repair = self.env["repair.order"].create({"product_id": lot.product_id.id, "lot_id": lot.id})
        repair.sudo().service_request_id = request
        with self.assertRaisesRegex(UserError, repair.name):
            request.action_send_back()
        repair.action_repair_cancel()
        again = self._do(request, "action_send_back") - back
        self.assertRecordValues(again.move_ids, [{
            "product_uom_qty": 1, "lot_ids": lot.ids, "service_request_id": request.id}])
        self.assertEqual(again.location_dest_id.usage, "customer")
        with self.assertRaisesRegex(UserError, "nothing has come back"):
            request.action_send_back()
        with self.assertRaises(AccessError):
            request.with_user(self.seller).action_send_back()
        self._finish(again)
        self.assertEqual((delivered, self.sold.order_line[0].qty_delivered), (3, 3), "it was his all the time")
        self.assertTrue(self._do(request, "action_return_goods"))

    def test_returned_goods_stand_where_they_came(self):
        """AFT-4: of a lot that also stands elsewhere, what came back is where it was received."""
        oil = self.env["product.product"].create({"name": "Oil", "is_storable": True, "tracking": "lot"})
        lot = self.env["stock.lot"].create({"name": "OIL-1", "product_id": oil.id, "company_id": self.env.company.id})
        stock = self.env["stock.warehouse"].search([("company_id", "=", self.env.company.id)], limit=1).lot_stock_id
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": stock.id})
        self.env["stock.quant"]._update_available_quantity(oil, shelf, 5, lot_id=lot)
        move = self.env["stock.move"].create({
            "product_id": oil.id, "product_uom_qty": 1, "location_dest_id": stock.id, "company_id": self.env.company.id,
            "location_id": self.env.ref("stock.stock_location_customers").id})
        move._action_confirm()
        move.quantity = 1
        move.move_line_ids.lot_id = lot
        move.picked = True
        move._action_done()
        self.assertEqual(move._get_returned_place(), stock)

    def test_return_of_a_quantity(self):
        """AFT-4: of goods without serial numbers what the request says, never more than the customer has."""
        request = self._contacted(product_id=self.fuse.id, order_id=self.sold.id, quantity=2)
        back = self._do(request, "action_return_goods")
        self.assertRecordValues(back.move_ids, [{"product_id": self.fuse.id, "product_uom_qty": 2}])
        request.quantity = 4
        with self.assertRaisesRegex(UserError, back.name):
            request.action_return_goods()
        request.quantity = 3
        request.action_return_goods()

    def test_what_cannot_be_returned(self):
        """AFT-4: goods that nobody delivered, or that nobody names, do not come back; neither does anything before the
        customer was contacted."""
        for values in ({}, {"product_id": self.fuse.id}):
            with self.assertRaisesRegex(UserError, "name the serial number"):
                self._contacted(**values).action_return_goods()
        unsold = self.lots - self.gone
        with self.assertRaisesRegex(UserError, "no delivery of"):
            self._contacted(lot_id=unsold.id).action_exchange_goods()
        with self.assertRaisesRegex(UserError, "Contacted"):
            self._handed(lot_id=self.gone[0].id).action_return_goods()
        with self.assertRaises(AccessError):
            self._contacted(lot_id=self.gone[0].id).with_user(self.seller).action_return_goods()
        # after-sales plans it without rights in stock: the store receives it
        request = self._contacted(lot_id=self.gone[0].id).with_user(self.colleague)
        self.assertIs(request.action_return_goods(), True)
        self.assertEqual(request.picking_count, 1)

    def test_exchange(self):
        """AFT-4: the goods come back and others are sent, both by Odoo's own ways, both of the request."""
        self.sold.date_order -= timedelta(days=40)
        self.sold.commitment_date = self.sold.date_order
        request = self._contacted(lot_id=self.gone[1].id)
        both = self._do(request, "action_exchange_goods")
        back = both.filtered("return_id")
        other = both - back
        self.assertEqual(back.move_ids.lot_ids, self.gone[1])
        self.assertRecordValues(other.move_ids, [{
            "product_id": self.product.id, "product_uom_qty": 1, "sale_line_id": self.sold.order_line[0].id,
            "service_request_id": request.id}])
        self.assertEqual(other.picking_type_code, "outgoing")
        self.assertEqual(other.scheduled_date.date(), fields.Date.today(), "not the day of the order")
        self._finish(other)
        self.assertEqual(other.move_ids.lot_ids, self.lots - self.gone)

    def test_backorder_keeps_the_request(self):
        """AFT-4: what comes later of a return is of the request, too; nobody else's goods are added to it."""
        request = self._contacted(product_id=self.fuse.id, order_id=self.sold.id, quantity=3)
        back = self._do(request, "action_return_goods")
        back.move_ids.quantity = 1
        self._finish(back)
        self.assertEqual(back.backorder_ids.move_ids.service_request_id, request)
        with self.assertRaises(AccessError):
            back.move_ids.with_user(self.engineer).service_request_id = False
        with self.assertRaises(AccessError):
            self.env["stock.return.picking"].with_user(self.engineer).create({
                "picking_id": self.delivery.id, "service_request_id": request.id})

    def test_spare_parts(self):
        """AFT-4: spare parts are free where the warranty covers the goods, else quoted at their price."""
        for lot, free, total in ((self.lot, True, 0), (self.env["stock.lot"], False, 60)):
            request = self._contacted(lot_id=lot.id, product_id=self.product.id, partner_id=self.customer.id)
            request.part_id = self.fuse
            order = self.env["sale.order"].browse(request.action_new_parts_order()["res_id"])
            self.assertRecordValues(order, [{
                "service_request_id": request.id, "service_is_free": free, "origin": request.name}])
            order.order_line.product_uom_qty = 2
            self.assertEqual(order.amount_untaxed, total)
            with self.assertRaises(AccessError):
                order.with_user(self.engineer).service_is_free = not free
        with self.assertRaisesRegex(UserError, "name the customer"):
            self._contacted(partner_id=False).action_new_parts_order()

    def test_spare_parts_are_asked_of_sales(self):
        """AFT-4: who may not write orders has the salesperson asked, once; his order ends the to-do."""
        request = self._contacted(lot_id=self.lot.id)
        request.part_id = self.fuse
        mine = request.with_user(self.colleague)
        self.assertFalse(self.env["sale.order"].with_user(self.colleague).has_access("create"))
        for _again in range(2):
            self.assertIn(self.seller.name, mine.action_new_parts_order()["params"]["message"])
        asked = request.sudo().activity_ids.filtered(lambda one: one.user_id == self.seller)
        self.assertEqual(len(asked), 1)
        self.assertIn("Fuse", asked.summary)
        request.with_user(self.seller).action_new_parts_order()
        self.assertFalse(asked.exists().active)
        other = self._contacted(lot_id=self.lot.id)
        other.with_user(self.colleague).action_new_parts_order()
        other.with_user(self.head).cancel_reason = "Entered twice by the desk"
        other.with_user(self.head).action_cancel()
        self.assertFalse(other.sudo().activity_ids, "nobody is asked for parts of a request that has ended")
        request.sudo().order_id.user_id = False
        request.sudo().partner_id.commercial_partner_id.user_id = False
        with self.assertRaisesRegex(UserError, "nobody sells"):
            mine.action_new_parts_order()
        with self.assertRaises(AccessError):
            self._contacted(lot_id=self.lot.id).with_user(self.general).action_new_parts_order()

    def test_repair_is_quoted_by_sales(self):
        """AFT-4: out of warranty whoever of after-sales may not write orders has the salesperson asked to quote the
        repair, once; his quotation ends the to-do, and so does the end of the request."""
        request = self._contacted(lot_id=self.lot.id)
        for _again in range(2):
            said = request.with_user(self.colleague).action_new_quotation()["params"]["message"]
            self.assertIn(self.seller.name, said)
        quote = ["aftersales.mail_activity_type_quote"]
        self.assertEqual(request.sudo().activity_search(quote).user_id, self.seller)
        request.with_user(self.seller).action_new_quotation()
        self.assertFalse(request.sudo().activity_search(quote))
        request.with_user(self.colleague).action_new_quotation()
        request.solution = "He declined"
        request.action_solve()
        self.assertFalse(request.sudo().activity_search(quote))
        with self.assertRaises(AccessError):
            self._contacted(lot_id=self.lot.id).with_user(self.general).action_new_quotation()

    def test_supplier_of_the_part(self):
        """AFT-4, AFT-5: the part's supplier is who delivered its lot, else its first vendor; nobody else's words are
        lost."""
        vendor, other = self.env["res.partner"].create([{"name": "Fuse Works"}, {"name": "Fuse Trade"}])
        self.fuse.write({"tracking": "lot", "seller_ids": [Command.create({"partner_id": vendor.id})]})
        request = self._contacted(lot_id=self.lot.id)
        request.part_id = self.fuse
        self.assertEqual(request.supplier_id, vendor)
        lot = self.env["stock.lot"].create({"name": "F1", "product_id": self.fuse.id, "company_id": self.company.id})
        receipt = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.in_type_id.id, "partner_id": other.id, "move_ids": [Command.create({
                "product_id": self.fuse.id, "product_uom_qty": 1, "location_id": self.env.ref(
                    "stock.stock_location_suppliers").id, "location_dest_id": self.warehouse.lot_stock_id.id})]})
        receipt.action_confirm()
        receipt.move_ids.write({"lot_ids": lot.ids, "picked": True})
        receipt._action_done()
        request.part_lot_id = lot
        self.assertRecordValues(request, [{"part_id": self.fuse.id, "supplier_id": other.id}])
