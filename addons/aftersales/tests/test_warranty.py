from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AftersalesCommon


@tagged("-at_install", "post_install")
class TestWarranty(AftersalesCommon):
    def test_serial_number_brings_the_rest(self):
        """AFT-4: the serial number brings customer, product, order and warranty."""
        request = self._request(user=self.engineer, lot_id=self.lot.id)
        self.assertRecordValues(request, [{
            "partner_id": self.customer.id, "product_id": self.product.id, "order_id": self.order.id,
            "warranty_state": "in", "is_other_customer": False}])
        self.assertRecordValues(self.lot.with_user(self.engineer), [{
            "delivered_on": self.delivered_on, "service_partner_id": self.customer.id}])

    def test_serial_number_of_another_customer(self):
        """AFT-4: a number that was delivered to somebody else is taken, with a warning; one never delivered
        says nothing."""
        request = self._request(user=self.engineer, partner_id=self.stranger.id, lot_id=self.lot.id)
        self.assertTrue(request.is_other_customer)
        unsold = self.env["stock.lot"].create({
            "name": "KYN28-0999", "product_id": self.product.id, "company_id": self.company.id})
        request = self._request(user=self.engineer, lot_id=unsold.id)
        self.assertRecordValues(request, [{"warranty_state": "unknown", "is_other_customer": False}])

    def test_closest_term_counts(self):
        """AFT-4: the term of the contract, else of the product, of its category, of all."""
        terms = self.env["service.warranty.term"]
        self.product.categ_id = self.env["product.category"].create({
            "name": "KYN", "parent_id": self.env["product.category"].create({"name": "Cabinets"}).id})
        general = self.lot.warranty_term_id
        self.assertEqual(general, self.env.ref("aftersales.service_warranty_term_main"))
        for values in ({"categ_id": self.product.categ_id.parent_id.id}, {"categ_id": self.product.categ_id.id},
                       {"product_tmpl_id": self.product.product_tmpl_id.id},
                       {"order_id": self.order.id}):
            term = terms.create({"name": "Closer", "company_id": self.company.id, **values})
            self.lot.invalidate_recordset()
            self.assertEqual(self.lot.warranty_term_id, term)
        elsewhere = self._deliver("KYN28-0002", self.stranger)[1]
        self.assertNotEqual(elsewhere.warranty_term_id, term)

    def test_commissioned(self):
        """AFT-4: the warranty begins with commissioning; the day comes by after-sales, not before the delivery."""
        day = fields.Date.today() - timedelta(days=50)
        self._commission(day)
        self.assertRecordValues(self.lot, [{
            "commissioned_on": day, "warranty_end": fields.Date.add(day, months=12)}])
        for wrong in (self.delivered_on - timedelta(days=1), fields.Date.today() + timedelta(days=2)):
            with self.assertRaisesRegex(UserError, "was not commissioned"):
                self._commission(wrong)
        with self.assertRaises(AccessError):
            self._commission(day, user=self.seller)
        with self.assertRaises(AccessError):
            self.lot.with_user(self.engineer).commissioned_on = day

    def _commission(self, day, user=None):
        self.env["service.commissioning"].with_user(user or self.engineer).create({
            "lot_ids": self.lot.ids, "day": day}).action_set()

    def test_judged_on_the_day_of_the_request(self):
        """AFT-4: a request is judged on the day on which it was received; what is closed keeps its judgement."""
        self.env.ref("aftersales.service_warranty_term_main").write({"start": "delivery", "months": 3})
        request = self._solved(lot_id=self.lot.id)
        self.assertEqual(request.warranty_state, "out")
        request.action_close()
        self.env["service.warranty.extension"].create({
            "lot_id": self.lot.id, "company_id": self.company.id, "days": 400})
        self.env.invalidate_all()
        self.assertEqual((request.warranty_state, self.lot.warranty_state), ("out", "in"))

    def test_days_are_those_of_the_company(self):
        """AFT-4: the last day of a warranty ends at the plant's midnight, wherever the reader is."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        request = self._request(lot_id=self.lot.id).sudo()
        end = self.lot.warranty_end
        for hour, state in ((15, "in"), (16, "out")):  # 23:00 there, and the next day's 0:00
            request.with_context(tz="America/Lima").write(
                {"received_on": fields.Datetime.to_datetime(end) + timedelta(hours=hour)})
            self.env.flush_all()
            self.assertEqual(request.warranty_state, state)

    def test_shared_number_tells_nothing_of_a_sister(self):
        """AFT-4: who got a serial number that companies share is known to the company that delivered it only."""
        sister = self.env["res.company"].create({"name": "Sister"})
        self.lot.sudo().company_id = False
        self.env.invalidate_all()
        self.assertEqual(self.lot.with_company(self.company).service_partner_id, self.customer)
        self.env.invalidate_all()
        self.assertFalse(self.lot.with_company(sister).service_partner_id)

    def test_repair_extends_the_warranty(self):
        """AFT-4: a repair of the request, linked both ways; done under warranty it extends it by the days it
        took, once."""
        request = self._contacted(lot_id=self.lot.id)
        before = self.lot.warranty_end
        repair = self.env["repair.order"].browse(request.action_new_repair()["res_id"])
        self.assertRecordValues(repair, [{
            "service_request_id": request.id, "lot_id": self.lot.id, "under_warranty": True,
            "partner_id": self.customer.id}])
        self.assertEqual(request.repair_ids, repair)
        request.sudo().received_on = fields.Datetime.now() - timedelta(days=7, hours=1)
        repair.sudo()._extend_warranty()
        self.env.invalidate_all()
        self.assertEqual(self.lot.warranty_end, before + timedelta(days=7))
        with self.assertRaises(AccessError):
            repair.with_user(self.engineer).service_request_id = False

    def test_repair_done_extends(self):
        """AFT-4: the repair's own button does it; without the setting, or out of warranty, it does not."""
        for setting, covered, days in ((True, True, 7), (False, True, 0), (True, False, 0)):
            self.company.warranty_extends = setting
            request = self._contacted(lot_id=self.lot.id)
            request.sudo().received_on = fields.Datetime.now() - timedelta(days=7, hours=1)
            repair = self.env["repair.order"].browse(request.action_new_repair()["res_id"])
            repair.under_warranty = covered
            before = sum(self.lot.warranty_extension_ids.mapped("days"))
            repair._action_repair_confirm()
            repair.action_repair_start()
            repair.action_repair_end()
            self.assertEqual(sum(self.lot.warranty_extension_ids.mapped("days")), before + days)

    def test_quoted_out_of_warranty(self):
        """AFT-4: what no warranty covers is quoted, linked both ways."""
        both = self._person("both", self.department, groups=(
            "aftersales.group_service_user,sales_team.group_sale_salesman"))
        request = self._contacted().with_user(both)
        order = self.env["sale.order"].browse(request.action_new_quotation()["res_id"])
        self.assertRecordValues(order, [{"service_request_id": request.id, "partner_id": self.customer.id}])
        self.assertEqual(request.quotation_count, 1)
        unknown = self._contacted(partner_id=False).with_user(both)
        with self.assertRaisesRegex(UserError, "name the customer"):
            unknown.action_new_quotation()
