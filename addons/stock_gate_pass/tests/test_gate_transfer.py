from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestGateTransfer(GateCommon):
    """Goods that leave by a transfer of the store: the pass and the books say the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.part = cls.env["product.product"].create({"name": "Contact", "type": "consu", "is_storable": True})
        cls.env["stock.quant"]._update_available_quantity(cls.part, cls.warehouse.lot_stock_id, 20)
        cls.picking = cls.env["stock.picking"].create({
            "picking_type_id": cls.warehouse.out_type_id.id, "partner_id": cls.customer.id,
            "location_id": cls.warehouse.lot_stock_id.id, "location_dest_id": cls.customers.id,
            "move_ids": [Command.create({
                "product_id": cls.part.id, "product_uom": cls.part.uom_id.id, "product_uom_qty": 20,
                "location_id": cls.warehouse.lot_stock_id.id, "location_dest_id": cls.customers.id})]})
        cls.picking.action_confirm()
        cls.picking.action_assign()
        cls.gate = cls.env["stock.gate.pass"].with_user(cls.keeper).create({
            "reason": "other", "partner_id": cls.customer.id, "picking_id": cls.picking.id,
            "line_ids": [Command.create({"product_id": cls.part.id, "quantity": 20})]})
        cls.gate.with_user(cls.keeper_head).action_approve()

    def _made_by_a_document(self):
        """As an addon above does whose document makes the passes."""
        model = self.registry["stock.gate.pass"]
        self.env.invalidate_all()
        return patch.object(model, "_compute_is_from_document", lambda gates: gates.update({"is_from_document": True}))

    def test_store_validates_its_own_transfer(self):
        """NCR-5: a transfer that a storekeeper put on his pass is his to validate; the guard counts the same goods."""
        with self.assertRaisesRegex(UserError, "has not validated the transfer"), self.env.cr.savepoint():
            self.gate.with_user(self.guard).action_out()
        self.picking.move_ids.picked = True
        self.picking.with_user(self.keeper)._action_done()
        self.gate.with_user(self.guard).action_out()
        self.assertRecordValues(self.gate, [{"state": "closed"}])

    def test_pass_counts_otherwise_than_the_transfer(self):
        """NCR-5: the store has sent dozens and lots, the pass names pieces and no lot: what leaves is the same; a
        second line of it does not leave once more."""
        cable = self.env["product.product"].create({
            "name": "Cable", "type": "consu", "is_storable": True, "tracking": "lot"})
        place, dozen = self.warehouse.lot_stock_id, self.env.ref("uom.product_uom_dozen")
        for name in ("L1", "L2"):
            lot = self.env["stock.lot"].create({"name": name, "product_id": cable.id})
            self.env["stock.quant"]._update_available_quantity(cable, place, 5, lot_id=lot)
        self.env["stock.quant"]._update_available_quantity(self.part, place, 24)
        picking = self.picking.copy({"move_ids": [Command.create({
            "product_id": product.id, "product_uom": unit.id, "product_uom_qty": quantity,
            "location_id": place.id, "location_dest_id": self.customers.id,
        }) for product, unit, quantity in ((self.part, dozen, 2), (cable, cable.uom_id, 10))]})
        picking.action_confirm()
        picking.action_assign()
        picking.move_ids.picked = True
        picking._action_done()
        gate = self.env["stock.gate.pass"].with_user(self.keeper).create({
            "reason": "other", "picking_id": picking.id, "line_ids": [
                Command.create({"product_id": product.id, "quantity": quantity})
                for product, quantity in ((self.part, 24), (cable, 10), (cable, 1))]})
        gate.with_user(self.keeper_head).action_approve()
        gate.with_user(self.guard).action_out()
        self.assertEqual(gate.line_ids.mapped("quantity_out"), [24, 10, 0])

    def test_copy_is_of_no_transfer(self):
        """NCR-5: what leaves by a transfer leaves by one pass; a copy is for other goods, and another day."""
        self.gate.sudo().expected_return = "2026-12-24"
        self.assertRecordValues(self.gate.with_user(self.keeper).copy(), [{
            "picking_id": False, "expected_return": False, "partner_id": self.customer.id, "state": "draft"}])

    def test_guard_lets_a_document_s_goods_out(self):
        """NCR-5: the guard's scan validates the transfer of a document's pass; what is not on the truck stays."""
        with self._made_by_a_document():
            self.gate.with_user(self.guard).action_out({self.gate.line_ids.id: 15})
        self.assertEqual(self.picking.state, "done")
        self.assertEqual(sum(self.picking.move_ids.mapped("quantity")), 15)
        self.assertEqual(self.picking.backorder_ids.move_ids.product_uom_qty, 5)

    def test_cancelled_transfer_lets_nothing_out(self):
        """NCR-5: nothing leaves on the pass of a transfer that was cancelled."""
        self.picking.action_cancel()
        with self._made_by_a_document(), self.assertRaisesRegex(UserError, "was cancelled"):
            self.gate.with_user(self.guard).action_out()

    def test_document_says_what_leaves(self):
        """NCR-5: on the pass of a document people write the carriage, and neither goods nor who gets them."""
        gate = self.gate.copy().with_user(self.keeper)
        with self._made_by_a_document():
            for action in (gate.line_ids.unlink, gate.unlink, lambda: gate.line_ids.write({"quantity": 5}),
                           lambda: gate.write({"partner_id": self.company.partner_id.id}),
                           lambda: gate.write({"line_ids": [Command.create({"name": "Cable", "quantity": 1})]})):
                with self.assertRaises(UserError), self.env.cr.savepoint():  # an access error is one, too
                    action()
            gate.write({"vehicle": "A 12345"})
        gate.invalidate_recordset()
        gate.write({"partner_id": self.company.partner_id.id})

    def test_transfer_leads_to_its_passes(self):
        """UI: a transfer counts its passes and opens them."""
        self.assertEqual(self.picking.gate_pass_count, 1)
        self.assertEqual(self.picking.action_view_gate_passes()["res_id"], self.gate.id)
