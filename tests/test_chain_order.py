"""An order goes through the whole company, in Chinese, by everybody who has a part in it.

What is clicked is clicked in ``test_journey.py`` and ``test_role_day_*.py``; here the buttons' methods are called with
the rights of the person who presses them, what is scanned goes through the scanner's flows, and suppliers and
consignees use the pages of their links over HTTP.
"""
from odoo.tests import tagged

from chain_change import Change
from chain_check import Check
from chain_company import ChainCompany
from chain_delivery import Delivery
from chain_sale import Sale
from chain_supply import Supply

ARRIVED = ("CW1-2026-01", "CW1-2026-02")
MADE = ("GGD-2026-01", "GGD-2026-02")
#: Of the second order: what is rejected, what comes for it, what comes for the cabinet that the customer adds.
BAD = ("CW1-2026-11", "CW1-2026-12")
REPLACED = ("CW1-2026-13", "CW1-2026-14")
ADDED = ("CW1-2026-15",)
MORE = ("GGD-2026-11", "GGD-2026-12", "GGD-2026-13")


@tagged("post_install", "-at_install")
class TestChain(Sale, Supply, Change, Delivery, Check, ChainCompany):
    def test_order_from_the_quotation_to_the_evaluation(self):
        """INT-1, REV-2, QUO-3, INS-1, PLN-1, MAT-1, PUR-4, REC-1, MAT-9, FQC-1, PAY-1, DLV-1, DLV-3, AFT-1, AFT-3,
        EVA-1, EVA-3, RPT-3: from the quotation to the evaluation; stock, money, dates, clocks and dossier are right at
        the end, and so is what goes to Excel."""
        order = self.quote(2)
        review = self.review(order, [{
            "name": "框架断路器改用CW1-2000", "kind": "technical", "owner_id": self.users["engineer"].id,
            "date": self.in_days(12).date()}])
        self.assertEqual(order.review_stage, "customer")
        self.customer_accepts(review)
        self.sign_contract(order)
        self.assertRecordValues(order, [{"state": "sale", "review_stage": "cleared", "contract_effective": True}])
        self.assertEqual(self.instruct(order).state, "acknowledged")
        plan = self.release_plan(order)
        purchase = self.buy(self.requisition(order), 2)
        self.supplier_answers(purchase, 5, "铜材短缺，推迟五天")
        receipt = self.receive(purchase, ARRIVED)
        self.inspect("inspector", receipt.quality_inspection_ids)
        self.assertRecordValues(receipt.quality_inspection_ids, [{"state": "done", "verdict": "accept"}])
        production = self.productions(order)
        self.hand_out(production, ARRIVED)
        lots = self.finish(order, production, MADE)
        notice = self.ship(order, plan, MADE)
        request = self.customer_writes(lots[0])
        self.visit(request)
        self.solve(request)
        evaluation = self.evaluate(order)
        self.check_stock(order, production, lots, bought=2, spare=2)
        self.check_money(order)
        self.check_dates(order, plan, notice)
        self.check_clocks(order)
        self.check_dossier(order, evaluation, request)
        self.check_excel(order, plan, receipt.quality_inspection_ids)

    def test_order_changed_while_a_lot_is_rejected(self):
        """CHG-4, CHG-7, CHG-8, NCR-4, NCR-8, MAT-6, PUR-9, PLN-11, EVA-3: the parts are rejected and replaced,
        meanwhile the customer wants a cabinet more and other wire; stock, money, dates, clocks and dossier are right at
        the end.
        """
        self.use_up(self.breaker)
        order = self.quote(2)
        self.review(order)
        self.sign_contract(order)
        self.instruct(order)
        plan, production = self.release_plan(order), self.productions(order)
        purchase = self.buy(self.requisition(order), 2)
        inspection = self.receive(purchase, BAD).quality_inspection_ids
        self.inspect("inspector", inspection, bad=BAD)
        self.assertRecordValues(inspection, [{"state": "done", "verdict": "reject"}])
        report = self.return_bad_ones(inspection, BAD)
        shortage = self.settle_shortage(production)
        change = self.change(order, 3)
        self.check_changed(order, production)
        plan = self.plan_anew(order, plan)
        added = self.buy(self.requisition(order), 1)
        for bought, serials, note in ((added, ADDED, "SH-20261203"), (purchase, REPLACED, "SH-20261206")):
            receipt = self.receive(bought, serials, note)
            self.inspect("inspector", receipt.quality_inspection_ids)
        self.assertRecordValues(report.disposition_ids, [{"state": "done", "replacement_picking_id": receipt.id}])
        self.refresh_material()
        self.assertEqual(shortage.state, "closed")
        self.hand_out(production, REPLACED + ADDED)
        lots = self.finish(order, production, MORE)
        notice = self.ship(order, plan, MORE)
        evaluation = self.evaluate(order)
        self.check_stock(order, production, lots, bought=3, spare=0)
        self.check_money(order)
        self.check_dates(order, plan, notice)
        self.check_clocks(order)
        self.check_dossier(order, evaluation, change, report, shortage, without=("service.request", "service.visit"))

    def check_changed(self, order, production):
        """The manufacturing order makes three, of the new wire; the former instruction is withdrawn for a new one."""
        self.assertEqual(production.product_qty, 3)
        wires = production.move_raw_ids.filtered(lambda move: "导线" in move.product_id.name)
        self.assertEqual({(move.product_id, move.state == "cancel", move.product_uom_qty) for move in wires},
                         {(self.known("product_wire_25"), True, 150), (self.known("product_wire_15"), False, 180)})
        instructions = self.env["production.instruction"].search([("order_id", "=", order.id)])
        self.assertEqual(sorted(instructions.mapped("state")), ["acknowledged", "cancelled"])

    def finish(self, order, production, serials):
        """Made, inspected one by one, in stock."""
        lots = self.make(production, serials)
        final = self.env["quality.inspection"].search([
            ("production_id", "=", production.id), ("trigger", "=", "final")])
        for inspection in final:
            self.inspect("inspector", inspection)
        self.assertEqual(set(final.mapped("verdict")), {"accept"})
        self.assertEqual(self.on_hand(self.cabinet), len(serials))
        return lots

    def ship(self, order, plan, serials):
        """From what is ready to the filed receipt and the closed plan; what is due before delivery is paid first."""
        bought = self.one(plan.plan_item_ids, name="元器件采购到料")
        self.assertEqual(bought.plan_progress, 100, "what was bought for the order tells its plan")
        self.work_off(plan, "柜体及零部件加工", "齐套配送", "二次接线及调试", "出厂检验", "包装入库")
        self.by("warehouse", order.picking_ids).action_assign()
        self.collect(order, "before_delivery")
        notice = self.announce(order)
        self.load(notice, serials)
        self.pass_gate(notice)
        self.site_signs(notice)
        self.by("planner", plan).action_close_plan()
        return notice
