from odoo.tests import tagged

from odoo.addons.quality_inspection.tests.common_report import ReportCase

from .common import IncomingCommon

ONE = "quality_incoming.report_inspection_request"
FOUR = "quality_incoming.report_inspection_request_copies"


@tagged("post_install", "-at_install")
class TestReports(ReportCase, IncomingCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")

    def test_request_is_printed_for_the_inspector_to_fill_in(self):
        """REC-2: right after the receipt the request names supplier, delivery note, order, what was received, and
        leaves verdict and inspector empty; goods without a plan are marked as exempt."""
        order = self._order((self.product, 500), (self.plain, 12))
        picking = self._receive(order, note="DN-77")
        text = self.print_form(ONE, picking, self.keeper)
        self.assertSays(
            text, picking.name, "Incoming Inspection Request", "Bolt Works", "DN-77", order.name,
            "1", "Bolt M12", "500", "2", "Washer", "12", "Exempt", "Storekeeper", "Inspector", "Purchasing",
            "Material Control")
        self.assertNotIn("Accepted", text)
        self.assertNotIn("Copy 1", text)

    def test_four_copies(self):
        """REC-2: four copies for quality, store, purchasing and material control, two of them on a page."""
        picking = self._receive(self._order((self.product, 500)))
        text = self.print_form(FOUR, picking, self.keeper)
        self.assertSays(text, "Copy 1: Quality", "Copy 2: Warehouse", "Copy 3: Purchasing", "Copy 4: Material Control")
        self.assertEqual(text.count("Bolt M12"), 4)
        page = self.print_html(FOUR, picking, self.keeper)
        self.assertEqual((len(page.find_class("o_qp_new_page")), len(page.find_class("o_qp_cut"))), (1, 2))
        self.assertSays(self.print_form(FOUR, picking, self.keeper, "zh_CN"), "材料入库送检单", "第一联", "第四联")

    def test_qualified_quantity_stands_on_the_request(self):
        """REC-3, REC-6: after the verdict the request shows qualified and rejected quantity, verdict and inspector;
        storekeeper, buyer and inspector print it."""
        picking = self._receive(self._order((self.product, 500)))
        inspection = self.env["quality.inspection"].search([("picking_id", "=", picking.id)])
        self._inspect(inspection, defects=3)
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", inspection.id)])
        self._dispose(report, {"kind": "concession", "quantity": 450, "price_reduction_percent": 5},
                      {"kind": "return", "quantity": 50, "settlement": "credit"})
        for user in (self.keeper, self.buyer, self.inspector):
            text = self.print_form(ONE, picking, user)
            self.assertSays(
                text, "Bolt M12", "500", "450", "50", "Rejected", self.inspector.name, "Note", self.inspector.name)

    def test_each_lot_has_its_line(self):
        """REC-2: a receipt of several lots has a line for each inspection, with its lot and quantity."""
        self.product.tracking = "lot"
        picking = self._receive(self._order((self.product, 30)), lots={"L-A": 10, "L-B": 20})
        self.assertSays(self.print_form(ONE, picking, self.keeper), "Bolt M12", "L-A", "10", "Bolt M12", "L-B", "20")

    def test_differences_from_the_delivery_note(self):
        """REC-1: what differs from the note or is damaged stands on the request with the refused quantity."""
        order = self._order((self.product, 100))
        picking = order.picking_ids
        picking.delivery_note_ref = "DN-9"
        picking.delivery_note_line_ids = [(0, 0, {
            "move_id": picking.move_ids.id, "quantity_note": 100, "quantity_counted": 98, "quantity_damaged": 5,
            "kind": "damage", "decision": "refused", "note": "Crushed box"})]
        text = self.print_form(ONE, picking, self.keeper)
        self.assertSays(text, "Differs from the Delivery Note", "Bolt M12", "100", "98", "5", "Crushed box")
