from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import OrderReviewMrpCommon


@tagged("-at_install", "post_install")
class TestOrderReviewMrp(OrderReviewMrpCommon):
    def test_each_company_sees_its_own(self):
        """ARC-5: a person of the company reads the record, one of another company does not find it."""
        other = self.env["res.company"].create({"name": "Other"})
        mine = new_test_user(self.env, "mine_order_review_mrp", groups="base.group_user")
        theirs = new_test_user(
            self.env, "theirs_order_review_mrp", groups="base.group_user", company_id=other.id,
            company_ids=[Command.set(other.ids)])
        self.assertEqual(self.record.with_user(mine).name, "First")
        self.assertNotIn(self.record.id, self.env["order.review.mrp"].with_user(theirs).search([]).ids)

    def test_users_do_not_write(self):
        """ARC-5: least rights: who only reads cannot change the record."""
        user = new_test_user(self.env, "reader_order_review_mrp", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.record.with_user(user).name = "Second"
