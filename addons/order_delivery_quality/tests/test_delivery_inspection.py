from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.order_delivery.tests.common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDeliveryInspection(DeliveryCommon):
    def test_final_inspection(self):
        """DLV-1: a serial number whose final inspection is open or rejected does not leave; of one without plan nothing
        is asked."""
        panel = self.env["product.product"].create({
            "name": "Panel", "is_storable": True, "tracking": "serial", "taxes_id": [Command.clear()]})
        lot, free = self.env["stock.lot"].create([
            {"name": name, "product_id": panel.id, "company_id": self.company.id} for name in ("P-1", "P-2")])
        for one in lot + free:
            self.env["stock.quant"]._update_available_quantity(panel, self.warehouse.lot_stock_id, 1, lot_id=one)
        inspection = self.env["quality.inspection"]._create_batch([{
            "product_id": panel.id, "quantity": 1, "trigger": "final", "state": "pending", "lot_id": lot.id}])
        order = self.env["sale.order"].create({
            "partner_id": self.customer.id, "user_id": self.seller.id,
            "order_line": [Command.create({"product_id": panel.id, "product_uom_qty": 2})]})
        order.action_confirm()
        order.picking_ids.action_assign()
        notice = self._notice(order, release=False)
        with self.assertRaisesRegex(UserError, "P-1 of Panel: its final inspection .* is not done. → quality"):
            notice.action_release()
        problems = notice._get_standing_problems()[notice]
        self.assertEqual(len(problems), 1)
        inspection.sudo().write({"state": "done", "verdict": "reject"})
        with self.assertRaisesRegex(UserError, "is rejected"):
            notice.action_release()
        again = self.env["quality.inspection"]._create_batch([{
            "product_id": panel.id, "quantity": 1, "trigger": "final", "state": "pending", "lot_id": lot.id}])
        again.sudo().write({"state": "done", "verdict": "accept"})
        notice.action_release()
        self.assertEqual(notice.state, "released")
