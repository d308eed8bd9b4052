from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.aftersales.tests.common import PNG, AftersalesCommon
from odoo.addons.quality_inspection.tests.common import QualityCommon


@tagged("-at_install", "post_install")
class TestAftersalesQuality(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.engineer.group_ids -= cls.env.ref("stock.group_stock_user")  # the least that he needs
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.part = cls.env["product.product"].create({"name": "Spring motor", "is_storable": True})
        cls.vendor = cls.env["res.partner"].create({"name": "Motor Works"})

    def _report(self, action):
        return self.env["quality.nonconformity"].browse(action["res_id"])

    def test_report_from_site(self):
        """NCR-1, AFT-4: product, serial number, words and photos come from the request; pressed twice it is one."""
        request = self._contacted(lot_id=self.lot.id, description="The spring does not charge.")
        photo = self.env["ir.attachment"].create({
            "name": "a.png", "raw": PNG, "res_model": request._name, "res_id": request.id})
        report = self._report(request.action_new_nonconformity())
        self.assertRecordValues(report, [{
            "source": "site", "product_id": self.product.id, "lot_ids": self.lot.ids, "quantity": 1.0, "state": "draft",
            "is_stocked": False, "partner_id": False, "service_request_id": request.id,
            "reported_by": self.engineer.id}])
        self.assertIn("The spring does not charge.", report.description)
        self.assertEqual(report.attachment_ids.mapped("checksum"), photo.mapped("checksum"))
        self.assertFalse(report.attachment_ids & photo, "each document seals its own")
        self.assertEqual(self._report(request.action_new_nonconformity()), report)
        self.assertEqual((request.nonconformity_ids, request.nonconformity_count), (report, 1))
        with self.assertRaises(AccessError):
            report.with_user(self.engineer).service_request_id = False
        with self.assertRaisesRegex(UserError, "name the serial number or the product"):
            self._contacted().action_new_nonconformity()
        with self.assertRaises(UserError):
            self._handed(lot_id=self.lot.id).action_new_nonconformity()
        with self.assertRaises(AccessError):
            request.with_user(self.seller).action_new_nonconformity()

    def test_report_of_a_quantity(self):
        """NCR-1: of goods without serial numbers the report takes the quantity of the request."""
        request = self._contacted(product_id=self.part.id, quantity=4)
        self.assertEqual(self._report(request.action_new_nonconformity()).quantity, 4)

    def test_claim_to_the_supplier(self):
        """AFT-4: the faulty part is reported against whoever supplied it, beside the cabinet's own report."""
        request = self._contacted(lot_id=self.lot.id)
        own = self._report(request.action_new_nonconformity())
        with self.assertRaisesRegex(UserError, "faulty part and its supplier"):
            request.action_new_claim()
        request.write({"part_id": self.part.id, "supplier_id": self.vendor.id})
        claim = self._report(request.action_new_claim())
        self.assertRecordValues(claim, [{
            "source": "site", "product_id": self.part.id, "quantity": 1, "partner_id": self.vendor.id,
            "service_request_id": request.id}])
        self.assertEqual(self._report(request.action_new_claim()), claim)
        self.assertEqual(request.nonconformity_ids, claim | own)

    def _plan(self):
        return self.env["quality.inspection.plan"].create({
            "name": "Returned", "trigger": "customer_return", "product_ids": [Command.set(self.product.ids)],
            "characteristic_ids": [Command.create({"name": "Works", "kind": "check"})],
            "sampling_ids": [Command.create({"defect_class": "major", "method": "whole"})]})

    def _delivered(self):
        """A serial number that has left for the customer."""
        lot = self.env["stock.lot"].create({
            "name": "KYN28-0500", "product_id": self.product.id, "company_id": self.company.id})
        self.env["stock.quant"]._update_available_quantity(self.product, self.warehouse.lot_stock_id, 1, lot_id=lot)
        out = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.out_type_id.id, "partner_id": self.customer.id, "move_ids": [
                Command.create({
                    "product_id": self.product.id, "product_uom_qty": 1,
                    "location_id": self.warehouse.lot_stock_id.id,
                    "location_dest_id": self.env.ref("stock.stock_location_customers").id})]})
        out.action_confirm()
        out.action_assign()
        out.move_ids.picked = True
        out._action_done()
        return lot

    def _returned(self, lot):
        """A request of it, and the transfer by which it came back."""
        request = self._contacted(lot_id=lot.id)
        request.action_return_goods()
        back = request.sudo().move_ids.picking_id
        self.assertEqual(back.move_ids.location_dest_id, self.warehouse._get_inspection_area())
        back.move_ids.picked = True
        back._action_done()
        return request, back

    def _send_back(self, request):
        former = request.sudo().move_ids
        request.action_send_back()
        sent = request.sudo().move_ids - former
        self.assertEqual((sent.state, sent.location_dest_id.usage), ("assigned", "customer"))
        return sent

    def test_faulty_goods_without_a_plan_are_held(self):
        """REC-7, AFT-4: what comes back by a request is free for nobody although no plan says how it is inspected; its
        repair takes place where it stands, and it goes back to the customer from there."""
        self.env["quality.inspection.plan"].search([]).active = False
        hold, lot = self.warehouse._get_inspection_area(), self._delivered()
        request, back = self._returned(lot)
        inspection = self.env["quality.inspection"].search([("service_request_id", "=", request.id)])
        self.assertRecordValues(inspection, [{"plan_id": False, "state": "pending", "held_lot_ids": lot.ids}])
        self.assertFalse(self.env["stock.quant"]._get_available_quantity(
            self.product, self.warehouse.view_location_id, lot_id=lot))
        repair = self.env["repair.order"].browse(
            request.with_user(self.env.user).action_new_repair()["res_id"])
        self.assertRecordValues(repair, [{"product_location_src_id": hold.id, "product_location_dest_id": hold.id}])
        repair.action_validate()
        self.assertEqual(repair.state, "confirmed")
        repair.action_repair_start()
        repair.action_repair_end()
        quants = lot.quant_ids.filtered(lambda quant: quant.location_id.usage == "internal" and quant.quantity)
        self.assertRecordValues(quants, [{"location_id": hold.id, "quantity": 1, "is_quality_held": True}])
        sent = self._send_back(request)
        self.assertEqual(sent.location_id, hold)
        sent.picked = True
        sent._action_done()
        self.assertEqual(inspection.state, "cancelled")
        self.assertIn("customer", inspection.message_ids[0].body)
        # others that come back without a request are left to their plans
        wizard = self.env["stock.return.picking"].create({"picking_id": sent.picking_id.id})
        wizard.product_return_moves.quantity = 1
        self.assertNotEqual(wizard._create_return().move_ids.location_dest_id, hold)

    def test_released_goods_are_sent_back_from_the_stock(self):
        """AFT-4, REC-6: quality has found nothing: the cabinet stands in the stock and is sent from there."""
        lot = self._delivered()
        self._plan()
        request, _back = self._returned(lot)
        inspection = self.env["quality.inspection"].search([("service_request_id", "=", request.id)])
        QualityCommon.conclude(inspection, user=new_test_user(
            self.env, "aq_inspector", groups="quality_inspection.group_quality_user", company_id=self.company.id))
        self.assertEqual((inspection.state, lot.location_id), ("done", self.warehouse.lot_stock_id))
        self.assertEqual(self._send_back(request).location_id, self.warehouse.lot_stock_id)

    def test_rejected_goods_are_decided_before_they_are_sent_back(self):
        """NCR-4, AFT-4: what quality has rejected does not leave before it is decided, which is said by name."""
        self._plan()
        request, _back = self._returned(self._delivered())
        inspection = self.env["quality.inspection"].search([("service_request_id", "=", request.id)])
        QualityCommon.conclude(inspection, bad_units=(1,), user=new_test_user(
            self.env, "aq_inspector", groups="quality_inspection.group_quality_user", company_id=self.company.id))
        with self.assertRaisesRegex(UserError, inspection.nonconformity_ids.name):
            request.action_send_back()

    def test_returned_goods_are_inspected(self):
        """AFT-4, REC-2: a return made from a request lands in the inspection area, with its inspection; both that and
        what it rejects name the request."""
        self._plan()
        lot = self._delivered()
        request, back = self._returned(lot)
        inspection = self.env["quality.inspection"].search([("service_request_id", "=", request.id)])
        self.assertRecordValues(inspection, [{
            "trigger": "customer_return", "state": "pending", "lot_ids": lot.ids, "picking_id": back.id}])
        self.assertEqual(inspection.location_id, self.warehouse._get_inspection_area())
        self.assertEqual(request.inspection_count, 1)
        self.assertEqual(request.action_view_inspections()["res_id"], inspection.id)
        report = self.env["quality.nonconformity"]._create_from_inspection(inspection, 1)
        self.assertRecordValues(report, [{"service_request_id": request.id, "source": "site", "partner_id": False}])

    def test_serial_number_shows_what_quality_knows(self):
        """AFT-4: test reports, nonconformities and concessions of the serial number stand on it and on the request."""
        inspection = self.env["quality.inspection"]._create_batch([{
            "product_id": self.product.id, "quantity": 1, "trigger": "final", "state": "pending",
            "lot_ids": [Command.set(self.lot.ids)]}])
        report = self.env["quality.nonconformity"].create({
            "product_id": self.product.id, "lot_ids": [Command.set(self.lot.ids)], "is_stocked": False})
        row = self.env["quality.disposition"].create({
            "nonconformity_id": report.id, "kind": "concession", "quantity": 1,
            "lot_ids": [Command.set(self.lot.ids)]})
        request = self._contacted(lot_id=self.lot.id)
        self.assertRecordValues(request, [{"lot_inspection_count": 1, "lot_concession_count": 0}])
        row._write_signed({"state": "decided"})
        self.env.invalidate_all()
        self.assertRecordValues(self.lot.with_user(self.engineer), [{
            "inspection_count": 1, "nonconformity_count": 1, "concession_count": 1}])
        found = request.action_view_lot_inspections()
        self.assertEqual(self.env[found["res_model"]].with_user(self.engineer).search(found["domain"]), inspection)
        self.assertEqual(request.action_view_lot_concessions()["res_id"], report.id)
        self.assertEqual(self.lot.with_user(self.engineer).action_view_nonconformities()["res_id"], report.id)

    def test_after_sales_reads_what_is_asked_about(self):
        """ARC-5: the results of a serial number are open to after-sales once a request is about it, never to write;
        the others stay closed."""
        other = self.env["stock.lot"].create({
            "name": "KYN28-0777", "product_id": self.product.id, "company_id": self.company.id})
        mine, closed = self.env["quality.inspection"]._create_batch([{
            "product_id": self.product.id, "quantity": 1, "trigger": "final", "state": "pending",
            "lot_ids": [Command.set(lot.ids)]} for lot in (self.lot, other)])
        inspections = self.env["quality.inspection"].with_user(self.colleague)
        self.assertFalse(inspections.search([("id", "in", (mine | closed).ids)]))
        self._contacted(lot_id=self.lot.id)
        self.assertEqual(inspections.search([("id", "in", (mine | closed).ids)]), mine)
        self.assertEqual(mine.line_ids.with_user(self.colleague)._filtered_access("read").ids, mine.line_ids.ids)
        with self.assertRaises(AccessError):
            mine.with_user(self.colleague).note = "Fine"

    def test_what_quality_spends_is_a_cost(self):
        """AFT-5: hours of sorting and rework on goods of a request are its cost, beside the others."""
        request = self._contacted(lot_id=self.lot.id)
        report = self._report(request.action_new_nonconformity()).sudo()
        self.env["quality.disposition"].create({
            "nonconformity_id": report.id, "kind": "rework", "quantity": 1, "lot_ids": [Command.set(self.lot.ids)],
            "hours": 3, "hourly_cost": 80})
        self.env.flush_all()
        row = self.env["service.cost.report"].with_user(self.head).search([("request_id", "=", request.id)])
        self.assertRecordValues(row, [{"kind": "hours", "amount": 240, "name": report.name}])
        self.assertEqual(row.action_open_document()["res_id"], report.id)
