from odoo.tests import tagged

from odoo.addons.aftersales.tests.common import AftersalesCommon


@tagged("-at_install", "post_install")
class TestAftersalesChange(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.order_review_policy = "none"
        cls.order.action_confirm()
        cls.change = cls.env["order.change"].create({"order_id": cls.order.id, "reason": "Doors to the left\nToday"})

    def test_open_change_is_told(self):
        """AFT-4, ARC-5: the engineer reads on the serial number and on the request what is still to change; he reads
        no change notice by that. What is settled is told no more."""
        request = self._handed(lot_id=self.lot.id)
        lot = self.lot.with_user(self.engineer)
        for record in (lot, request):
            self.assertRegex(record.open_changes, f"^{self.change.name} .*: Doors to the left$")
        self.assertFalse(self.change.with_user(self.engineer).has_access("read"))
        self.change.sudo().write({"state": "cancelled"})
        self.env.invalidate_all()
        self.assertFalse(lot.open_changes or request.open_changes)

    def test_superseded_document_is_no_customers(self):
        """AFT-4, CHG-8: a drawing that a change has put out of force is not on the customer's portal."""
        released = self.env["document.release"].create({
            "kind_id": self.env.ref("document_release.kind_drawing").id, "subject": "Doors", "state": "released",
            "res_model": "sale.order", "res_id": self.order.id, "is_for_customer": True})
        found = self.env["document.release"]._get_domain_for_customer(self.contact)
        self.assertIn(released, released.search(found))
        released.superseded_change_id = self.change
        self.assertNotIn(released, released.search(found))
