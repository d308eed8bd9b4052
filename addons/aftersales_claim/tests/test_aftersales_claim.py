from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.delivery_claim.tests.common import ClaimCommon


@tagged("post_install", "-at_install")
class TestAftersalesClaim(ClaimCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = new_test_user(cls.env, "ac_service", groups="aftersales.group_service_user",
                                    company_id=cls.company.id)

    def test_one_click_asks_after_sales(self):
        """DLV-7: from what arrived damaged to the request by one click, with the words and photos of the site, linked
        both ways; who clicks reads what becomes of it; a second press opens the first.
        """
        claim = self._claim()
        action = claim.action_service_request()
        request = claim.sudo().service_request_id
        self.assertEqual((action["res_model"], action["res_id"]), ("service.request", request.id))
        self.assertRecordValues(request, [{
            "order_id": claim.order_id.id, "partner_id": claim.customer_id.id, "source": "delivery",
            "claim_ids": claim.ids, "claim_count": 1, "state": "new"}])
        self.assertIn("The door is bent", request.description)
        self.assertEqual(request._get_own_files().mapped("checksum"), claim.sudo().photo_ids.mapped("checksum"))
        self.assertTrue(request.with_user(self.logistics).has_access("read"))
        self.assertTrue(request.sla_clock_ids, "the hour until it is handed over runs")
        self.assertEqual(claim.action_service_request()["res_id"], request.id)
        self.assertEqual(request.with_user(self.service).action_view_carriage_claims()["res_id"], claim.id)
        self.assertEqual(claim.with_user(self.service).line_ids.product_id, claim.line_ids.product_id)

    def test_after_sales_is_asked_for_all_of_it(self):
        """DLV-7: two of one product are missing: the request is about two, not about one."""
        claim = self._claim()
        line = claim.line_ids[:1]
        (claim.line_ids - line).unlink()
        line.quantity = 2
        claim.action_service_request()
        self.assertRecordValues(claim.sudo().service_request_id, [{"product_id": line.product_id.id, "quantity": 2}])

    def test_lost_goods_are_sent_anew_from_the_request(self):
        """AFT-4, AFT-5, DLV-7: after-sales sends what was lost by a button of the request, whose cost it is; once, and
        not before the claim is filed."""
        claim = self._claim()
        claim.line_ids[:1].condition = "lost"
        claim.action_service_request()
        request = claim.sudo().service_request_id
        mine = request.with_user(self.service)
        mine.action_take()
        self.env["service.contact.entry"].with_user(self.service).create({
            "request_id": request.id, "note": "Two are missing."}).action_log()
        with self.assertRaisesRegex(UserError, "no claim that is filed"):
            mine.action_resupply()
        claim.action_file()
        self.assertTrue(mine.is_to_resupply)
        mine.action_resupply()
        self.assertEqual(claim.sudo()._get_resupply().service_request_id, request)
        with self.assertRaisesRegex(UserError, "sent anew already"):
            mine.action_resupply()

    def test_settled_claim_still_asks(self):
        """DLV-7: the carrier has paid: the customer's cabinet is still bent."""
        claim = self._settled(1.0)
        claim.with_user(self.logistics).action_service_request()
        self.assertTrue(claim.sudo().service_request_id)

    def test_who_cannot_ask(self):
        """DLV-7: neither sales of others nor the store asks; nobody asks about a trace, or about what was cancelled."""
        claim = self._claim()
        with self.assertRaises(AccessError):
            claim.with_user(self.store).action_service_request()
        self.assertFalse(claim.with_user(self.service).has_access("read"), "not asked about")
        claim.action_cancel("Counted again, all there")
        with self.assertRaisesRegex(UserError, "no goods"):
            claim.action_service_request()
        trace = self.env["delivery.claim"].with_user(self.logistics)._make(self._left(), kind="not_arrived")
        with self.assertRaisesRegex(UserError, "no goods"):
            trace.with_user(self.logistics).action_service_request()
        with self.assertRaises(UserError):
            claim.write({"service_request_id": False})
