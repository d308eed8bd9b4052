from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import IncomingCommon


@tagged("post_install", "-at_install")
class TestScore(IncomingCommon):
    """Supplier score (PUR-12) and comparison of offers (PUR-3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan.sampling_ids.method = "whole"
        cls.other = cls.env["res.partner"].create({"name": "Other Works"})
        cls.company.write({
            "score_weight_acceptance": 40, "score_weight_ppm": 20, "score_weight_on_time": 25,
            "score_weight_response": 10, "score_weight_price": 5, "score_ppm_limit": 100000,
            "score_response_limit": 72, "score_months": 12})

    def _delivered(self, defects=0, quantity=100, supplier=None, price=10, planned=None):
        order = self._order((self.product, quantity), supplier=supplier, confirm=False)
        order.order_line.price_unit = price
        order.order_line.date_planned = planned or fields.Datetime.now()
        order.button_confirm()
        self._receive(order)
        return self._inspect(order.order_line.quality_inspection_ids, defects=defects)

    def _score(self, supplier=None):
        self.env.flush_all()
        supplier = supplier or self.supplier
        return supplier._get_quality_scores().get(supplier.id)

    def test_unknown_supplier_has_no_score(self):
        """PUR-12: a supplier who never delivered has no score, not a bad one."""
        self.assertIsNone(self._score())
        self.assertFalse(self.supplier.has_quality_score)

    def test_parts_of_the_score(self):
        """PUR-12: lot acceptance, PPM, on-time delivery and price make the score by the company's weights."""
        self._delivered()
        self._delivered(defects=100)
        score = self._score()
        self.assertEqual(score["lots"], 2)
        self.assertEqual(score["lot_acceptance"], 50)
        self.assertEqual(score["ppm"], 500000)
        self.assertEqual(score["on_time"], 100)
        self.assertIsNone(score["response_hours"])
        self.assertEqual(score["price_index"], 100)
        # 40 * 50 + 20 * 0 + 25 * 100 + 5 * 100 over 90; nobody has been asked for an answer
        self.assertAlmostEqual(score["score"], 5000 / 90, 4)
        self.assertAlmostEqual(self.supplier.quality_score, 5000 / 90, 1)

    def test_lot_that_was_inspected_whole_and_found_bad(self):
        """PUR-12: the one good unit of a hundred does not make it a lot that was accepted as it came."""
        inspection = self._delivered(defects=99)
        self.assertEqual((inspection.verdict, inspection.quantity_accepted), ("accept", 1))
        score = self._score()
        self.assertEqual((score["lots"], score["lot_acceptance"], score["ppm"]), (1, 0, 990000))

    def test_sorted_lot_counts_once(self):
        """PUR-12: a lot that is sorted after its rejection is one rejected lot, with its really bad parts as PPM."""
        inspection = self._delivered(defects=100)
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", inspection.id)])
        row = self._dispose(report, {"kind": "sort", "quantity": 100, "responsible_id": self.inspector.id})
        row.with_user(self.inspector).action_task_done(1)
        self.assertEqual(self._score()["ppm"], 0, "what waits for its verdict is not bad yet")
        self._inspect(inspection.child_ids, defects=10)
        score = self._score()
        self.assertEqual((score["lots"], score["lot_acceptance"], score["ppm"]), (1, 0, 100000))

    def test_split_lot_and_its_reinspection(self):
        """PUR-12, REC-2: a part that was split off is a lot of its own; what re-inspections of it accept is its own."""
        order = self._order((self.product, 100))
        self._receive(order)
        first = order.order_line.quality_inspection_ids
        first.with_user(self.inspector).action_split(40)
        part = first.split_ids
        self._inspect(first)
        self._inspect(part, defects=40)
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", part.id)])
        row = self._dispose(report, {"kind": "sort", "quantity": 40, "responsible_id": self.inspector.id})
        row.with_user(self.inspector).action_task_done(1)
        again = part.child_ids
        again.with_user(self.inspector).action_split(10)
        self._inspect(again, defects=5)
        self._inspect(again.split_ids)
        score = self._score()
        self.assertEqual((score["lots"], score["lot_acceptance"], score["ppm"]), (2, 50, 50000))

    def test_late_delivery(self):
        """PUR-12: what came after its day is late, what did not come either; what is not due yet counts nowhere."""
        self._delivered(planned=fields.Datetime.now() - timedelta(days=3))
        self.assertEqual(self._score()["on_time"], 0)
        order = self._order((self.product, 10), supplier=self.other, confirm=False)
        order.order_line.date_planned = fields.Datetime.now() + timedelta(days=9)
        order.button_confirm()
        self.assertIsNone((self._score(self.other) or {}).get("on_time"))

    def test_response_counts(self):
        """PUR-12: an answer after half of the limit gives half of the points."""
        inspection = self._delivered(defects=10)
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", inspection.id)])
        now = fields.Datetime.now()
        report.write({"supplier_notified_at": now - timedelta(hours=36), "supplier_answered_at": now})
        self.company.write({
            "score_weight_acceptance": 0, "score_weight_ppm": 0, "score_weight_on_time": 0, "score_weight_price": 0})
        score = self._score()
        self.assertAlmostEqual(score["response_hours"], 36, 2)
        self.assertAlmostEqual(score["score"], 50, 1)

    def test_price_against_the_lowest(self):
        """PUR-12: the price index is the lowest price of all suppliers in per cent of the supplier's."""
        self._delivered(price=10)
        self._delivered(price=8, supplier=self.other)
        self.assertEqual(self._score()["price_index"], 80)
        self.assertEqual(self._score(self.other)["price_index"], 100)

    def test_old_deliveries_are_forgotten(self):
        """PUR-12: only the company's months count."""
        inspection = self._delivered()
        self.env.flush_all()
        self.env.cr.execute("UPDATE quality_inspection SET done_at = done_at - interval '13 months' WHERE id = %s",
                            [inspection.id])
        self.assertEqual(self._score()["lots"], 0)

    def test_scores_of_many_in_one_query(self):
        """PUR-12: the scores of a list of suppliers take one query."""
        self._delivered()
        self._delivered(supplier=self.other)
        partners = self.supplier | self.other
        self._score()
        self.env.company.score_months  # noqa: B018  company in the cache
        with self.assertQueryCount(1):
            self.assertEqual(len(partners._get_quality_scores()), 2)

    def test_other_companies_do_not_count(self):
        """PUR-12: another company's deliveries are no part of the score."""
        self._delivered()
        company = self.env["res.company"].create({"name": "Sister"})
        self.assertFalse(self.supplier.with_company(company)._get_quality_scores())

    def test_offers_are_compared(self):
        """PUR-3: open offers for the same product stand side by side: price, date, quality history. Who has not named
        his price yet is not the cheapest."""
        self._delivered()
        cheap = self._order((self.product, 50), supplier=self.other, confirm=False)
        cheap.order_line.write({"price_unit": 9, "date_planned": fields.Datetime.now() + timedelta(days=9)})
        good = self._order((self.product, 50), confirm=False)
        good.order_line.write({"price_unit": 10, "date_planned": fields.Datetime.now() + timedelta(days=2)})
        silent = self.env["res.partner"].create({"name": "Silent"})
        asked = self._order((self.product, 50), supplier=silent, confirm=False)
        asked.order_line.write({"price_unit": 0, "date_planned": fields.Datetime.now() + timedelta(days=5)})
        self.env.flush_all()
        offers = self.env["quality.rfq.comparison"].search([
            ("product_id", "=", self.product.id), ("is_open", "=", True)], order="price_unit")
        self.assertRecordValues(offers, [
            {"order_id": asked.id, "price_unit": 0, "is_best_price": False, "is_earliest": False, "offers": 3,
             "lots": 0, "score": 0},
            {"order_id": cheap.id, "price_unit": 9, "is_best_price": True, "is_earliest": False, "offers": 3,
             "lots": 0, "score": 0},
            {"order_id": good.id, "price_unit": 10, "is_best_price": False, "is_earliest": True, "offers": 3,
             "lots": 1, "score": 100}])
        self.assertEqual(good.rfq_offer_count, 2)

    def test_offers_in_other_units_and_discounts(self):
        """PUR-3: offers by the dozen and with discount are compared by the price of one unit."""
        order = self._order((self.product, 5), confirm=False)
        order.order_line.write({
            "product_uom_id": self.env.ref("uom.product_uom_dozen").id, "price_unit": 120, "discount": 10})
        self.env.flush_all()
        offer = self.env["quality.rfq.comparison"].search([("order_id", "=", order.id)])
        self.assertAlmostEqual(offer.price_unit, 9)
        self.assertEqual(offer.quantity, 60)

    def test_choice_is_recorded_with_its_reason(self):
        """PUR-3: the choice and its reason stay on the order, the given-up offers are cancelled and say why."""
        chosen = self._order((self.product, 50), confirm=False)
        rejected = self._order((self.product, 50), supplier=self.other, confirm=False)
        wizard = self.env["quality.rfq.choice"].with_user(self.buyer).create({
            "order_id": chosen.id, "rejected_ids": rejected.ids, "reason": " "})
        self.assertEqual(wizard.competing_ids, rejected)
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.reason = "Never a rejected lot"
        wizard.action_confirm()
        self.assertRecordValues(chosen, [{
            "rfq_choice_reason": "Never a rejected lot", "rfq_chosen_by": self.buyer.id}])
        self.assertEqual(rejected.state, "cancel")
        self.assertTrue(rejected.message_ids.filtered(lambda note: "Never a rejected lot" in (note.body or "")))

    def test_choice_cannot_be_typed(self):
        """PUR-3: who chose and why comes by the action only, and only for an open offer."""
        order = self._order((self.product, 50))
        with self.assertRaises(AccessError):
            order.with_user(self.purchase_head).rfq_choice_reason = "Because"
        with self.assertRaises(UserError):
            order.action_choose_rfq()
