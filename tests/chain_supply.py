"""What is bought and made for an order: by planner, buyer, supplier, storekeeper, inspector, fitter and leader."""
from datetime import timedelta

from odoo.fields import Command


class Supply:
    """Steps for :class:`chain_company.ChainCompany`."""

    def requisition(self, order):
        """The planner submits what the material plan asks for the order; whoever is asked approves it."""
        request = self.env["purchase.request"].search([
            ("production_id", "in", self.productions(order).ids), ("state", "=", "draft")])
        self.assertEqual(request.requested_by, self.users["planner"], "the planner answers for it, not the system")
        self.by("planner", request).button_to_approve()
        self.by(request.assigned_to.login, request).button_approved()
        self.assertEqual(request.state, "approved")
        return request

    def productions(self, order):
        return self.env["mrp.production"].search([("reference_ids", "in", order.stock_reference_ids.ids)])

    def buy(self, request, quantity):
        """The buyer makes the request for quotation of the requisition, and confirms it."""
        wizard = self.at("buyer")["purchase.request.line.make.purchase.order"].with_context(
            active_model="purchase.request.line", active_ids=request.line_ids.ids).create(
            {"supplier_id": self.breaker.seller_ids[:1].partner_id.id})
        purchase = self.at("buyer")["purchase.order"].browse(wizard.make_purchase_order()["domain"][0][2])
        purchase.button_confirm()
        self.assertRecordValues(purchase.order_line, [{"product_id": self.breaker.id, "product_qty": quantity}])
        self.assertEqual(purchase.state, "purchase")
        return purchase.with_env(self.env)

    def supplier_answers(self, purchase, days, reason):
        """By his link the supplier says a later date and why, then that the goods are under way; the buyer accepts."""
        path, line = f"/supplier/{purchase._get_supplier_url('window').rsplit('/', 1)[1]}", purchase.order_line
        day = (line.date_planned + timedelta(days=days)).date()
        with self.nobody():
            self.assertIn(self.breaker.name, self.page(path))
            self.send(path, "line", line_id=line.id, day=day.isoformat(), reason=reason)
            self.send(path, "ship", carrier="顺丰", contact="李师傅 138", tracking="SF20261129", shipped="yes")
        self.assertEqual(line.promise_ids.state, "proposed")
        self.by("buyer", line.promise_ids).action_accept()
        self.assertEqual((line.date_planned.date(), line.move_ids.date.date()), (day, day), "order and receipt in step")
        self.assertEqual(purchase.picking_ids.supplier_shipment, "shipped")
        return day

    def receive(self, purchase, serials, note="SH-20261129"):
        """The storekeeper scans what has come, and the number of its delivery note."""
        code = self.breaker.default_code
        self.scan("warehouse", "receive", ("scan", purchase.name),
                  *(event for serial in serials for event in (("scan", code), ("scan", serial))),
                  ("press", "finish"), ("scan", note))
        receipt = self.one(purchase.picking_ids, delivery_note_ref=note)
        self.assertEqual(receipt.state, "done")
        return receipt

    def hand_out(self, production, serials):
        """The storekeeper scans the kit by its list, number by number or piece by piece, the fitter takes it over."""
        production.action_assign()
        codes = [("scan", serial) for serial in serials]
        for move in production.move_raw_ids.filtered(
                lambda move: move.has_tracking == "none" and move.state != "cancel"):
            codes += [("scan", move.product_id.default_code), ("quantity", move.product_uom_qty, {"target": move.id})]
        self.scan("warehouse", "kit_check", ("scan", production.name), *codes, ("press", "finish"))
        self.scan("fitter", "kit_check", ("scan", production.name), ("press", "finish"))
        check = self.env["material.check"].search([("production_id", "=", production.id), ("kind", "=", "issue")])
        self.assertRecordValues(check, [{"state": "done", "handed_by": self.users["warehouse"].id,
                                         "taken_by": self.users["fitter"].id}])

    def make(self, production, serials):
        """The fitter signs each operation, quality confirms the key one; the cabinets get their serial numbers."""
        card = production.process_card_id
        self.by("fitter", card).action_check_received()
        for line in card.line_ids:
            answers = {point.id: {"value": 45} if point.kind == "measure" else {"result": "ok"}
                       for point in line.point_ids}
            self.by("fitter", line).action_self_check(answers, None, 200)
            if line.state == "waiting":
                self.by("inspector", line).action_quality_confirm("抽测三点合格")
            self.assertEqual(line.state, "done")
        mine = self.by("fitter", production)
        lots = mine.env["stock.lot"].create([{
            "name": serial, "product_id": production.product_id.id, "company_id": self.company.id}
            for serial in serials])
        mine.write({"lot_producing_ids": [Command.set(lots.ids)], "qty_producing": len(lots)})
        mine.set_qty_producing()
        mine.move_raw_ids.picked = True
        mine.button_mark_done()
        self.assertEqual(production.state, "done")
        return lots.with_env(self.env)
