"""What goes otherwise than planned: the customer changes his order while it is built, and a part that comes is bad."""
from chain_company import PAPER
from chain_sale import REVIEWERS


class Change:
    """Steps for :class:`chain_company.ChainCompany`, :class:`chain_sale.Sale` and :class:`chain_supply.Supply`."""

    def change(self, order, quantity):
        """The customer asks for more cabinets and other wire: drawn up by the order desk; structural, so reviewed by
        everybody; signed by the customer, approved by the general manager, applied, acknowledged by its departments."""
        desk = self.at("desk")
        change = desk["order.change"].create({
            "order_id": order.id, "kind": "contract", "source": "customer", "asked_by": "刘婧",
            "reason": "用户来函：负荷增加，进线柜增加一台，二次导线改用1.5mm²", "line_ids": self.add_lines(
                {"kind": "quantity", "order_line_id": self.sold(order).id, "quantity": quantity},
                {"kind": "component", "made_product_id": self.cabinet.id,
                 "component_id": self.known("product_wire_25").id,
                 "replacement_id": self.known("product_wire_15").id, "component_quantity": 60})})
        change.attachment_ids = desk["ir.attachment"].create({
            "name": "用户来函.pdf", "datas": PAPER, "res_model": change._name, "res_id": change.id})
        change.action_assess()
        self.assertEqual(change.level, "structural")
        change.action_request_review()
        for login, days in REVIEWERS.items():
            self.sign(change.review_id, login, days)
        self.conclude(change.review_id, "accept")
        desk["order.change.answer"].create({
            "change_id": change.id, "answer": "accepted", "answered_by": "刘婧", "datas": PAPER,
            "file_name": "更改协议.pdf"}).action_record()
        self.by("gm", change).action_approve()
        for row in change.with_env(self.env).acknowledgement_ids.filtered(lambda row: not row.acknowledged_on):
            mine = self.by(row.department_id.manager_id.user_id.login, change)
            if mine.can_acknowledge:
                mine.action_acknowledge()
        change = change.with_env(self.env)
        self.assertRecordValues(change, [{"state": "applied", "customer_state": "accepted"}])
        return change

    def plan_anew(self, order, former):
        """The planner ends the plan of the withdrawn instruction, and releases the one of the new instruction: what is
        bought and made tells of that one from now on."""
        self.by("planner", former).action_cancel_plan()
        plan = self.release_plan(order)
        self.assertNotEqual(plan, former)
        self.assertEqual((order.project_id, self.productions(order).project_id), (plan, plan))
        return plan

    def return_bad_ones(self, inspection, serials):
        """The rejected breaker goes back to its supplier for another one: reported, reviewed by the buyer's department,
        decided by the head of quality; the guard lets it out."""
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", inspection.id)])
        self.by("inspector", report).action_take()
        head = self.by("quality", report)
        lots = self.lots(self.breaker, *serials)
        disposition = head.env["quality.disposition"].create({
            "nonconformity_id": report.id, "kind": "return", "quantity": len(lots), "lot_ids": [(6, 0, lots.ids)],
            "settlement": "replacement", "expected_return": self.in_days(6).date()})
        head.action_request_review()
        for row in report.review_line_ids:
            who = row.department_id.manager_id.user_id.login
            self.by(who, row).action_agree("供应商同意换货")
        head.action_decide()
        gate = disposition.with_env(self.env).gate_pass_ids
        self.by("warehouse", gate).action_approve()
        self.scan("guard", "gate_out", ("scan", gate.name), ("press", "pass"))
        self.assertRecordValues(gate, [{"state": "closed"}])
        return report

    def use_up(self, product):
        """The storekeeper counts his shelf: nothing is left there."""
        quants = self.at("warehouse")["stock.quant"].search([
            ("product_id", "=", product.id), ("location_id", "child_of", self.stock.id)])
        quants.inventory_quantity = 0
        quants.action_apply_inventory()
        self.assertEqual(self.on_hand(product), 0)

    def refresh_material(self):
        """What covers each demand is computed anew, as the job does it."""
        pegging = self.env["material.pegging"]
        pegging._refresh()
        pegging._on_refreshed(None)

    def shortages(self, production):
        """What an order misses now."""
        return self.env["material.shortage"].search([
            ("production_id", "in", production.ids), ("state", "in", ("open", "promised"))])

    def settle_shortage(self, production):
        """What was rejected is missing at once; the head of quality says when it comes, and so its receipt does."""
        shortage = self.shortages(production)
        self.assertRecordValues(shortage, [{
            "product_id": self.breaker.id, "state": "open", "cause": "quality", "quantity": 2,
            "owner_id": self.users["quality"].id}])
        self.by("quality", shortage)._answer(self.in_days(6).date(), "供应商换货，下周一到")
        self.assertEqual(shortage.state, "promised")
        self.refresh_material()
        self.assertEqual(shortage.state, "covered", "the replacement comes before the order begins")
        return shortage
