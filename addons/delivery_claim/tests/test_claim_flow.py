from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import PNG, ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimFlow(ClaimCommon):
    def test_report_of_the_site_makes_a_claim(self):
        """DLV-7: what the site reports on a crate's page is a claim at once: goods, quantities, photos, carrier, day of
        receipt; whoever leads claims has his to-do, who pays freight is told; the photo is linked, not copied."""
        self.company.delivery_claim_user_id = self.logistics
        self.company.delivery_freight_user_id = self.clerk
        notice = self.notice
        files = self.env["ir.attachment"].search_count([])
        claim = self._report(notice)
        self.assertRecordValues(claim, [{
            "kind": "damage", "state": "draft", "forwarder_id": self.forwarder.id, "waybill": "RC-1",
            "received_on": self.today, "notice_days": 5, "notice_until": self.today + timedelta(days=5),
            "days_left": 5, "user_id": self.logistics.id, "amount": 4040, "is_freight_held": True}])
        self.assertRecordValues(claim.line_ids, [
            {"product_id": product.id, "quantity": 4, "quantity_shipped": 4, "condition": "damaged",
             "crate_id": notice.sudo().crate_ids.id, "unit_value": price}
            for product, price in ((self.cabinet, 1000), (self.cable, 10))])
        self.assertIn("The door is bent", claim.report_text)
        self.assertEqual(claim.photo_ids, notice.sudo().crate_ids.photo_ids)
        self.assertEqual(len(claim.photo_ids), 1)
        self.assertEqual(self.env["ir.attachment"].search_count([]), files + 1, "the photo of the crate, no copy")
        self.assertEqual(claim.activity_ids.user_id, self.logistics)
        told = self.env["mail.message"].search([  # a notification is no part of the history
            ("model", "=", claim._name), ("res_id", "=", claim.id), ("partner_ids", "in", self.clerk.partner_id.ids)])
        self.assertIn("Hold the freight", told.subject)
        self.assertTrue(claim.with_user(self.clerk).has_access("read"), "who is told can open it")

    def test_later_reports_are_added(self):
        """DLV-7: another report of the same crate is added to its draft, and told to who has filed it already."""
        notice = self.notice
        claim = self._report(notice)
        self._report(notice, "A lamp is missing, too", photo="lamp.png", missing="1")
        self.assertEqual(notice.sudo().claim_ids, claim)
        self.assertIn("A lamp is missing, too", claim.report_text)
        self.assertEqual(claim.report_text.count("The door is bent"), 1)
        self.assertEqual(len(claim.photo_ids), 2)
        claim.with_user(self.logistics).action_file()
        self._report(notice, "The key is missing", photo=False, missing="1")
        self.assertEqual(notice.sudo().claim_ids, claim)
        self.assertIn("The key is missing", claim.message_ids[0].body)
        self.assertTrue(claim.activity_ids)

    def test_report_is_kept_whatever_becomes_of_the_claim(self):
        """DLV-7: a claim that cannot be made does not cost the word of the site."""
        notice = self.notice
        with patch.object(type(self.env["delivery.claim"]), "_make", side_effect=ValueError("no")), \
                self.assertLogs("odoo.addons.delivery_claim", "ERROR"):
            self.assertFalse(self._report(notice))
        self.assertEqual(notice.sudo().crate_ids.state, "reported")
        action = notice.with_user(self.logistics).action_make_claim()
        self.assertEqual(self.env["delivery.claim"].browse(action["res_id"]).crate_ids, notice.sudo().crate_ids)

    def test_one_click_makes_a_claim(self):
        """DLV-7: from the notice or the crate; a second one for the same crate is refused, by the name of the first;
        what was cancelled is free again."""
        notice = self.notice
        crate = notice.sudo().crate_ids.with_user(self.logistics)
        claim = self.env["delivery.claim"].browse(crate.action_make_claim()["res_id"]).with_user(self.logistics)
        for again in (crate.action_make_claim, notice.with_user(self.logistics).action_make_claim):
            with self.assertRaisesRegex(UserError, claim.name):
                again()
        self.assertEqual((notice.claim_count, crate.claim_count), (1, 1))
        self.assertEqual(notice.with_user(self.logistics).action_view_claims()["res_id"], claim.id)
        self.assertEqual(crate.action_view_claims()["res_id"], claim.id)
        self.assertEqual(claim.action_view_notice()["res_id"], notice.id)
        order = notice.sudo().order_id.with_user(self.seller)
        self.assertEqual((order.delivery_claim_count, order.action_view_delivery_claims()["res_id"]), (1, claim.id))
        claim.action_cancel("Nothing is damaged after all")
        self.assertFalse(crate.claim_count)
        self.assertNotEqual(notice.with_user(self.logistics).action_make_claim()["res_id"], claim.id)

    def test_filed_answered_settled_closed(self):
        """DLV-7: logistics corrects and files, takes the carrier's answer down, names the cause; the head settles; what
        is settled stays as it is, by every hand."""
        claim = self._claim()
        with Form(claim) as form:
            with form.line_ids.edit(0) as line:
                line.quantity, line.note = 1, "Door, left"
            form.line_ids.remove(1)
            form.amount_other = 200
        self.assertEqual((claim.amount_goods, claim.amount), (1000, 1200))
        claim.action_file()
        self.assertEqual((claim.state, claim.filed_by), ("filed", self.logistics))
        self.assertFalse(claim.activity_ids)
        for values in ({"amount_other": 1}, {"received_on": self.today}, {"forwarder_id": False}):
            with self.assertRaises(AccessError):
                claim.write(values)
        with self.assertRaises(AccessError):
            claim.line_ids.quantity = 2
        with self.assertRaises(UserError):
            claim.sudo().line_ids.quantity = 2
        claim.action_answer("We pay half of it")
        claim.action_answer("We pay 900 at most")
        claim.write({"cause_id": self.cause.id, "cause_text": "Lashed at the door"})
        head = claim.with_user(self.head)
        head.action_settle(900, note="By the letter of the carrier")
        self.assertRecordValues(claim, [{
            "state": "settled", "settled_amount": 900, "recovery_rate": 75, "settled_by": self.head.id,
            "is_freight_held": False}])
        claim.action_close()
        self.assertEqual(claim.state, "closed")
        for user in (self.logistics, self.head):
            with self.assertRaises(AccessError):
                claim.with_user(user).cause_text = "Something else"
        with self.assertRaises(UserError):
            claim.sudo().settled_amount = 1000
        with self.assertRaises(UserError):
            claim.sudo().unlink()

    def test_windows_say_it(self):
        """DLV-7: answer, settlement and cancellation by their windows."""
        claim = self._claim()
        claim.action_file()
        claim.cause_id = self.cause
        say = self.env["delivery.claim.say"].with_user(self.logistics)
        with Form(say.with_context(**claim.with_context(claim_say="answer").action_say()["context"])) as form:
            form.text = "We look into it"
        form.save().action_say()
        with Form(say.with_user(self.head).with_context(
                **claim.with_context(claim_say="settle").action_say()["context"])) as form:
            form.amount, form.text = 100, "Agreed by phone"
        form.save().action_say()
        self.assertRecordValues(claim, [{
            "state": "settled", "answer_text": "We look into it", "settled_amount": 100,
            "settlement_currency_id": claim.currency_id.id}])

    def test_recovery_rate(self):
        """DLV-7: the rate of a carrier is that of the sums of his settled claims, not the mean of rates, and open
        claims are no loss."""
        domain = [("forwarder_id", "=", self.forwarder.id)]
        self._settled(4040)
        self._settled(0)
        rows = self.env["delivery.claim"].with_user(self.logistics)
        self.assertEqual(rows._read_group(domain, ["cause_id"], [
            "amount_company:sum", "settled_company:sum", "recovery_rate:avg"]), [(self.cause, 8080, 4040, 50)])
        self._filed()
        self.assertEqual(rows._read_group(domain, [], ["recovery_rate:avg"]), [(50,)])
        self.assertEqual(rows._read_group([("id", "=", 0)], [], ["recovery_rate:avg"]), [(False,)])

    def test_clock_of_the_period(self):
        """DLV-7, SLA-1: the clock ends with the carrier's period, moves with the day of receipt, stops when the claim
        is filed; the list says what is over."""
        claim = self._claim()
        claim.sudo().notice_id.shipped_on = fields.Datetime.now() - timedelta(days=2)
        claim.received_on = self.today - timedelta(days=1)
        self.env.flush_all()
        claim.invalidate_recordset()
        clock = claim.sudo().sla_clock_ids
        self.assertEqual(clock.policy_id, self.env.ref("delivery_claim.sla_policy_claim_file"))
        until = self.today + timedelta(days=4)
        until -= timedelta(days=max(until.weekday() - 4, 0))  # on a weekend nobody would file it
        self.assertEqual(self.company._get_day(clock.deadline_at), until)
        claim.action_file()
        self.env.flush_all()
        claim.invalidate_recordset()
        self.assertEqual(clock.state, "met")
        self.assertEqual(
            claim.sudo().sla_clock_ids.policy_id, self.env.ref("delivery_claim.sla_policy_claim_answer"))

    def test_customer_is_answered(self):
        """DLV-7: the customer is answered in his language by mail; without address he is called."""
        claim = self._claim()
        claim.action_tell_customer()
        mail = self.env["mail.mail"].search([
            ("model", "=", "delivery.claim"), ("recipient_ids", "in", self.customer.ids)])
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertIn("after-sales service", mail.body_html)
        self.assertTrue(claim.customer_told_on)
        self.customer.email = False
        other = self._claim()
        with self.assertRaisesRegex(UserError, "no mail address"):
            other.action_tell_customer()
        other.with_user(self.seller).action_customer_told()
        self.assertEqual(other.customer_told_by, self.seller)

    def test_papers_stay(self):
        """DLV-7: a paper that was filed with a claim, or comes with an answer, is neither changed nor deleted."""
        claim = self._claim()
        papers = self.env["ir.attachment"].with_user(self.logistics).create([
            {"name": name, "raw": PNG, "res_model": "delivery.claim", "res_id": claim.id}
            for name in ("waybill.png", "letter.png")])
        claim.attachment_ids = papers[0]
        claim.action_file()
        claim.action_answer("We look into it", attachments=papers[1])
        self.assertEqual(claim.attachment_ids, papers)
        self.assertEqual(papers.sudo().mapped("document_sealed"), [True, True])
        with self.assertRaises(UserError):
            papers[0].unlink()
