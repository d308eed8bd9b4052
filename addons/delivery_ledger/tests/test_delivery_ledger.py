from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import LedgerCommon


@tagged("post_install", "-at_install")
class TestDeliveryLedger(LedgerCommon):
    def test_a_row_for_each_delivered_line(self):
        """DLV-5, DLV-9: what left by a notice stands in the ledger with its days, its amount and its receipt; days are
        the company's: 17 UTC of the promised day is the day after it in China."""
        order = self._promised()
        notice = self._noticed(order)
        self._leave(order, "2026-12-10 17:00:00")
        notice.sudo()._follow()
        rows = self._rows(order)
        self.assertRecordValues(rows, [
            {"product_id": product.id, "quantity": 4, "amount": amount, "partner_id": self.customer.id,
             "user_id": self.seller.id, "warehouse_id": self.warehouse.id, "notice_id": notice.id, "kind": "delivery",
             "date_promised": fields.Date.to_date("2026-12-10"), "days_late": 1, "punctuality": "late",
             "on_time": 0.0, "date_repromised": False, "receipt_state": "outstanding"}
            for product, amount in ((self.cabinet, 4000), (self.cable, 40))])
        paper = self.env["ir.attachment"].with_user(self.logistics).create({"name": "receipt.pdf", "raw": b"%PDF-1.4"})
        with freeze_time("2026-12-13 08:00:00"):
            notice.with_user(self.logistics).action_register_receipt(paper, "Mr. Wang", fields.Date.today())
        self.env.invalidate_all()
        self.assertEqual(set(self._rows(order).mapped("receipt_state")), {"signed"})
        self.assertEqual(rows[0].date_received, notice.signed_on)
        self.assertEqual(rows[0].action_open_document()["res_id"], notice.id)

    def test_finished_product_is_no_delivery(self):
        """DLV-9, trap 8: the move by which a finished product enters the store bears the order's line, too; it counts
        for nothing, and neither does a cancelled one."""
        order = self._promised()
        self.env["stock.move"].create({
            "product_id": self.cabinet.id, "product_uom_qty": 4, "quantity": 4, "picked": True,
            "sale_line_id": order.order_line[0].id, "location_id": self.cabinet.property_stock_production.id,
            "location_dest_id": self.warehouse.lot_stock_id.id})._action_done()
        self.assertFalse(self._rows(order))
        order.picking_ids.action_cancel()
        self.assertFalse(self._rows(order))

    def test_what_comes_back_is_taken_off(self):
        """DLV-5: goods that come back are a row of their own, negative, and count neither as late nor as on time;
        neither does what is sent once more."""
        order = self._promised()
        picking = self._leave(order, "2026-12-09 08:00:00")
        back = self._bring_back(picking, 3)
        again = self._bring_back(back, 1)
        self.assertTrue(again.location_dest_id._is_outgoing())
        rows = self._rows(order)
        self.assertEqual(rows.mapped("kind"), ["delivery", "delivery", "return", "delivery"])
        self.assertEqual(rows[2:].mapped("quantity"), [-3, 1])
        self.assertEqual(rows[2:].mapped("amount"), [-3000, 1000])
        self.assertEqual(rows.mapped("punctuality"), ["on_time", "on_time", False, False])
        [[total, rate]] = self.env["delivery.ledger"].with_user(self.head)._read_group(
            [("order_id", "=", order.id)], [], ["amount:sum", "on_time:avg"])
        self.assertEqual((total, rate), (2040, 100))

    def test_goods_that_come_back_later_are_not_late(self):
        """DLV-9: the days of a return, or of what is sent once more, are no days by which a delivery was late."""
        order = self._promised()
        picking = self._leave(order, "2026-12-12 08:00:00")
        with freeze_time("2027-01-30 08:00:00"):
            self._bring_back(self._bring_back(picking, 3), 1)
        [[days]] = self.env["delivery.ledger"]._read_group([("order_id", "=", order.id)], [], ["days_late:avg"])
        self.assertEqual(days, 2)

    def test_new_date_excuses_nothing(self):
        """DLV-4, DLV-9: a delay that is reported on the notice gives cause and new date; the promise stays the order's,
        whatever the transfer's deadline says (traps 1 and 6)."""
        order = self._promised()
        self._noticed(order, delay_to="2026-12-20 02:00:00")
        order.picking_ids.move_ids.date_deadline = "2026-12-30 00:00:00"
        self._leave(order, "2026-12-15 08:00:00")
        self.assertRecordValues(self._rows(order)[0], [{
            "date_promised": fields.Date.to_date("2026-12-10"), "date_repromised": fields.Date.to_date("2026-12-21"),
            "days_late": 5, "on_time": 0.0, "delay_cause_id": self.env.ref("order_delivery.cause_material").id}])

    def test_first_promise_is_kept_in_mind(self):
        """DLV-9: a later day that the customer agrees to moves the promise; the first one stays as it is."""
        order = self._promised()
        order.commitment_date = "2026-12-20 04:00:00"
        self._leave(order, "2026-12-18 08:00:00")
        self.assertRecordValues(self._rows(order)[0], [{
            "date_first_promised": fields.Date.to_date("2026-12-10"),
            "date_promised": fields.Date.to_date("2026-12-20"), "punctuality": "on_time", "on_time": 100.0,
            "first_on_time": 0.0}])
        with self.assertRaises(AccessError):
            order.with_user(self.desk).date_first_promised = "2026-12-18 08:00:00"
        self.assertFalse(order.copy().date_first_promised)

    def test_nothing_promised(self):
        """DLV-9: an order without a day is neither late nor on time; given one, that is its first promise."""
        order = self._promised(moment=False)
        self._leave(order, "2026-12-18 08:00:00")
        row = self._rows(order)[0]
        self.assertRecordValues(row, [{"punctuality": "none", "date_promised": False, "days_late": 0}])
        self.assertFalse(self._orders(order))
        order.commitment_date = "2026-12-19 04:00:00"
        self.assertEqual(str(order.date_first_promised), "2026-12-19 04:00:00")

    def test_foreign_currency_units_and_freight(self):
        """DLV-5: amounts are in the company's currency, quantities in the product's own unit; the shipping cost of a
        transfer is shared by its lines."""
        dollar = self.env["res.currency"].create({"name": "XXD", "symbol": "X", "rate_ids": [
            Command.create({"name": "2026-01-01", "rate": 0.5, "company_id": self.company.id})]})
        pricelist = self.env["product.pricelist"].create({"name": "X", "currency_id": dollar.id})
        order = self._promised(products=self.cabinet, pricelist_id=pricelist.id)
        dozen = self.env.ref("uom.product_uom_dozen")
        self.env["stock.quant"]._update_available_quantity(self.cabinet, self.warehouse.lot_stock_id, 24)
        order.order_line = [Command.create({
            "product_id": self.cabinet.id, "product_uom_id": dozen.id, "product_uom_qty": 2, "price_unit": 6000})]
        order.picking_ids.carrier_price = 30.0
        self._leave(order, "2026-12-08 08:00:00")
        self.assertEqual(order.currency_id, dollar)
        self.assertRecordValues(self._rows(order), [
            {"quantity": 4, "amount": order.order_line[0].price_subtotal * 2, "freight": 30.0},
            {"quantity": 24, "amount": 24000, "freight": 30.0}])

    def test_kit_by_component(self):
        """DLV-9, trap 26: of a kit each component stands for itself, in its own unit, also before the kit is complete;
        together they are worth the kit's price."""
        kit = self.env["product.product"].create({
            "name": "Set", "is_storable": True, "list_price": 900, "taxes_id": [Command.clear()]})
        order = self.env["sale.order"].create({
            "partner_id": self.customer.id, "user_id": self.seller.id, "commitment_date": "2026-12-10 04:00:00",
            "order_line": [Command.create({"product_id": kit.id, "product_uom_qty": 2})]})
        order.action_confirm()
        parts, whole = {self.cabinet: 2, self.cable: 12}, order.picking_ids.move_ids
        for product, quantity in parts.items():
            self.env["stock.quant"]._update_available_quantity(product, self.warehouse.lot_stock_id, quantity)
            whole.copy({"product_id": product.id, "product_uom_qty": quantity})
        whole._action_cancel()  # as bills of materials of kits do it: components take the place of the kit
        order.picking_ids.move_ids._action_confirm()
        self._leave(order, "2026-12-08 08:00:00", {self.cabinet: 2, self.cable: 3})
        rows = self._rows(order)
        self.assertEqual(rows.sold_product_id, kit)
        self.assertEqual({row.product_id: (row.quantity, row.amount) for row in rows},
                         {self.cabinet: (2, 900), self.cable: (3, 225)})
        self._leave(order, "2026-12-09 08:00:00")
        self.assertEqual(sum(self._rows(order).mapped("amount")), 1800)

    def test_totals_are_in_one_unit(self):
        """DLV-5: pieces are not added to metres."""
        self.cable.uom_id = self.env.ref("uom.product_uom_meter")
        order = self._promised()
        self._leave(order, "2026-12-08 08:00:00")
        rows = self._rows(order)._read_group([("order_id", "=", order.id)], [], ["quantity:sum"])
        self.assertFalse(rows[0][0])

    def test_who_reads_the_ledger(self):
        """ARC-5: sales its own and nobody's, its head, desk, logistics and finance all; the store and another company
        nothing; logistics no amounts; nobody writes."""
        order = self._promised()
        self._leave(order, "2026-12-08 08:00:00")
        finance = self._person("finance", "account.group_account_invoice")
        theirs = self._sister()
        for name in ("delivery.ledger", "delivery.punctuality"):
            for user, seen in ((self.seller, True), (self.other_seller, False), (self.desk, True),
                               (self.logistics, True), (finance, True), (theirs, False)):
                found = self.env[name].with_user(user).search([("order_id", "=", order.id)])
                self.assertEqual(bool(found), seen, (name, user.login))
            for user in (self.store, self.clerk):
                with self.assertRaises(AccessError):
                    self.env[name].with_user(user).search([])
            with self.assertRaises(AccessError):
                found.with_user(self.logistics).mapped("amount")
                self.env[name].with_user(self.logistics)._read_group([], [], ["amount:sum"])
        row = self._rows(order, self.seller)[0]
        with self.assertRaises(AccessError):
            row.write({"waybill": "SF-1"})
        order.user_id = False
        self.assertTrue(self._rows(order, self.other_seller))
