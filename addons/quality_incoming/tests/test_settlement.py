from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import IncomingCommon


@tagged("post_install", "-at_install")
class TestSettlement(IncomingCommon):
    """What dispositions do to the purchase: return, replacement, price, hours."""

    def _rejected(self, quantity=100, defects=100):
        """A received lot that its whole inspection rejected, with its nonconformity."""
        self.plan.sampling_ids.method = "whole"
        order = self._order((self.product, quantity))
        self._receive(order)
        inspection = self._inspect(order.order_line.quality_inspection_ids, defects=defects)
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", inspection.id)])
        return order, report

    def _out(self, row):
        row.gate_pass_id.with_user(self.head).action_approve()
        row.gate_pass_id.with_user(self.keeper).action_out()

    def test_returned_and_billed_goods_are_credited(self):
        """NCR-4, PUR-9: goods that were billed before their return get a draft of the supplier's credit note."""
        self.product.purchase_method = "purchase"
        order = self._order((self.product, 100))
        bill = self._bill(order)
        self.assertEqual(bill.invoice_line_ids.quantity, 100)
        self.plan.sampling_ids.method = "whole"
        self._receive(order)
        inspection = self._inspect(order.order_line.quality_inspection_ids, defects=20)
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", inspection.id)])
        row = self._dispose(report, {"kind": "return", "quantity": 20, "settlement": "credit"})
        self.assertFalse(row.credit_note_ids)
        self._out(row)
        self.assertRecordValues(row.credit_note_ids, [{
            "move_type": "in_refund", "state": "draft", "amount_total": 200, "partner_id": self.supplier.id}])
        self.assertEqual(row.credit_note_ids.invoice_line_ids.purchase_line_id, order.order_line)
        self.assertFalse(row.settled_on)
        row.credit_note_ids.invoice_date = bill.invoice_date
        row.credit_note_ids.action_post()
        self.assertTrue(row.settled_on)
        self.assertRecordValues(order.order_line, [{"qty_received": 80, "qty_invoiced": 80, "qty_qualified": 80}])

    def test_replacement_is_received_and_inspected(self):
        """NCR-4, MAT-6: the replacement is a receipt with its expected date; it is inspected like any other."""
        order, report = self._rejected(100, 20)
        row = self._dispose(report, {
            "kind": "return", "quantity": 20, "settlement": "replacement", "expected_return": "2030-05-06"})
        receipt = row.replacement_picking_id
        self.assertRecordValues(receipt.move_ids, [{
            "product_uom_qty": 20, "purchase_line_id": order.order_line.id, "location_dest_id": self.hold.id,
            "state": "assigned"}])
        self.assertEqual(str(receipt.move_ids.date), "2030-05-06 00:00:00")
        self._out(row)
        self.assertRecordValues(order.order_line, [{"qty_received": 80, "qty_qualified": 80}])
        self.assertFalse(row.settled_on)
        self.assertFalse(row.credit_note_ids)
        receipt.move_ids.picked = True
        receipt.button_validate()
        self.assertTrue(row.settled_on)
        self.assertRecordValues(order.order_line, [{"qty_received": 100, "qty_qualified": 80, "qty_in_inspection": 20}])
        again = order.order_line.quality_inspection_ids.filtered(lambda one: one.state == "pending")
        self._inspect(again)
        self.assertRecordValues(order.order_line, [{"qty_received": 100, "qty_qualified": 100}])

    def test_replacement_serves_who_waits(self):
        """MAT-6, NCR-8: a demand chained to the rejected receipt waits for its replacement and gets it."""
        order, report = self._rejected(10, 10)
        receipt = order.picking_ids.move_ids
        waiting = self.env["stock.move"].create({
            "product_id": self.product.id, "product_uom_qty": 10, "location_id": self.stock.id,
            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
            "picking_type_id": self.warehouse.out_type_id.id, "move_orig_ids": [(4, receipt.id)],
            "procure_method": "make_to_order"})
        waiting._action_confirm()
        row = self._dispose(report, {
            "kind": "return", "quantity": 10, "settlement": "replacement", "expected_return": "2030-05-06"})
        self._out(row)
        self.assertIn(row.replacement_move_ids, waiting.move_orig_ids)
        self.assertEqual(waiting.quantity, 0)
        row.replacement_move_ids.picked = True
        row.replacement_picking_id.button_validate()
        self.assertEqual(waiting.quantity, 0)
        self._inspect(row.replacement_move_ids.quality_inspection_ids)
        self.assertEqual(waiting.quantity, 10)

    def test_new_date_moves_the_replacement(self):
        """MAT-6: when the supplier gives another date, the expected receipt follows."""
        _order, report = self._rejected(10, 10)
        row = self._dispose(report, {
            "kind": "return", "quantity": 10, "settlement": "replacement", "expected_return": "2030-05-06"})
        row.with_user(self.head).action_set_expected_return("2030-06-01", "Mould broken")
        self.assertEqual(str(row.replacement_move_ids.date), "2030-06-01 00:00:00")

    def test_given_up_return_cancels_its_replacement(self):
        """NCR-4: a return that is given up brings no replacement."""
        _order, report = self._rejected(10, 10)
        row = self._dispose(report, {
            "kind": "return", "quantity": 10, "settlement": "replacement", "expected_return": "2030-05-06"})
        row.with_user(self.head).action_cancel()
        self.assertEqual(row.replacement_move_ids.state, "cancel")

    def test_concession_lowers_the_next_bill(self):
        """NCR-4, PUR-9: a concession at 10 % less is a line of the order and of the next bill."""
        order, report = self._rejected(100, 30)
        row = self._dispose(report, {"kind": "concession", "quantity": 30, "price_reduction_percent": 10})
        self.assertRecordValues(row.settlement_line_ids, [{
            "product_qty": -30, "price_unit": 1, "price_subtotal": -30,
            "quality_origin_line_id": order.order_line[0].id}])
        self.assertFalse(row.credit_note_ids)
        self.assertTrue(row.settled_on)
        self.assertEqual(self._bill(order).amount_total, 970)
        self.assertEqual(order.invoice_status, "invoiced")

    def test_concession_of_billed_goods_is_credited(self):
        """NCR-4, PUR-9: after the bill the price reduction becomes a credit note, not a second deduction."""
        self.product.purchase_method = "purchase"
        order = self._order((self.product, 100))
        self._bill(order)
        self.plan.sampling_ids.method = "whole"
        self._receive(order)
        inspection = self._inspect(order.order_line.quality_inspection_ids, defects=30)
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", inspection.id)])
        row = self._dispose(report, {"kind": "concession", "quantity": 30, "price_reduction_percent": 10})
        self.assertRecordValues(row.credit_note_ids, [{"move_type": "in_refund", "amount_total": 30}])
        self.assertEqual(row.settlement_line_ids.qty_to_invoice, 0)

    def test_free_concession_changes_no_price(self):
        """NCR-4: a concession without price reduction leaves the order as it is."""
        order, report = self._rejected(100, 30)
        self._dispose(report, {"kind": "concession", "quantity": 30})
        self.assertEqual(len(order.order_line), 1)

    def test_hours_are_charged_back(self):
        """NCR-4: hours of sorting at the supplier's charge are taken off the next bill; own hours are not."""
        order, report = self._rejected(100, 100)
        charged, own = self._dispose(
            report, {"kind": "sort", "quantity": 60, "responsible_id": self.inspector.id, "hourly_cost": 50,
                     "charged_to_supplier": True},
            {"kind": "rework", "quantity": 40, "responsible_id": self.inspector.id, "hourly_cost": 50}).sorted(
                lambda row: row.kind == "rework")
        charged.with_user(self.inspector).action_task_done(2)
        own.with_user(self.inspector).action_task_done(3)
        self.assertRecordValues(charged.settlement_line_ids, [{"product_qty": -2, "price_unit": 50}])
        self.assertFalse(own.settlement_line_ids)
        self.assertEqual(order.amount_untaxed, 900)

    def test_bought_without_order_settles_nothing(self):
        """NCR-4: goods that no order brought are returned without credit; nothing fails."""
        picking = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.in_type_id.id, "partner_id": self.supplier.id,
            "location_id": self.env.ref("stock.stock_location_suppliers").id, "location_dest_id": self.stock.id,
            "move_ids": [(0, 0, {
                "product_id": self.product.id, "product_uom_qty": 10,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.stock.id})]})
        self.plan.sampling_ids.method = "whole"
        picking.action_confirm()
        picking.move_ids.picked = True
        picking.button_validate()
        inspection = self._inspect(picking.move_ids.quality_inspection_ids, defects=10)
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", inspection.id)])
        row = self._dispose(report, {"kind": "return", "quantity": 10, "settlement": "credit"})
        self._out(row)
        self.assertEqual(row.state, "done")
        self.assertFalse(row.credit_note_ids)

    def test_repaired_goods_are_qualified_by_their_reinspection(self):
        """NCR-4, PUR-9: goods under repair at the supplier are received, not qualified, until inspected again."""
        order, report = self._rejected(10, 10)
        row = self._dispose(report, {"kind": "repair", "quantity": 10, "expected_return": "2030-05-06"})
        self._out(row)
        self.assertRecordValues(order.order_line, [{"qty_received": 10, "qty_qualified": 0, "qty_to_invoice": 0}])
        row.gate_pass_id.with_user(self.keeper).action_in()
        self.assertEqual(order.order_line.qty_in_inspection, 10)
        self._inspect(row.child_inspection_ids)
        self.assertRecordValues(order.order_line, [{"qty_received": 10, "qty_qualified": 10, "qty_to_invoice": 10}])
        self.assertEqual(self._stock_of(self.product, self.stock), 10)


