from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.purchase_request_control.tests.common import RequestCommon
from odoo.addons.quality_inspection.tests.common_ncr import NonconformityCommon
from odoo.addons.quality_production.tests.common import ProductionCommon


@tagged("-at_install", "post_install")
class TestRejected(NonconformityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.shortage_quality_department_id = cls.department
        cls.cabinet = cls._product("Cabinet")

    def _order(self, quantity, days=5):
        order = self.env["mrp.production"].create({
            "product_id": self.cabinet.id, "product_qty": 1, "bom_id": False,
            "date_start": fields.Datetime.now() + timedelta(days=days),
            "move_raw_ids": [Command.create({"product_id": self.part.id, "product_uom_qty": quantity})]})
        order.action_confirm()
        return order

    def _settle(self):
        self.env["material.pegging"]._refresh()
        self.env["material.pegging"]._on_refreshed(None)

    def _lines(self, order):
        return self.env["material.shortage"].search([("production_id", "=", order.id)])

    def test_rejected_lot_opens_the_shortage(self):
        """NCR-8, MAT-6: deciding on a rejected lot opens the shortage of the orders that it was meant for, with the
        head of quality; what comes instead closes it."""
        first, second = self._order(10, days=3), self._order(15, days=6)
        record = self._rejected(self.part, 20)
        self.assertFalse(self._lines(first))
        self._decide(record, ("scrap", 20))
        self.assertRecordValues(self._lines(first) | self._lines(second), [
            {"quantity": 10, "cause": "quality", "owner_id": self.head.id, "state": "open"},
            {"quantity": 10, "cause": "quality", "owner_id": self.head.id, "state": "open"}])
        self.assertIn(record.name, self._lines(first).note)
        self._settle()
        self.assertEqual([self._lines(order).quantity for order in (first, second)], [10, 15])
        self.assertEqual(self._lines(first).cause, "quality", "the pegging does not know why")
        self._put(self.part, 25)
        self._settle()
        self.assertEqual(self._lines(first).mapped("state") + self._lines(second).mapped("state"), ["closed"] * 2)

    def test_concession_opens_nothing(self):
        """NCR-8, MAT-6: what is used as it is, is there."""
        order = self._order(10)
        self._decide(self._rejected(self.part, 10), ("concession", 10, {"reason": "Only the paint"}))
        self.assertFalse(self._lines(order).filtered(lambda line: line.cause == "quality"))

    def test_held_goods_are_no_supply(self):
        """REC-7, MAT-12: what quality holds covers nothing; released, it covers the order again."""
        order = self._order(5)
        inspection = self._inspection(self.part, 5)
        inspection._update_quantities()
        self.assertTrue(inspection.quantity_held)
        free = self.env["material.measure"]._get_sister_stock(self.part, self.env.company)
        self.assertFalse(free, "nor is it offered to others")
        self._settle()
        self.assertEqual(self._lines(order).mapped("quantity"), [5])
        self._put(self.part, 5)
        self._settle()
        self.assertEqual(self._lines(order).mapped("state"), ["closed"])

    def test_what_waits_for_inspection_asks_no_buyer(self):
        """MAT-4, REC-7: what has come and waits for its inspection leaves the shortage open; as long as it covers the
        lack nobody is asked to bring it and no time runs, the order that needs it first counts first. Found bad, the
        owner is asked again."""
        self.company.shortage_planner_id = self.head
        first, second = self._order(5, days=3), self._order(4, days=5)
        self._settle()
        lines = self._lines(first) | self._lines(second)
        clocks = self.env["sla.clock"].search([("res_model", "=", lines._name), ("res_id", "in", lines.ids)])
        self.assertEqual(lines.activity_ids.mapped("user_id"), self.head)
        inspection = self._inspection(self.part, 7)
        inspection._update_quantities()
        self._settle()
        self.assertRecordValues(lines, [
            {"state": "open", "quantity": 5, "uninspected_quantity": 5, "is_here": True},
            {"state": "open", "quantity": 4, "uninspected_quantity": 2, "is_here": False}])
        self.assertEqual([len(line.activity_ids) for line in lines], [0, 1])
        self.assertEqual(clocks.sorted("res_id").mapped("state"), ["paused", "running"])
        inspection.write({"state": "done", "verdict": "reject"})
        self._settle()
        self.assertEqual(lines.mapped("is_here") + lines.mapped("uninspected_quantity"), [False, False, 0, 0])
        self.assertEqual([len(line.activity_ids) for line in lines], [1, 1])

    def test_what_waits_for_inspection_costs_constant_queries(self):
        """MAT-4: what waits for its inspection is found for all shortages at once."""
        counts = []
        for count in (2, 12):
            for number in range(count):
                self._order(number + 1)
            self._inspection(self.part, 4)._update_quantities()
            self.env["material.pegging"]._refresh()
            model = self.env["material.shortage"].sudo()
            facts = model._get_peg_facts()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            model._get_uninspected(facts)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_release_is_pegged_anew(self):
        """REC-7: what is held or released is noted for the next run, also where no goods move."""
        inspection = self._inspection(self.part, 5)
        self.env.cr.flush()
        self.env.cr.execute("DELETE FROM material_pegging_request")
        inspection.quantity_held = 1
        self.env.cr.flush()
        self.env.cr.execute("SELECT product_id FROM material_pegging_request")
        self.assertIn((self.part.id,), self.env.cr.fetchall())

    def test_held_costs_constant_queries(self):
        """REC-7: what is held is asked for once, however many quants stand in inspection."""
        counts = []
        for count in (2, 20):
            for number in range(count):
                self._inspection(self._product(f"Part {count} {number}"), 5)._update_quantities()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env["material.pegging"]._get_usable_quant_sql()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1, counts)

    def test_special_material_is_inspected(self):
        """MAT-5: the last step of a special material is its inspection."""
        self.part.is_special_material = True
        order = self.env["purchase.order"].create({
            "partner_id": self.supplier.id, "order_line": [Command.create({
                "product_id": self.part.id, "product_qty": 4, "price_unit": 1})]})
        order.button_confirm()
        picking = order.picking_ids
        picking.delivery_note_ref = "SH-1"
        picking.move_ids.picked = True
        self.env["quality.inspection.plan"].search([]).active = False
        picking.button_validate()
        way = self.env["material.special"].search([("purchase_line_id", "=", order.order_line.id)])
        self.assertEqual(way.stage, "received")
        done = picking.move_ids
        Inspection = self.env["quality.inspection"]
        inspection = Inspection._create_batch([Inspection._prepare_inspection_vals(
            self.env["quality.inspection.plan"], self.part, 4, trigger="incoming", move_id=done.id,
            picking_id=picking.id, partner_id=self.supplier.id, location_id=False,
            company_id=self.company.id)])
        self.env.invalidate_all()
        self.assertEqual(way.stage, "received")
        inspection.write({"state": "done", "verdict": "accept"})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(way.stage, "inspected")


