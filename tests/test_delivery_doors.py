"""Every method that RPC reaches on deliveries, called by who has no business there."""
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.order_delivery.tests.common import DeliveryCommon

from doors import Doors


@tagged("post_install", "-at_install")
class TestDeliveryDoors(Doors, DeliveryCommon):
    ours = ("order_delivery", "order_delivery_review", "order_delivery_quality", "order_delivery_change",
            "delivery_claim")
    windows = ("action_view_", "action_say", "action_consent", "action_receipt")
    tables = ("delivery_notice", "delivery_notice_line", "delivery_crate", "delivery_claim",
              "delivery_claim_line", "stock_gate_pass", "stock_picking",
              "stock_move", "mail_activity", "mail_message")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sister = cls.env["res.company"].create({"name": "Sister Works"})
        cls.outsiders = {
            "portal": new_test_user(cls.env, "od_door_portal", groups="base.group_portal"),
            "clerk": cls.clerk,
            "sister": new_test_user(
                cls.env, "od_door_sister", company_id=sister.id, company_ids=[Command.set(sister.ids)],
                groups="order_delivery.group_delivery_manager,stock.group_stock_manager,"
                       "sales_team.group_sale_manager"),
        }
        draft, released, shipped = cls._notice(release=False), cls._notice(), cls._notice()
        cls._ship(cls, shipped)
        shipped.sudo()._follow()
        notices = (draft | released | shipped).sudo()
        claim = cls.env["delivery.claim"].with_user(cls.logistics)._make(shipped.with_user(cls.logistics)).sudo()
        cls.documents = [notices, notices.line_ids[:1], shipped.sudo().crate_ids, notices.order_id[:1],
                         notices.picking_ids[:1], claim, claim.line_ids[:1]]

    def test_nobody_outside_does_anything(self):
        """ARC-5, DLV-1, DLV-3, DLV-4, DLV-8: a portal user, a clerk without any role, and whoever is everything in
        another company: each method is refused in a clear word, or does nothing; no traceback."""
        self.assertGreater(self.check_nobody_acts(), 100)
