from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimBadInput(ClaimCommon):
    def test_notice_that_has_not_left(self):
        """DLV-7, DLV-6: nothing is claimed or traced of what has not left, or was cancelled."""
        for notice in (self._notice(release=False), self._notice()):
            for act in ("action_make_claim", "action_trace"):
                with self.assertRaisesRegex(UserError, "Shipped"):
                    getattr(notice.with_user(self.logistics), act)()

    def test_quantities(self):
        """DLV-7: nothing, less than nothing, more than has left, no goods at all: refused by the name of the goods."""
        claim = self._claim()
        line = claim.line_ids[0]
        with self.assertRaisesRegex(UserError, "only 4 .* not 5"), self.cr.savepoint():
            line.quantity = 5
        for wrong in (-1, float("nan"), 1e300):
            with self.assertRaises(UserError), self.cr.savepoint():
                line.write({"quantity": wrong})
                self.env.flush_all()
        with self.assertRaisesRegex(UserError, "less than nothing"), self.cr.savepoint():
            line.unit_value = -1
        line.quantity = 0
        with self.assertRaisesRegex(UserError, "Cabinet KYN28"):
            claim.action_file()
        claim.line_ids.unlink()
        with self.assertRaisesRegex(UserError, "names no goods"):
            claim.action_file()
        claim.action_take_goods()
        self.assertEqual(claim.line_ids.mapped("quantity"), [4, 4])
        claim.line_ids.unit_value = 0
        with self.assertRaisesRegex(UserError, "claims nothing"):
            claim.action_file()

    def test_no_carrier_and_no_day(self):
        """DLV-7: against whom, and since when: both are said before it is filed; a day before the shipment, or
        tomorrow, is none."""
        claim = self._claim(carriage="own", forwarder_id=False)
        with self.assertRaisesRegex(UserError, "against whom"):
            claim.action_file()
        claim.forwarder_id = self.forwarder
        self.assertEqual(claim.notice_days, 5, "the period of who is named now")
        for day in (False, self.today + timedelta(days=1), self.today - timedelta(days=1)):
            claim.received_on = day
            with self.assertRaisesRegex(UserError, "were received"):
                claim.action_file()

    def test_period_is_over(self):
        """DLV-7: after the carrier's period it is filed with a reason only, which stays on record."""
        claim = self._claim()
        claim.sudo().notice_id.shipped_on = fields.Datetime.now() - timedelta(days=20)
        claim.received_on = self.today - timedelta(days=6)
        self.assertEqual(claim.days_left, -1)
        for reason in (None, "", "..."):
            with self.assertRaisesRegex(UserError, "which is over"):
                claim.action_file(reason)
        self.assertIn(claim, claim.search([("state", "=", "draft"), ("notice_until", "<", "today")]))
        say = self.env["delivery.claim.say"].with_user(self.logistics).create({
            "claim_id": claim.id, "kind": "file", "text": "The site opened the crate on the sixth day only"})
        say.action_say()
        self.assertEqual((claim.state, claim.late_reason), ("filed", say.text))

    def test_archived_carrier(self):
        """DLV-7: whoever has damaged goods answers for it, though we do not ship with him any more: his period
        counts."""
        notice = self.notice
        self.method.active = False
        self.forwarder.active = False
        claim = self._report(notice).with_user(self.logistics)
        self.assertEqual((claim.forwarder_id, claim.notice_days), (self.forwarder, 5))
        claim.action_file()
        self.assertEqual(claim.state, "filed")
        self.method.unlink()
        other = self._claim()
        self.assertEqual(other.notice_days, self.company.delivery_claim_days, "who says nothing: the company's")

    def test_other_currency(self):
        """DLV-7: claimed and settled in other currencies than the company's: values are converted, the rate is that of
        the company's currency."""
        foreign = self.env["res.currency"].create({
            "name": "XCL", "symbol": "X", "rate_ids": [(0, 0, {"name": "2020-01-01", "rate": 0.5})]})
        claim = self._claim()
        claim.currency_id = foreign
        self.assertEqual(claim.line_ids[0].unit_value, 500)
        self.assertEqual((claim.amount, claim.amount_company), (2020, 4040))
        claim.action_file()
        claim.cause_id = self.cause
        head = claim.with_user(self.head)
        with self.assertRaisesRegex(UserError, "more comes back"):
            head.action_settle(2021, note="By letter")
        head.action_settle(2020, self.company.currency_id, "By letter")
        self.assertRecordValues(claim, [{
            "settled_company": 2020, "recovery_rate": 50, "settlement_currency_id": self.company.currency_id.id}])

    def test_settlements_that_cannot_be(self):
        """DLV-7: no cause, no amount, less than nothing, no number, no words; by who filed it, by logistics; twice: the
        second is told."""
        claim = self._filed()
        head = claim.with_user(self.head)
        with self.assertRaisesRegex(UserError, "cause"):
            head.action_settle(1, note="By letter")
        claim.cause_id = self.cause
        for amount in (None, False, -1, float("nan"), float("inf"), "1", True):
            with self.assertRaises(UserError):
                head.action_settle(amount, note="By letter")
        with self.assertRaisesRegex(UserError, "say why"):
            head.action_settle(1, note=" ")
        with self.assertRaises(AccessError):
            claim.action_settle(1, note="By letter")
        own = self._claim()
        own.with_user(self.head).action_file()
        own.cause_id = self.cause
        with self.assertRaisesRegex(AccessError, "another person"):
            own.with_user(self.head).action_settle(1, note="By letter")
        head.action_settle(0, note="He pays nothing")
        self.assertEqual(claim.recovery_rate, 0)
        with self.assertRaisesRegex(UserError, "Settled"):
            head.action_settle(1, note="By letter")

    def test_filed_claim_is_cancelled_by_the_head(self):
        """DLV-7: a draft by logistics, what is filed by the head, with a reason; what is settled by nobody."""
        claim = self._filed()
        with self.assertRaises(AccessError):
            claim.action_cancel("It was a mistake")
        with self.assertRaisesRegex(UserError, "say why"):
            claim.with_user(self.head).action_cancel()
        claim.with_user(self.head).action_cancel("It was a mistake")
        self.assertFalse(claim.is_freight_held)
        with self.assertRaises(UserError):
            self._settled(1).with_user(self.head).action_cancel("It was a mistake")

    def test_notice_without_crates(self):
        """DLV-7: goods that left without crates: the goods of the notice, once."""
        notice = self.notice
        notice.sudo().crate_ids.unlink()
        claim = self.env["delivery.claim"].browse(notice.with_user(self.logistics).action_make_claim()["res_id"])
        self.assertEqual(claim.line_ids.mapped("quantity"), [4, 4])
        self.assertFalse(claim.received_on)
        with self.assertRaisesRegex(UserError, claim.name):
            notice.with_user(self.logistics).action_make_claim()