@tagged("post_install", "-at_install")
class TestPaymentGate(IncomingCommon):
    """PUR-10: payment only for what was received and qualified."""

    def _billed(self, quantity=100):
        """Order billed on its ordered quantity, before the goods are here."""
        self.product.purchase_method = "purchase"
        order = self._order((self.product, quantity))
        return order, self._bill(order)

    def test_bill_waits_for_the_verdict(self):
        """PUR-10: a bill of goods under inspection cannot be paid; the message names the inspection."""
        order, bill = self._billed()
        self._receive(order)
        inspection = order.order_line.quality_inspection_ids
        self.assertRecordValues(bill, [{"quality_payment_state": "waiting", "quality_payable_amount": 0}])
        with self.assertRaisesRegex(UserError, inspection.name):
            self._pay(bill)
        self._inspect(inspection)
        self.assertRecordValues(bill, [{"quality_payment_state": "ok", "quality_payable_amount": 1000}])
        self._pay(bill)
        self.assertEqual(bill.amount_residual, 0)

    def test_cancelled_inspection_qualifies_nothing(self):
        """PUR-9, PUR-10, REC-6: without a verdict nothing is qualified, billed or paid; inspected again, it is."""
        order, bill = self._billed()
        self._receive(order)
        inspection = order.order_line.quality_inspection_ids
        inspection.with_user(self.head).action_cancel()
        self.assertRecordValues(order.order_line, [{
            "qty_received": 100, "qty_qualified": 0, "qty_in_inspection": 100, "qty_rejected": 0}])
        with self.assertRaisesRegex(UserError, inspection.name):
            self._pay(bill)
        again = inspection.browse(inspection.with_user(self.inspector).action_inspect_again()["res_id"])
        self.assertEqual(order.order_line.qty_in_inspection, 100)
        self._inspect(again)
        self.assertRecordValues(order.order_line, [{"qty_qualified": 100, "qty_in_inspection": 0}])
        self._pay(bill)
        self.assertEqual(bill.amount_residual, 0)

    def test_inspections_that_end_otherwise_leave_nothing_unqualified(self):
        """PUR-9: cancelled because they were merged, or because all went back, they hide nothing from the order."""
        order, _bill = self._billed()
        self._receive(order)
        first = order.order_line.quality_inspection_ids
        first.with_user(self.inspector).action_split(40)
        (first | first.split_ids).with_user(self.inspector).action_merge()
        self.assertRecordValues(order.order_line, [{"qty_qualified": 0, "qty_in_inspection": 100}])
        self._inspect(first)
        self.assertRecordValues(order.order_line, [{"qty_qualified": 100, "qty_in_inspection": 0}])

    def test_goods_not_received_are_not_paid(self):
        """PUR-10: three-way match: without receipt no payment."""
        _order, bill = self._billed()
        self.assertEqual(bill.quality_payment_state, "waiting")
        with self.assertRaises(UserError):
            self._pay(bill)

    def test_qualified_part_can_be_paid(self):
        """PUR-10: what is qualified can be paid, no cent more."""
        order, bill = self._billed()
        self._receive(order, 60)
        self._inspect(order.order_line.quality_inspection_ids)
        self.assertEqual(bill.quality_payable_amount, 600)
        with self.assertRaises(UserError):
            self._pay(bill, 600.01)
        self._pay(bill, 600)
        with self.assertRaises(UserError):
            self._pay(bill, 1)

    def test_reconciliation_by_hand_meets_the_gate(self):
        """PUR-10: a payment made on its own cannot be matched with the bill either."""
        order, bill = self._billed()
        self._receive(order)
        entry = self.env["account.move"].create({"line_ids": [
            (0, 0, {"account_id": bill.line_ids.filtered(
                lambda line: line.account_id.account_type == "liability_payable").account_id.id,
                "debit": 1000, "partner_id": self.supplier.id}),
            (0, 0, {"account_id": self.company.account_journal_suspense_account_id.id, "credit": 1000})]})
        entry.action_post()
        lines = (entry | bill).line_ids.filtered(lambda line: line.account_id.account_type == "liability_payable")
        with self.assertRaises(UserError):
            lines.reconcile()
        self._inspect(order.order_line.quality_inspection_ids)
        lines.reconcile()
        self.assertEqual(bill.amount_residual, 0)

    def test_credit_note_settles_the_rest(self):
        """PUR-10: a credit note for what was returned may be matched, and then the rest be paid."""
        order, bill = self._billed()
        self.plan.sampling_ids.method = "whole"
        self._receive(order)
        inspection = self._inspect(order.order_line.quality_inspection_ids, defects=20)
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", inspection.id)])
        self.assertEqual(bill.quality_payment_state, "exception")
        with self.assertRaisesRegex(UserError, report.name):
            self._pay(bill)
        row = self._dispose(report, {"kind": "return", "quantity": 20, "settlement": "credit"})
        row.gate_pass_id.with_user(self.head).action_approve()
        row.gate_pass_id.with_user(self.keeper).action_out()
        with self.assertRaises(UserError):
            self._pay(bill)
        credit = row.credit_note_ids
        credit.invoice_date = bill.invoice_date
        credit.action_post()
        (credit | bill).line_ids.filtered(lambda line: line.account_id.account_type == "liability_payable").reconcile()
        self.assertEqual(bill.amount_residual, 800)
        self.assertEqual(bill.quality_payment_state, "ok")
        self._pay(bill)
        self.assertEqual(bill.amount_residual, 0)

    def test_older_bill_takes_the_qualified_quantity_first(self):
        """PUR-10: of two bills the older one is paid for what is qualified."""
        order, bill = self._billed(100)
        second = bill.copy({"invoice_date": "2030-01-01"})
        second.invoice_line_ids.purchase_line_id = order.order_line
        second.action_post()
        self._receive(order)
        self._inspect(order.order_line.quality_inspection_ids)
        self.assertEqual(bill.quality_payment_state, "ok")
        self.assertRecordValues(second, [{"quality_payment_state": "exception", "quality_payable_amount": 0}])

    def test_uninspected_goods_and_services_are_free(self):
        """PUR-10: received goods without plan and services count as received."""
        service = self.env["product.product"].create({
            "name": "Freight", "type": "service", "purchase_method": "purchase", "supplier_taxes_id": False})
        order = self._order((self.plain, 10), (service, 1))
        self._receive(order)
        bill = self._bill(order)
        self.assertEqual(bill.quality_payment_state, "ok")
        self._pay(bill)
        self.assertEqual(bill.amount_residual, 0)

    def test_release_needs_right_and_reason(self):
        """PUR-10: a bill is released whole by those who may, with a reason that stays on it."""
        order, bill = self._billed()
        self._receive(order)
        accountant = self._user("accountant", "account.group_account_invoice")
        with self.assertRaises(UserError):
            bill.with_user(accountant).action_release_payment()
        with self.assertRaises(UserError):
            bill.with_user(accountant).quality_released_on = bill.create_date
        wizard = self.env["quality.payment.release"].with_user(self.purchase_head).create({
            "move_id": bill.id, "reason": " "})
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.reason = "Advance payment by contract"
        wizard.action_confirm()
        self.assertRecordValues(bill, [{
            "quality_payment_state": "released", "quality_released_by": self.purchase_head.id,
            "quality_release_reason": "Advance payment by contract"}])
        self._pay(bill)
        self.assertEqual(bill.amount_residual, 0)

    def test_reopened_bill_loses_its_release(self):
        """PUR-10: a bill that is opened again has to be released again."""
        _order, bill = self._billed()
        bill.with_user(self.purchase_head)._release_payment("Advance")
        bill.button_draft()
        self.assertFalse(bill.quality_released_on)
        bill.action_post()
        self.assertEqual(bill.quality_payment_state, "waiting")

    def test_company_may_switch_the_gate_off(self):
        """PUR-10: a company that pays otherwise is not held up."""
        self.company.quality_payment_gate = False
        _order, bill = self._billed()
        self._pay(bill)
        self.assertEqual(bill.amount_residual, 0)

    def test_bills_are_found_by_their_state(self):
        """PUR-10: the search says of every bill what the bill says, in one query, however many there are."""
        order, bill = self._billed()
        second = bill.copy({"invoice_date": "2030-01-01"})
        second.invoice_line_ids.purchase_line_id = order.order_line
        second.action_post()
        dozens = self._order((self.product, 5), confirm=False)
        dozens.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        dozens.button_confirm()
        self._bill(dozens)
        draft = self._bill(self._order((self.product, 3)), post=False)
        _order, released = self._billed(7)
        released.with_user(self.purchase_head)._release_payment("Advance")
        part_order, part = self._billed(10)
        self._receive(part_order, 4)
        self._inspect(part_order.order_line.quality_inspection_ids)
        credit = part._reverse_moves([{"invoice_date": part.invoice_date}])
        credit.invoice_line_ids.write({"quantity": 1, "purchase_line_id": part_order.order_line.id})
        credit.action_post()
        other = self.env["account.move"].create({"move_type": "in_invoice", "partner_id": self.supplier.id,
                                                 "invoice_date": bill.invoice_date})
        bills = bill | second | dozens.invoice_ids | draft | released | part | credit | other
        self.assertEqual(bills.mapped("quality_payment_state"), [
            "waiting", "waiting", "waiting", "ok", "released", "waiting", False, "ok"])
        self._assert_found(bills)
        self.assertEqual(part.quality_payable_amount, 50)
        self._receive(order)
        self._inspect(order.order_line.quality_inspection_ids)
        self.assertEqual((bill | second).mapped("quality_payment_state"), ["ok", "exception"])
        self._assert_found(bills)

    def _assert_found(self, bills):
        states = ["ok", "waiting", "exception", "released", False]
        for state in states:
            expected = bills.filtered(lambda one, state=state: one.quality_payment_state == state)
            for operator, found in (("=", expected), ("!=", bills - expected)):
                domain = [("id", "in", bills.ids), ("quality_payment_state", operator, state)]
                with self.subTest(domain=domain):
                    self.assertEqual(set(self.env["account.move"].search(domain).ids), set(found.ids))
        waiting = [("id", "in", bills.ids), ("quality_payment_state", "in", ["waiting", "exception"])]
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.env["account.move"].search(waiting)
