from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDeliveryAccess(DeliveryCommon):
    def test_who_reads_what(self):
        """ARC-5: desk, logistics, store and finance read all; sales its own orders'; nobody else, nor another
        company."""
        notice = self._shipped()
        finance = self._person("finance", "account.group_account_invoice")
        portal = new_test_user(self.env, "od_portal", groups="base.group_portal")
        sister = self.env["res.company"].create({"name": "Sister Works"})
        theirs = new_test_user(
            self.env, "od_theirs", groups="order_delivery.group_delivery_manager,stock.group_stock_manager",
            company_id=sister.id, company_ids=[Command.set(sister.ids)])
        readers = self.desk + self.logistics + self.store + finance + self.seller
        everybody = readers + self.other_seller + self.clerk + portal + theirs
        for records in (notice, notice.line_ids, notice.sudo().crate_ids):
            self.env.invalidate_all()
            self.assertEqual(
                everybody.filtered(lambda user, records=records: records.with_user(user).has_access("read")), readers)
        for user in readers - self.desk - self.logistics:
            with self.assertRaises(AccessError):
                notice.with_user(user).waybill = "SF-9"

    def test_nobody_makes_or_deletes(self):
        """ARC-5: notices, goods and crates are made by the buttons only, and stay."""
        notice = self._notice()
        for record in (notice, notice.line_ids[0]):
            for user in (self.desk, self.head):
                with self.assertRaises(AccessError):
                    record.with_user(user).copy()
                with self.assertRaises(AccessError):
                    record.with_user(user).unlink()
        for method in ("action_release", "action_close", "action_follow"):
            with self.assertRaises(AccessError):
                getattr(notice.with_user(self.seller), method)()
        with self.assertRaises(AccessError):
            self._order().with_user(self.seller).action_make_delivery_notice()
        with self.assertRaises(AccessError):
            notice.sudo().picking_ids.with_user(self.store).delivery_notice_id = False
