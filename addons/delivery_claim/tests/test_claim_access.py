from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimAccess(ClaimCommon):
    def test_who_reads_and_who_acts(self):
        """ARC-5, DLV-7: logistics, the head and finance read all, sales its own orders'; the portal, another company
        and whoever has nothing to do with it nothing; logistics files, the head settles, nobody makes or deletes."""
        claim = self._claim()
        finance = self._person("finance", "account.group_account_invoice")
        portal = new_test_user(self.env, "dc_portal", groups="base.group_portal")
        sister = self.env["res.company"].create({"name": "Sister Works"})
        theirs = new_test_user(
            self.env, "dc_theirs", groups="order_delivery.group_delivery_manager,account.group_account_invoice",
            company_id=sister.id, company_ids=[Command.set(sister.ids)])
        readers = self.desk + self.logistics + self.head + finance + self.seller
        for records in (claim, claim.line_ids):
            self.env.invalidate_all()
            self.assertEqual((readers + self.store + self.other_seller + self.clerk + portal + theirs).filtered(
                lambda user, records=records: records.with_user(user).has_access("read")), readers)
        for user in (finance, self.seller, self.store, theirs):
            for act in (claim.with_user(user).action_file, claim.with_user(user).action_take_goods):
                with self.assertRaises(AccessError):
                    act()
        for user in (finance, self.seller):
            with self.assertRaises(AccessError):
                claim.with_user(user).description = "Nothing"
            with self.assertRaises(AccessError):
                claim.line_ids[0].with_user(user).unlink()
        for user in (self.logistics, self.head):
            with self.assertRaises(AccessError):
                claim.with_user(user).copy()
            with self.assertRaises(AccessError):
                claim.with_user(user).unlink()
            with self.assertRaises(AccessError):
                claim.with_user(user).amount = 1
        for act in ("action_make_claim", "action_trace"):
            with self.assertRaises(AccessError):
                getattr(claim.notice_id.with_user(theirs), act)()

    def test_lists_cost_the_same(self):
        """ARC-5: the list of claims takes as many queries for two as for one."""
        claims = self._claim()
        names = ["name", "customer_id", "days_left", "sla_clocks", "amount", "photo_ids", "freight_bill_count"]
        self._count(claims, names)
        one = self._count(claims, names)
        two = self._count(claims + self._claim(), names)
        self.assertLessEqual(two, one)

    def _count(self, claims, names):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        claims.with_user(self.logistics).read(names)
        return self.cr.sql_log_count - before
