from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.order_delivery.tests.common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDeliveryChange(DeliveryCommon):
    def test_open_change(self):
        """DLV-1, CHG-8: a change notice that is neither applied nor rejected holds the goods up, also after the
        release."""
        notice = self._notice()
        change = self.env["order.change"].create({
            "order_id": notice.sudo().order_id.id, "reason": "Doors to the left"})
        with self.assertRaisesRegex(UserError, f"{change.name} of .* is not applied yet. → order desk"):
            self._ship(notice)
        change.sudo().write({"state": "cancelled"})
        self._ship(notice)
        self.assertEqual(notice.state, "shipped")

    def test_superseded_document(self):
        """DLV-1, CHG-8: a drawing that a change has put out of force, until another one of its kind is released."""
        notice = self._notice()
        order = notice.sudo().order_id
        change = self.env["order.change"].create({"order_id": order.id, "reason": "Doors to the left"})
        change.sudo().write({"state": "cancelled"})
        drawing = {"kind_id": self.env.ref("document_release.kind_drawing").id, "subject": "Doors",
                   "res_model": "sale.order", "res_id": order.id, "state": "released"}
        self.env["document.release"].create(drawing)._supersede(change)
        with self.assertRaisesRegex(UserError, "is superseded, and nothing has replaced it. → designer"):
            self._ship(notice)
        self.env["document.release"].create(drawing)
        self._ship(notice)
        self.assertEqual(notice.state, "shipped")