@tagged("-at_install", "post_install")
class TestCardMissing(ProductionCommon):
    def test_missing_on_the_card_is_a_shortage(self):
        """MAT-10: what is written as missing on a process card is chased; installed, nobody has to bring it."""
        relay = self.env["product.product"].create({"name": "Relay", "is_storable": True})
        self.bom.bom_line_ids = [Command.create({"product_id": relay.id, "product_qty": 3})]
        self.stock_up(relay, 3)
        order = self.make_order()
        card = order.process_card_id.with_user(self.operator)
        first = card.action_report_missing(relay.id, 1, note="None on the shelf")
        line = self.env["material.shortage"].search([("production_id", "=", order.id), ("product_id", "=", relay.id)])
        self.assertRecordValues(line, [{
            "reported_quantity": 1, "reported_by": self.operator.id, "note": "None on the shelf", "state": "open"}])
        second = card.action_report_missing(relay.id, 2)
        self.assertEqual((len(line), line.reported_quantity), (1, 3), "all that the card misses")
        first.with_user(self.operator).action_installed()
        self.assertRecordValues(line, [{"reported_quantity": 2, "state": "open"}])
        second.with_user(self.operator).action_installed()
        self.assertRecordValues(line, [{"state": "closed", "closing": "receipt"}])
        self.assertFalse(line.activity_ids)

    def test_missing_on_the_card_of_a_finished_order(self):
        """MAT-10: what is written on the card after the order is finished is the card's affair."""
        order = self.make_order()
        card = order.process_card_id
        order.action_cancel()
        self.assertFalse(self.env["material.shortage"].search([("production_id", "=", order.id)]))
        self.assertEqual(card.state, "cancelled")

    def test_material_from_site_covers_another_order(self):
        """MAT-11, MAT-12: what comes back from a site is noted for the next run, and covers who waits for it."""
        order = self.make_order()
        self.produce(order)
        relay = order.move_raw_ids.product_id[:1]
        self.env["stock.quant"].search([("product_id", "=", relay.id)]).unlink()
        waiting = self.env["mrp.production"].create({
            "product_id": self.cabinet.id, "product_qty": 1, "bom_id": False, "move_raw_ids": [Command.create({
                "product_id": relay.id, "product_uom_qty": 1})]})
        waiting.action_confirm()
        slip = self.env["material.return"].with_user(self.operator).create({
            "production_id": order.id, "reason": "site", "line_ids": [Command.create({
                "product_id": relay.id, "quantity": 1})]})
        slip.action_submit()
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM material_pegging_request")
        slip.sudo().picking_id.with_user(self.storekeeper).button_validate()
        self.env.cr.flush()
        self.env.cr.execute("SELECT product_id FROM material_pegging_request")
        self.assertIn((relay.id,), self.env.cr.fetchall())
        self.env["material.pegging"]._refresh(relay)
        self.assertEqual(waiting.kit_id.state, "ready")


