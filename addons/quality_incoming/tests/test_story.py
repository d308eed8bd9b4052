from odoo.tests import tagged

from .common import IncomingCommon


@tagged("post_install", "-at_install")
class TestStory(IncomingCommon):

    def test_receipt_of_500_ends_in_450_accepted_20_returned_30_conceded(self):
        """REC-4, NCR-4, PUR-9, PUR-10, PUR-12, NCR-8: a lot that its sample rejects is sorted; 450 are accepted, 20
        go back for credit, 30 are conceded at 10 % less; stock, order, bill, score and demand are right."""
        demand = self._demand(490)
        order = self._order((self.product, 500))
        line = order.order_line
        self._receive(order)
        inspection = line.quality_inspection_ids
        self.assertRecordValues(inspection, [{
            "state": "pending", "quantity": 500, "partner_id": self.supplier.id, "location_id": self.hold.id}])
        self.assertEqual(demand.quantity, 0, "nothing can be reserved before the verdict")
        self.assertRecordValues(line, [{
            "qty_received": 500, "qty_qualified": 0, "qty_in_inspection": 500, "qty_rejected": 0,
            "qty_to_invoice": 0}])

        self._inspect(inspection, defects=2)
        self.assertRecordValues(inspection.sample_ids, [{
            "sample_size": 50, "acceptance": 1, "rejection": 2, "nonconforming": 2, "decision": "reject"}])
        self.assertEqual(inspection.verdict, "reject")
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", inspection.id)])
        self.assertRecordValues(report, [{"quantity": 500, "state": "open", "partner_id": self.supplier.id}])
        self.assertEqual(report.demand_ids, demand)
        self.assertRecordValues(line, [{"qty_qualified": 0, "qty_in_inspection": 0, "qty_rejected": 500}])

        sorting = self._dispose(report, {"kind": "sort", "quantity": 500, "responsible_id": self.inspector.id,
                                         "hourly_cost": 40, "charged_to_supplier": True})
        sorting.with_user(self.inspector).action_task_done(5)
        again = inspection.child_ids
        self.assertRecordValues(again, [{
            "state": "pending", "quantity": 500, "purchase_line_id": line.id, "root_id": inspection.id}])
        self.assertRecordValues(line, [{"qty_in_inspection": 500, "qty_rejected": 0, "qty_to_invoice": 0}])
        self._inspect(again, defects=50)
        self.assertEqual(again.quantity_accepted, 450)
        self.assertEqual(self._stock_of(self.product, self.stock), 450)
        self.assertEqual(self._stock_of(self.product, self.hold), 50)
        self.assertEqual(demand.quantity, 450)
        self.assertRecordValues(line, [{
            "qty_received": 500, "qty_qualified": 450, "qty_rejected": 50, "qty_to_invoice": 450}])

        report = self.env["quality.nonconformity"].search([("inspection_id", "=", again.id)])
        returned, conceded = self._dispose(
            report, {"kind": "return", "quantity": 20, "settlement": "credit"},
            {"kind": "concession", "quantity": 30, "price_reduction_percent": 10}).sorted("quantity")
        self.assertEqual(conceded.state, "done")
        self.assertEqual(self._stock_of(self.product, self.stock), 480)
        self.assertEqual(demand.quantity, 480)
        self.assertRecordValues(returned.picking_id, [{
            "return_id": order.picking_ids[:1].id, "partner_id": self.supplier.id, "state": "assigned"}])
        self.assertRecordValues(returned.picking_id.move_ids, [{
            "purchase_line_id": line.id, "to_refund": True, "product_uom_qty": 20}])
        returned.gate_pass_id.with_user(self.head).action_approve()
        returned.gate_pass_id.with_user(self.keeper).action_out()
        self.assertEqual(returned.state, "done")
        self.assertEqual(self._stock_of(self.product, self.hold), 0)
        self.assertRecordValues(line, [{
            "product_qty": 500, "qty_received": 480, "qty_qualified": 480, "qty_in_inspection": 0, "qty_rejected": 0,
            "qty_to_invoice": 480}])
        self.assertRecordValues(order.order_line - line, [
            {"product_qty": -5, "price_unit": 40, "quality_disposition_id": sorting.id},
            {"product_qty": -30, "price_unit": 1, "quality_disposition_id": conceded.id}])
        self.assertFalse(returned.credit_note_ids, "nothing was billed, so there is nothing to credit")

        bill = self._bill(order)
        self.assertEqual(bill.amount_total, 480 * 10 - 30 - 200)
        self.assertEqual(bill.quality_payment_state, "ok")
        self._pay(bill)
        self.assertIn(bill.payment_state, ("paid", "in_payment"))
        score = self.supplier._get_quality_scores()[self.supplier.id]
        self.assertEqual((score["lots"], score["lot_acceptance"], score["ppm"]), (1, 0, 100000))
        self.assertEqual(demand.product_uom_qty - demand.quantity, 10, "what is still short")

    def _demand(self, quantity):
        picking = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.out_type_id.id, "partner_id": self.supplier.id,
            "location_id": self.stock.id, "location_dest_id": self.env.ref("stock.stock_location_customers").id,
            "move_ids": [(0, 0, {
                "product_id": self.product.id, "product_uom_qty": quantity, "location_id": self.stock.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id})]})
        picking.action_confirm()
        return picking.move_ids
