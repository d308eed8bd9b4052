from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimLoss(ClaimCommon):
    """Two of four cabinets never arrive."""

    def _lost(self, quantity=2, **values):
        claim = self.env["delivery.claim"].with_user(self.logistics)._make(self._left(**values), "lost").with_user(
            self.logistics)
        line = claim.line_ids.filtered(lambda line: line.product_id == self.cabinet)[:1]
        (claim.line_ids - line).unlink()
        line.quantity = quantity
        claim.received_on = self.today
        return claim

    def _sold(self, claim):
        return claim.sudo().order_id.order_line.filtered(lambda line: line.product_id == self.cabinet)

    def test_lost_goods_are_not_delivered(self):
        """DLV-6, PAY-1: what the carrier has lost at our risk counts as delivered no more once it is claimed, has no
        value and is nobody's stock; a claim that was none gives it back."""
        claim = self._lost()
        self.assertEqual(self._sold(claim).qty_delivered, 4)
        claim.action_file()
        self.assertEqual(self._sold(claim).qty_delivered, 2)
        loss = claim.sudo().move_ids
        self.assertRecordValues(loss, [{
            "state": "done", "quantity": 2, "location_dest_id": self.env.ref("delivery_claim.stock_location_lost").id}])
        self.assertFalse(loss.is_in or loss.is_out)
        claim.with_user(self.head).action_cancel("They stood in the neighbour's yard")
        self.assertEqual(self._sold(claim).qty_delivered, 4)
        back = loss.returned_move_ids
        self.assertRecordValues(loss | back, [{"state": "done", "to_refund": False}] * 2)
        self.assertTrue(back.location_dest_id.usage == "customer", "Delivered on the day on which it left")

    def test_nobody_knows_which_are_lost(self):
        """DLV-6: a claim without the serial numbers is filed; what it is about counts as delivered, which is said."""
        claim = self._lost()
        self.cabinet.sudo().tracking = "serial"
        claim.action_file()
        self.assertFalse(claim.sudo().move_ids)
        self.assertEqual(self._sold(claim).qty_delivered, 4)
        self.assertIn("Nobody knows which of", "".join(claim.message_ids.mapped("body")))

    def test_two_lines_of_one_product(self):
        """DLV-6, PAY-1: what two lines of an order sell in one crate is lost of each of them."""
        order = self.notice.sudo().order_id.copy()
        order.order_line = [Command.clear(), *(Command.create({
            "product_id": self.cabinet.id, "product_uom_qty": quantity, "name": f"Row of {quantity}"})
            for quantity in (3, 2))]
        self.env["stock.quant"]._update_available_quantity(
            self.cabinet, self.notice.sudo().picking_ids.location_id, 5)
        order.action_confirm()
        order.picking_ids.action_assign()
        notice = self._notice(order, forwarder_id=self.forwarder.id)
        self._ship(notice)
        notice.sudo()._follow()
        claim = self.env["delivery.claim"].with_user(self.logistics)._make(notice, "lost").with_user(self.logistics)
        claim.received_on = self.today
        self.assertEqual(claim.line_ids.mapped("quantity"), [3, 2])
        claim.action_file()
        self.assertEqual(order.order_line.mapped("qty_delivered"), [0, 0])

    def test_lost_serial_numbers(self):
        """DLV-6, PAY-1: of serial numbers those that are claimed are lost, not whichever left together with them."""
        cabinet = self.env["product.product"].create({
            "name": "Ring main unit", "is_storable": True, "tracking": "serial", "list_price": 900})
        lots = self.env["stock.lot"].create([
            {"name": f"RMU-{number}", "product_id": cabinet.id, "company_id": self.company.id} for number in range(3)])
        for lot in lots:
            self.env["stock.quant"]._update_available_quantity(
                cabinet, self.notice.sudo().picking_ids.location_id, 1, lot_id=lot)
        order = self.notice.sudo().order_id.copy()
        order.order_line = [Command.clear(), Command.create({"product_id": cabinet.id, "product_uom_qty": 3})]
        order.action_confirm()
        order.picking_ids.action_assign()
        notice = self._notice(order, forwarder_id=self.forwarder.id)
        self._ship(notice)
        notice.sudo()._follow()
        claim = self.env["delivery.claim"].with_user(self.logistics)._make(notice, "lost").with_user(self.logistics)
        claim.line_ids.filtered(lambda line: line.lot_name == "RMU-1").unlink()
        claim.received_on = self.today
        claim.action_file()
        self.assertEqual(order.order_line.qty_delivered, 1)
        self.assertEqual(claim.sudo().move_ids.lot_ids.mapped("name"), ["RMU-0", "RMU-2"])
        self.assertTrue(lots[1].location_id.usage == "customer")
        claim.action_resupply()
        self.assertEqual(sum(claim.sudo()._get_resupply().mapped("product_uom_qty")), 2)

    def test_lost_at_the_customers_risk(self):
        """DLV-6, PAY-1: by terms that pass the risk with the departure it stays delivered, which the history says, and
        nothing is sent anew for nothing; the same where he fetches the goods."""
        for values, code in (({}, "FCA"), ({"carriage": "customer", "forwarder_id": False}, False)):
            claim = self._lost(**values)
            claim.sudo().order_id.incoterm = self.env["account.incoterms"].search([("code", "=", code)])
            claim.forwarder_id = self.forwarder
            claim.action_file()
            self.assertEqual(self._sold(claim).qty_delivered, 4)
            self.assertIn("customer's risk", claim.message_ids[0].body)
            self.assertFalse(claim.has_lost_goods)
            with self.assertRaisesRegex(UserError, "new order"):
                claim.action_resupply()

    def test_lost_goods_are_sent_anew(self):
        """DLV-7, AFT-4: one button plans what replaces the lost pieces, once, and no return of what never comes; with
        it the order is delivered again."""
        claim = self._lost()
        with self.assertRaisesRegex(UserError, "Filed"):
            claim.action_resupply()
        with self.assertRaises(AccessError):
            claim.with_user(self.store).action_resupply()
        claim.action_file()
        order = claim.sudo().order_id
        before = order.picking_ids
        for _again in range(2):
            claim.action_resupply()
            again = order.picking_ids - before
            self.assertRecordValues(again.move_ids, [{
                "product_uom_qty": 2, "sale_line_id": self._sold(claim).id, "delivery_claim_id": claim.id}])
        self.assertEqual((again.picking_type_code, claim.resupply_count), ("outgoing", 1))
        with self.assertRaisesRegex(UserError, again.name):
            claim.with_user(self.head).action_cancel("They came after all")
        with self.assertRaises(AccessError):
            again.move_ids.with_user(self.store).delivery_claim_id = False
        self.env["stock.quant"]._update_available_quantity(self.cabinet, again.location_id, 2)
        self._ship(self._notice(order))
        self.assertEqual(self._sold(claim).qty_delivered, 4)

    def test_nothing_lost(self):
        """DLV-7: damaged goods are with the customer: nothing is sent anew by the claim."""
        claim = self._filed()
        self.assertFalse(claim.sudo().move_ids)
        with self.assertRaisesRegex(UserError, "nothing of it is missing or lost"):
            claim.action_resupply()