@tagged("-at_install", "post_install")
class TestOffersForRequest(RequestCommon):
    def test_chosen_offer_serves_the_request(self):
        """PUR-2, PUR-3: several suppliers are asked for an approved request; the chosen offer takes over its share, its
        plan and its demand; nothing is to be ordered again, and the pegging counts one of the offers."""
        other = self.env["res.partner"].create({"name": "Other Works"})
        line = self._approved().line_ids
        first = self._order(line.request_id)
        [offer] = first._ask_others(other)
        share = line.purchase_request_allocation_ids
        self.assertEqual((line.qty_to_order, share.purchase_line_id), (0, first.order_line))
        waiting = self.env["mrp.production"].create({
            "product_id": self.busbar.id, "product_qty": 1, "bom_id": False, "move_raw_ids": [Command.create({
                "product_id": self.breaker.id, "product_uom_qty": 15})]})
        waiting.action_confirm()
        self.assertEqual(self._get_drafts(waiting), {"draft": 10, "missing": 5})
        self.env["quality.rfq.choice"].with_user(self.buyer).create({
            "order_id": offer.id, "reason": "A week earlier"}).action_confirm()
        self.assertRecordValues(first | offer, [{"state": "cancel"}, {"state": "draft"}])
        self.assertEqual((line.qty_to_order, share.purchase_line_id), (0, offer.order_line))
        self.assertEqual(line.purchase_lines, offer.order_line)
        self.assertEqual(self._get_drafts(waiting), {"draft": 10, "missing": 5})
        offer.with_user(self.buyer).button_confirm()
        self._receive(offer.picking_ids, 10)
        self.assertEqual(line.qty_done, 10)

    def test_smaller_offer_leaves_the_rest_to_order(self):
        """PUR-3: the chosen supplier delivers 6 of 10: 4 of the request are to be ordered again."""
        line = self._approved().line_ids
        [offer] = self._order(line.request_id)._ask_others(self.env["res.partner"].create({"name": "Other Works"}))
        offer.order_line.product_qty = 6
        offer.with_user(self.buyer)._choose_rfq("The only one in time", self.env["purchase.order"])
        self.assertEqual(line.qty_to_order, 4)

    def _get_drafts(self, production):
        self.env["material.pegging"]._refresh()
        pegs = self.env["material.peg"].search([("production_id", "=", production.id)])
        return {kind: sum(rows.mapped("quantity")) for kind, rows in pegs.grouped("kind").items()}
