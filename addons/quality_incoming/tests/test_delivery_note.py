import runpy
from pathlib import Path

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..hooks import post_init_hook
from .common import IncomingCommon


@tagged("post_install", "-at_install")
class TestDeliveryNote(IncomingCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.delivery_note_required = True

    def setUp(self):
        super().setUp()
        self.order = self._order((self.plain, 100))
        self.picking = self.order.picking_ids
        self.move = self.picking.move_ids

    def _count(self, **values):
        return self.env["quality.delivery.note.line"].with_user(self.keeper).create({
            "picking_id": self.picking.id, "move_id": self.move.id, **values})

    def test_receipt_without_note_is_asked_for(self):
        """REC-1: validation asks for the note's number, and goes on when it is entered."""
        self.move.picked = True
        action = self.picking.button_validate()
        self.assertEqual(action["res_model"], "quality.delivery.note.wizard")
        self.assertEqual(self.picking.state, "assigned")
        wizard = self.env[action["res_model"]].with_context(**action["context"]).create({})
        wizard.line_ids.delivery_note_ref = "SH-1"
        wizard.action_confirm()
        self.assertRecordValues(self.picking, [{"state": "done", "delivery_note_ref": "SH-1"}])

    def test_receipt_without_note_is_refused_by_the_model(self):
        """REC-1: no other door receives an order's goods without the note."""
        self.move.picked = True
        with self.assertRaisesRegex(UserError, "delivery note"):
            self.picking._action_done()

    def test_company_may_do_without_notes(self):
        """REC-1: a company that switched it off is not asked."""
        self.company.delivery_note_required = False
        self.move.picked = True
        self.picking.button_validate()
        self.assertEqual(self.picking.state, "done")

    def test_receipt_without_order_is_not_asked(self):
        """REC-1: goods that no order brought have no supplier's note."""
        picking = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.in_type_id.id,
            "location_id": self.env.ref("stock.stock_location_suppliers").id, "location_dest_id": self.stock.id,
            "move_ids": [Command.create({
                "product_id": self.plain.id, "product_uom_qty": 1,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.stock.id})]})
        picking.action_confirm()
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    def test_short_delivery_is_received_as_counted(self):
        """REC-1: what is missing stays open on the order, the buyer is told at once."""
        line = self._count(quantity_counted=90, decision="accepted", note="One box less")
        self.assertRecordValues(line, [{
            "quantity_note": 100, "difference": -10, "kind": "mismatch", "quantity_refused": 0,
            "quantity_received": 90}])
        self.assertEqual(self.move.quantity, 90)
        activity = self.picking.activity_ids
        self.assertEqual(activity.user_id, self.buyer)
        self.assertIn("One box less", activity.note)
        self.picking.delivery_note_ref = "SH-2"
        self.move.picked = True
        self._validate(self.picking)
        self.assertEqual(self.order.order_line.qty_received, 90)
        backorder = self.order.picking_ids - self.picking
        self.assertRecordValues(backorder.move_ids, [{"product_uom_qty": 10, "state": "assigned"}])

    def test_damaged_goods_are_refused(self):
        """REC-1: damaged goods go back with the driver and are not received; the order stays open for them."""
        line = self._count(quantity_damaged=5)
        self.assertRecordValues(line, [{"kind": "damage", "quantity_refused": 5, "quantity_received": 95}])
        self.assertEqual(self.move.quantity, 95)
        self.move.quantity = 100
        self.picking.delivery_note_ref = "SH-3"
        self.move.picked = True
        with self.assertRaisesRegex(UserError, "5 refused"):
            self.picking._action_done()

    def test_damaged_goods_may_be_accepted(self):
        """REC-1: a difference that is accepted is received and stays on record."""
        self._count(quantity_damaged=5, decision="accepted")
        self.assertEqual(self.move.quantity, 100)

    def test_too_much_is_refused(self):
        """REC-1: more than the note says is refused unless it is accepted."""
        line = self._count(quantity_counted=110)
        self.assertRecordValues(line, [{"quantity_refused": 10, "quantity_received": 100}])
        line.decision = "accepted"
        self.assertEqual(self.move.quantity, 110)

    def test_mere_shortage_is_not_refused(self):
        """REC-1: what came of a short line is taken in unless somebody refuses it, and then all of it goes back."""
        line = self._count(quantity_counted=90)
        self.assertRecordValues(line, [{
            "kind": "mismatch", "decision": "accepted", "quantity_refused": 0, "quantity_received": 90}])
        line.decision = "refused"
        self.assertRecordValues(line, [{"quantity_refused": 90, "quantity_received": 0}])
        line.quantity_damaged = 3
        self.assertRecordValues(line, [{"decision": "refused", "quantity_refused": 3, "quantity_received": 87}])
        line.write({"quantity_damaged": 0})
        self.assertRecordValues(line, [{"decision": "accepted", "quantity_received": 90}])

    def test_count_proposes_and_answers_the_backorder(self):
        """REC-1: the window of the count proposes what is on the note; what is short stays open without a question."""
        action = self.picking.with_user(self.keeper).action_count_delivery_note()
        with Form(self.picking.with_user(self.keeper), "quality_incoming.view_picking_form_count") as form:
            form.delivery_note_ref = "SH-9"
            with form.delivery_note_line_ids.edit(0) as line:
                self.assertEqual((line.quantity_counted, line.decision), (100, "accepted"))
                line.quantity_counted = 90
                self.assertEqual(line.decision, "accepted")
        self.assertEqual(action["res_id"], self.picking.id)
        self.assertTrue(self.picking.with_user(self.keeper).button_validate())
        self.assertRecordValues(self.picking, [{"state": "done", "delivery_note_ref": "SH-9"}])
        backorder = self.order.picking_ids - self.picking
        self.assertRecordValues(backorder.move_ids, [{"product_uom_qty": 10, "state": "assigned"}])

    def test_what_nobody_counted_is_asked(self):
        """REC-1: a receipt that is short without its count asks what becomes of the rest, as Odoo does."""
        self.picking.delivery_note_ref = "SH-10"
        self.move.quantity = 90
        self.assertEqual(self.picking.button_validate()["res_model"], "stock.backorder.confirmation")
        self._count(quantity_counted=95)
        self.move.quantity = 90
        self.assertEqual(self.picking.button_validate()["res_model"], "stock.backorder.confirmation")

    def test_line_that_was_not_picked_is_asked(self):
        """REC-1: a line that nobody ticked, beside one received in full, is asked about as in Odoo."""
        order = self._order((self.plain, 10), (self.plain, 5))
        picking = order.picking_ids
        picking.delivery_note_ref = "SH-11"
        picking.move_ids[0].picked = True
        self.assertEqual(picking.button_validate()["res_model"], "stock.backorder.confirmation")

    def test_shortages_of_the_former_revision(self):
        """REC-1: the upgrade takes "refused" from lines that were merely short, and from no other."""
        short = self._count(quantity_counted=90)
        self.order = self._order((self.plain, 100))
        self.picking, self.move = self.order.picking_ids, self.order.picking_ids.move_ids
        damaged = self._count(quantity_damaged=5)
        self.env.flush_all()
        self.env.cr.execute("UPDATE quality_delivery_note_line SET decision = 'refused' WHERE id = %s", [short.id])
        script = Path(__file__).parent.parent / "migrations" / "19.0.1.2.0" / "post-shortages.py"
        runpy.run_path(str(script))["migrate"](self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertEqual((short.decision, damaged.decision), ("accepted", "refused"))

    def test_correct_count_tells_nobody(self):
        """REC-1: what agrees with the note is no finding."""
        self.picking.with_user(self.keeper).action_fill_delivery_note()
        self.assertRecordValues(self.picking.delivery_note_line_ids, [{"kind": "none", "quantity_received": 100}])
        self.assertFalse(self.picking.activity_ids)
        self.assertFalse(self.picking.delivery_note_differs)

    def test_count_that_is_corrected_tells_nobody_any_more(self):
        """REC-1: a slip of whoever counts is no news for the buyer once it is put right."""
        picking = self.picking.with_user(self.keeper)
        picking.action_fill_delivery_note()
        line = picking.delivery_note_line_ids
        line.quantity_counted = 90
        self.assertEqual(self.picking.activity_ids.user_id, self.buyer)
        line.quantity_counted = 100
        self.assertFalse(self.picking.activity_ids)

    def test_count_is_closed_with_the_receipt(self):
        """REC-1: after the receipt the count cannot be changed, nor can the note be replaced."""
        line = self._count(quantity_counted=90, decision="accepted")
        self.picking.delivery_note_ref = "SH-4"
        self.move.picked = True
        self._validate(self.picking)
        with self.assertRaises(UserError):
            line.note = "Later"
        with self.assertRaises(UserError):
            line.unlink()
        with self.assertRaises(UserError):
            self.picking.delivery_note_ref = "SH-5"

    def test_mismatch_is_a_serious_finding_of_the_inspection(self):
        """REC-1, REC-5: a quantity not as on the note goes with the goods to their inspection."""
        self.order = self._order((self.product, 100))
        self.picking, self.move = self.order.picking_ids, self.order.picking_ids.move_ids
        self._count(quantity_counted=90, decision="accepted")
        self._receive(self.order)
        self.assertTrue(self.order.order_line.quality_inspection_ids.finding_quantity)

    def test_company_with_receipts_starts_without_the_rule(self):
        """REC-1: installed where goods are received already, nothing that stands at the gate is refused; a company
        without receipts begins with the rule on."""
        new = self.env["res.company"].create({"name": "Plant to come"})
        self.company.delivery_note_required = True
        order = self._order((self.plain, 5))
        post_init_hook(self.env)
        self.assertFalse(self.company.delivery_note_required)
        self.assertTrue(new.delivery_note_required)
        self._receive(order)
        self.assertEqual(order.picking_ids.state, "done")
