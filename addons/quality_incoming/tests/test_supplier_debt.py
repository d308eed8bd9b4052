import importlib.util
from pathlib import Path

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import IncomingCommon


@tagged("post_install", "-at_install")
class TestSupplierDebt(IncomingCommon):
    """What the supplier owes for returned goods: found bad in stock too, cancelled by somebody too."""

    def _bought(self, quantity=100, product=None, billed=True, lots=None):
        """Goods without inspection in stock, received of an order and billed."""
        order = self._order((product or self.plain, quantity))
        self._receive(order, lots=lots)
        return order, self._bill(order) if billed else None

    def _found_bad(self, quantity, product=None, lots=None, **values):
        """Reported from the shelf, isolated."""
        report = self.env["quality.nonconformity"].with_user(self.inspector).create({
            "source": "process", "product_id": (product or self.plain).id, "quantity": quantity, "severity": "minor",
            "location_id": self.stock.id, "partner_id": self.supplier.id, "own_process": False, "description": "Bent",
            "lot_ids": [Command.set(lots.ids if lots else [])], **values})
        report.action_open()
        report.action_isolate()
        return report.with_env(self.env)

    def _out(self, row):
        row.gate_pass_id.with_user(self.head).action_approve()
        row.gate_pass_id.with_user(self.keeper).action_out()

    def _returned(self, report, quantity, settlement="credit", **values):
        row = self._dispose(report, {
            "kind": "return", "quantity": quantity, "settlement": settlement, "partner_id": self.supplier.id, **values})
        self._out(row)
        return row

    def _post(self, credit):
        credit.invoice_date = credit.invoice_date or "2030-01-01"
        credit.action_post()

    def test_found_in_stock_is_credited(self):
        """NCR-4, PUR-9: bad goods of the shelf go back: off the order, credit drafted, buyer told, done when posted."""
        order, bill = self._bought()
        report = self._found_bad(20)
        row = self._returned(report, 20)
        self.assertEqual(row.purchase_line_id, order.order_line)
        self.assertRecordValues(order.order_line, [{"qty_received": 80, "qty_qualified": 80}])
        self.assertRecordValues(row.credit_note_ids, [{
            "move_type": "in_refund", "state": "draft", "amount_total": 200, "partner_id": self.supplier.id}])
        self.assertIn(self.buyer, row.credit_note_ids.activity_ids.user_id)
        self.assertIn(self.buyer, report.activity_ids.user_id)
        self.assertIn(report.name, " ".join(order.message_ids.mapped("body")))
        self.assertRecordValues(row, [{"state": "in_progress", "quantity_done": 20, "settled_on": False}])
        with self.assertRaisesRegex(UserError, "not carried out"):
            report.with_user(self.head).action_close()
        self._post(row.credit_note_ids)
        self.assertEqual(row.state, "done")
        self.assertTrue(row.settled_on)
        report.with_user(self.head).action_close()
        self.assertRecordValues(order.order_line, [{"qty_received": 80, "qty_invoiced": 80, "qty_to_invoice": 0}])
        self.assertEqual(bill.quality_payment_state, "ok")

    def test_found_in_stock_and_not_billed_is_done(self):
        """NCR-4, PUR-9: what is not billed needs no credit: the order bills less."""
        order, _bill = self._bought(billed=False)
        row = self._returned(self._found_bad(20), 20)
        self.assertRecordValues(row, [{"state": "done", "credit_note_ids": []}])
        self.assertEqual(self._bill(order).amount_total, 800)

    def test_lots_name_their_order(self):
        """NCR-4: of two orders that brought a product, the lot says which one; the buyer's choice is checked."""
        product = self._product("Resin", tracking="lot")
        first, _bill = self._bought(10, product, lots={"R-1": 10})
        second, _bill = self._bought(10, product, lots={"R-2": 10})
        lots = first.picking_ids.move_line_ids.lot_id
        report = self._found_bad(4, product, lots)
        rows = self.env["quality.disposition"].with_user(self.inspector).create([{
            "nonconformity_id": report.id, "kind": "return", "quantity": 4, "settlement": "credit"}])
        self.assertEqual(rows.sudo().purchase_line_id, first.order_line)
        rows.purchase_line_id = second.order_line.id
        with self.assertRaisesRegex(ValidationError, "not one of"):
            rows.sudo().purchase_line_id = self._order((self.plain, 1)).order_line

    def test_price_reduction_of_goods_in_stock(self):
        """NCR-4, PUR-9: goods of the shelf that are conceded at a lower price lower the next bill."""
        order, _bill = self._bought(billed=False)
        row = self._dispose(self._found_bad(30), {
            "kind": "concession", "quantity": 30, "price_reduction_percent": 10, "partner_id": self.supplier.id})
        self.assertEqual(row.state, "done")
        self.assertEqual(self._bill(order).amount_total, 970)

    def test_bought_without_order_is_credited_by_its_bill(self):
        """NCR-4: goods that no order brought are credited at the price of their last bill; without one nobody owes."""
        self.env["stock.quant"]._update_available_quantity(self.plain, self.stock, 50)
        row = self._returned(self._found_bad(5), 5)
        self.assertRecordValues(row, [{"state": "done", "purchase_line_id": False}])
        bill = self.env["account.move"].create({
            "move_type": "in_invoice", "partner_id": self.supplier.id, "invoice_date": "2030-01-01",
            "invoice_line_ids": [Command.create({"product_id": self.plain.id, "quantity": 50, "price_unit": 7})]})
        bill.action_post()
        row = self._returned(self._found_bad(5), 5)
        self.assertRecordValues(row, [{"state": "in_progress"}])
        self.assertRecordValues(row.credit_note_ids, [{"amount_untaxed": 35, "invoice_origin": bill.name}])
        self._post(row.credit_note_ids)
        self.assertEqual(row.state, "done")

    def test_cancelled_credit_note_is_made_again(self):
        """NCR-4: a draft that was cancelled or deleted leaves the return open; it is drafted anew, never twice."""
        self._bought()
        row = self._returned(self._found_bad(20), 20).with_user(self.head)
        with self.assertRaisesRegex(UserError, "nothing is missing"):
            row.action_retry()
        row.sudo().credit_note_ids.button_cancel()
        row.action_retry()
        row.sudo().credit_note_ids.filtered(lambda move: move.state == "draft").unlink()
        row.action_retry()
        self.assertEqual(sorted(row.sudo().credit_note_ids.mapped("state")), ["cancel", "draft"])
        self._post(row.sudo().credit_note_ids.filtered(lambda move: move.state == "draft"))
        self.assertRecordValues(row.sudo(), [{"state": "done", "picking_count": 1}])
        with self.assertRaisesRegex(UserError, "was done meanwhile"):
            row.action_retry()

    def test_replacement_of_goods_in_stock(self):
        """NCR-4, MAT-6: bad goods of the shelf are replaced, with and without an order."""
        order, _bill = self._bought()
        row = self._returned(self._found_bad(20), 20, "replacement", expected_return="2030-05-06")
        self.assertRecordValues(row.replacement_move_ids, [{
            "product_uom_qty": 20, "purchase_line_id": order.order_line.id, "location_dest_id": self.stock.id}])
        self.assertEqual(row.state, "in_progress")
        row.replacement_move_ids.picked = True
        self._validate(row.replacement_picking_id)
        self.assertEqual(row.state, "done")
        self.assertEqual(order.order_line.qty_received, 100)
        other = self._product("Rivet")
        self.env["stock.quant"]._update_available_quantity(other, self.stock, 50)
        row = self._returned(self._found_bad(5, other), 5, "replacement", expected_return="2030-05-06")
        self.assertRecordValues(row.replacement_move_ids, [{
            "product_id": other.id, "product_uom_qty": 5, "purchase_line_id": False, "state": "assigned"}])
        self.assertEqual(row.replacement_picking_id.partner_id, self.supplier)

    def test_cancelled_replacement_is_made_again(self):
        """NCR-4, MAT-6: a cancelled replacement keeps the report open and is made again, for what has not come."""
        order, _bill = self._bought()
        report = self._found_bad(20)
        row = self._returned(report, 20, "replacement", expected_return="2030-05-06")
        with self.assertRaisesRegex(UserError, "nothing is missing"):
            row.with_user(self.head).action_retry()
        move = row.replacement_move_ids
        move.quantity = 5
        move.picked = True
        self._validate(row.replacement_picking_id)
        rest = row.replacement_move_ids - move
        rest.picking_id.with_user(self.keeper).action_cancel()
        self.assertRecordValues(row, [{"state": "in_progress", "settled_on": False}])
        self.assertIn("make it again", " ".join(report.activity_ids.mapped(lambda one: f"{one.summary} {one.note}")))
        with self.assertRaisesRegex(UserError, "not carried out"):
            report.with_user(self.head).action_close()
        row.with_user(self.head).action_retry()
        again = row.replacement_move_ids - move - rest
        self.assertRecordValues(again, [{"product_uom_qty": 15, "state": "assigned"}])
        self.assertEqual(row.picking_count, 1)
        again.picked = True
        self._validate(again.picking_id)
        self.assertEqual(row.state, "done")
        report.with_user(self.head).action_close()
        self.assertEqual(order.order_line.qty_received, 100)

    def test_replacement_is_given_up_for_a_credit(self):
        """NCR-4, PUR-9: what the supplier does not replace he credits; only then the return is done."""
        order, _bill = self._bought()
        row = self._returned(self._found_bad(20), 20, "replacement", expected_return="2030-05-06")
        row.with_user(self.head).action_cancel()
        self.assertEqual(row.replacement_move_ids.state, "cancel")
        self.assertRecordValues(row.credit_note_ids, [{"state": "draft", "amount_total": 200}])
        self.assertEqual(row.state, "in_progress")
        with self.assertRaisesRegex(UserError, "nothing is left"):
            row.with_user(self.head).action_cancel()
        self._post(row.credit_note_ids)
        self.assertRecordValues(row, [{"state": "done", "quantity_done": 20, "quantity_cut": 0}])
        self.assertEqual(order.order_line.qty_received, 80)

    def test_cancelled_replacement_of_a_rejected_lot(self):
        """NCR-4: the same for a lot that its inspection rejected, also before the goods have left."""
        self.plan.sampling_ids.method = "whole"
        order = self._order((self.product, 10))
        self._receive(order)
        inspection = self._inspect(order.order_line.quality_inspection_ids, defects=10)
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", inspection.id)])
        row = self._dispose(report, {
            "kind": "return", "quantity": 10, "settlement": "replacement", "expected_return": "2030-05-06"})
        row.replacement_picking_id.action_cancel()
        row.with_user(self.head).action_retry()
        self.assertEqual(row.replacement_move_ids.mapped("state"), ["cancel", "assigned"])
        self.assertEqual(len(row.move_ids), 1)
        self._out(row)
        self.assertEqual(row.state, "in_progress")

    def test_upgrade_opens_what_is_owed(self):
        """NCR-4: a return that the former revision called done without its replacement is open after the upgrade."""
        self._bought()
        row = self._returned(self._found_bad(20), 20, "replacement", expected_return="2030-05-06")
        paid = self._returned(self._found_bad(5), 5)
        self._post(paid.credit_note_ids)
        self.env.flush_all()
        self.env.cr.execute("UPDATE quality_disposition SET state = 'done' WHERE id = %s", [row.id])
        self.env.invalidate_all()
        script = Path(__file__).parent.parent / "migrations" / "19.0.1.1.0" / "post-open_settlements.py"
        spec = importlib.util.spec_from_file_location("script", script)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual((row.state, paid.state), ("in_progress", "done"))
        row.replacement_move_ids.picked = True
        self._validate(row.replacement_picking_id)
        self.assertEqual(row.state, "done")
