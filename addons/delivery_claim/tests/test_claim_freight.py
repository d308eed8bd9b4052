from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimFreight(ClaimCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payer = cls._person("payer", "account.group_account_invoice")
        cls.claim = cls._filed()
        cls.notice = cls.notice.sudo()
        cls.bill = cls._bill(cls.notice)

    @classmethod
    def _bill(cls, notice):
        bill = cls.env["account.move"].create({
            "move_type": "in_invoice", "partner_id": cls.forwarder.id, "invoice_date": cls.today,
            "freight_notice_ids": [Command.set(notice.ids)],
            "invoice_line_ids": [Command.create({"name": "Freight", "price_unit": 300, "tax_ids": [Command.clear()]})]})
        bill.action_post()
        return bill.with_user(cls.payer)

    def _pay(self, bill):
        return self.env["account.payment.register"].with_user(self.payer).with_context(
            active_model="account.move", active_ids=bill.ids).create({})._create_payments()

    def test_freight_is_not_paid(self):
        """DLV-7: while the claim is open no payment of the carrier's freight is made, by button, window, by hand or by
        matching; it names the claim. A credit note of the carrier is matched."""
        self.assertTrue(self.bill.is_freight_held)
        self.assertTrue(self.notice.is_freight_held)
        for pay in (self.bill.action_register_payment, lambda: self._pay(self.bill)):
            with self.assertRaisesRegex(UserError, self.claim.name), self.cr.savepoint():
                pay()
        payment = self.env["account.payment"].create({
            "payment_type": "outbound", "partner_type": "supplier", "partner_id": self.forwarder.id, "amount": 300})
        payment.action_post()
        lines = (payment.move_id.line_ids + self.bill.sudo().line_ids).filtered(
            lambda line: line.account_id.account_type == "liability_payable")
        if len(lines) == 2:  # payments have their own entry where an outstanding account is set
            with self.assertRaisesRegex(UserError, self.claim.name), self.cr.savepoint():
                lines.reconcile()
        with self.assertRaisesRegex(UserError, "stays on the bill"), self.cr.savepoint():
            self.bill.freight_notice_ids = [Command.clear()]
        credit = self.bill.sudo()._reverse_moves([{"invoice_date": self.today}], cancel=True)
        self.assertEqual((credit.state, self.bill.payment_state), ("posted", "reversed"))

    def test_settled_claim_frees_the_freight(self):
        """DLV-7: settled: the freight is paid."""
        self.claim.cause_id = self.cause
        self.claim.with_user(self.head).action_settle(100, note="By letter")
        self.assertFalse(self.bill.is_freight_held)
        self._pay(self.bill)
        self.assertIn(self.bill.payment_state, ("paid", "in_payment"))

    def test_head_releases_the_freight(self):
        """DLV-7: before that only the head releases it, with a reason, once; logistics and finance do not."""
        for user in (self.logistics, self.payer):
            with self.assertRaises(AccessError):
                self.claim.with_user(user).action_release_freight("He threatens to stop")
        head = self.claim.with_user(self.head)
        with self.assertRaisesRegex(UserError, "say why"):
            head.action_release_freight()
        head.action_release_freight("He threatens to stop")
        self.assertRecordValues(self.claim, [
            {"is_freight_held": False, "freight_released_by": self.head.id, "state": "filed"}])
        with self.assertRaisesRegex(UserError, "not held any more"):
            head.action_release_freight("Once more, please")
        self._pay(self.bill)
        self.assertEqual(self.claim.with_user(self.payer).freight_bill_count, 1)
        self.assertEqual(self.claim.with_user(self.payer).action_view_freight_bills()["res_id"], self.bill.id)
        self.assertEqual(self.bill.freight_claim_count, 1)
        self.assertEqual(self.bill.action_view_freight_claims()["res_id"], self.claim.id)

    def test_other_freight_is_paid(self):
        """DLV-7: the freight of another delivery of the same carrier, and a bill that is none of freight, are paid."""
        self._pay(self._bill(self._left()))
        self._pay(self._bill(self.notice.browse()))
