from odoo.fields import Command
from odoo.tests import Form

from .common import IncomingCommon


class TestNewLines(IncomingCommon):
    """What we add to lines must hold for a line that has nothing yet: no product, no unit."""

    def test_buyer_adds_lines_to_a_new_order(self):
        """PUR-9: a buyer's new order takes lines by its form; they are counted from their product on."""
        form = Form(self.env["purchase.order"].with_user(self.buyer))
        form.partner_id = self.supplier
        with form.order_line.new() as line:
            line.product_id = self.product
            line.product_qty = 5
        with form.order_line.new() as line:
            line.display_type = "line_note"
            line.name = "Certificates go with the goods"
        order = form.save()
        self.assertRecordValues(order.order_line, [
            {"product_qty": 5, "qty_qualified": 0, "qty_in_inspection": 0, "qty_rejected": 0},
            {"product_qty": 0, "qty_qualified": 0, "qty_in_inspection": 0, "qty_rejected": 0}])

    def test_line_is_added_to_an_order_that_is_billed(self):
        """PUR-9: a further line on an order that is received and billed has no unit at first, and needs none."""
        order = self._order((self.plain, 5))
        self._receive(order)
        order.action_create_invoice()
        self.assertEqual(order.invoice_status, "invoiced")
        draft = order.new(origin=order)
        draft.order_line = [Command.create({"sequence": 20})]
        self.assertEqual(draft.invoice_status, "invoiced")
        with Form(order.with_user(self.buyer)) as form, form.order_line.new() as line:
            line.product_id = self.plain
        self.assertEqual(len(order.order_line), 2)

    def test_note_line_is_added_to_a_receipt(self):
        """REC-1: a line of the delivery note begins without a line of the receipt, and with quantities of its own."""
        line = self.env["quality.delivery.note.line"].new({"quantity_note": 5, "quantity_counted": 4})
        self.assertEqual(line.kind, "none", "nothing is compared before the line of the receipt is known")
        order = self._order((self.plain, 5))
        line.move_id = order.picking_ids.move_ids
        line.quantity_counted = 4
        self.assertEqual(line.kind, "mismatch")
