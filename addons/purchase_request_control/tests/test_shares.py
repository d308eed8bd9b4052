"""What orders buy of a requested line, and what is left to order."""
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RequestCommon


@tagged("-at_install", "post_install")
class TestShares(RequestCommon):

    def test_no_share_beyond_the_request(self):
        """PUR-1: a buyer adds no share to what is requested, nor one of another product or a foreign order; what is
        left he may still order."""
        line = self._approved().line_ids
        order = self._order(line.request_id, quantities={line: 6})
        shares = self.env["purchase.request.allocation"].with_user(self.buyer)
        values = {"purchase_request_line_id": line.id, "purchase_line_id": order.order_line.id}
        for quantity in (5, 10 ** 6):
            with self.assertRaisesRegex(ValidationError, "were requested"), self.env.cr.savepoint():
                shares.create({**values, "requested_product_uom_qty": quantity})
        with self.assertRaisesRegex(ValidationError, "were requested"), self.env.cr.savepoint():
            line.purchase_request_allocation_ids.with_user(self.buyer).requested_product_uom_qty = 11
        other = self.env["purchase.order"].with_user(self.buyer).create({
            "partner_id": self.supplier.id, "order_line": [Command.create({
                "product_id": self.busbar.id, "product_qty": 4})]})
        with self.assertRaisesRegex(ValidationError, "cannot be ordered here"), self.env.cr.savepoint():
            shares.create({**values, "purchase_line_id": other.order_line.id, "requested_product_uom_qty": 1})
        self._order(line.request_id)
        self.assertEqual(line.qty_to_order, 0)

    def test_cancelled_quotation_is_not_revived_beside_another(self):
        """PUR-1: what was ordered elsewhere meanwhile is not bought a second time by setting the first to draft."""
        request = self._approved()
        first = self._order(request)
        first.button_cancel()
        second = self._order(request)
        with self.assertRaisesRegex(ValidationError, "were requested"), self.env.cr.savepoint():
            first.button_draft()
        second.button_cancel()
        first.button_draft()
        self.assertEqual(request.line_ids.qty_to_order, 0)

    def test_no_backorder_leaves_the_rest_to_order(self):
        """PUR-2: of 10 ordered 4 came and the store wants no backorder: 6 are to be ordered again; a cancelled receipt
        leaves all of it."""
        requests = self._approved(), self._approved()
        part, none = (self._order(request) for request in requests)
        (part | none).button_confirm()
        receipt = part.picking_ids
        receipt.move_ids.write({"quantity": 4, "picked": True})
        receipt.move_ids._action_done(cancel_backorder=True)
        none.picking_ids.action_cancel()
        lines = [request.line_ids for request in requests]
        self.assertEqual([(line.qty_to_order, line.qty_done) for line in lines], [(6, 4), (10, 0)])
        again = self._order(requests[0])
        self.assertEqual((again.order_line.product_qty, lines[0].qty_to_order), (6, 0))

    def test_confirming_many_orders_looks_for_shares_once(self):
        """PUR-2: orders that serve no request cost as many queries about shares when there are many as when few."""
        def asked(number):
            orders = self.env["purchase.order"].create([{
                "partner_id": self.supplier.id, "order_line": [Command.create({
                    "product_id": self.breaker.id, "product_qty": 1})]} for _each in range(number)])
            self.env.flush_all()
            self.env.invalidate_all()
            queries, execute = [], self.cr.execute

            def remember(query, *args, **kwargs):
                queries.append(getattr(query, "code", query))
                return execute(query, *args, **kwargs)
            with patch.object(self.cr, "execute", remember):
                orders.button_confirm()
                self.env.flush_all()
            return len([query for query in queries if 'FROM "purchase_request_allocation"' in query])
        few = asked(2)
        self.assertLessEqual(few, 2)
        self.assertEqual(asked(8), few)
