from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SIGNATURE, ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimTrace(ClaimCommon):
    @classmethod
    def _pass_days(cls, days, notice=None):
        """The goods left and should have arrived so many days ago."""
        moment = fields.Datetime.now() - timedelta(days=days)
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE delivery_notice SET date_arrival = %s, shipped_on = %s WHERE id = %s",
            (moment, moment - timedelta(days=1), (notice or cls.notice).id))
        cls.env.invalidate_all()

    def _run_cron(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60.0):
            self.env["delivery.claim"]._cron_trace()
        return self.notice.sudo().claim_ids

    def _settle_clocks(self):
        self.env.flush_all()
        self.env.invalidate_all()

    def _trace(self):
        action = self.notice.with_user(self.seller).action_trace()  # the customer has called his salesperson
        return self.env["delivery.claim"].with_user(self.logistics).browse(action["res_id"])

    def test_overdue_arrival_is_traced(self):
        """DLV-6: days after the expected arrival without receipt the job opens a trace, once, however often it runs;
        not before, not where the company does not want it, not for what the customer fetches."""
        self._pass_days(3)
        self.assertFalse(self._run_cron())
        self._pass_days(4)
        for values, off in (({"carriage": "customer"}, {"carriage": "carrier"}),):
            self.notice.sudo()._write(values)
            self.env.invalidate_all()
            self.assertFalse(self._run_cron())
            self.notice.sudo()._write(off)
            self.env.invalidate_all()
        self.company.delivery_trace_days = 0
        self.assertFalse(self._run_cron())
        self.company.delivery_trace_days = 3
        trace = self._run_cron()
        self.assertRecordValues(trace, [{
            "kind": "not_arrived", "state": "draft", "notice_until": False, "amount": 0, "is_freight_held": True,
            "forwarder_id": self.forwarder.id}])
        self.assertEqual(self._run_cron(), trace)
        self.assertTrue(self.notice.is_arrival_overdue)
        self.assertIn(self.notice, self.env["delivery.notice"].search([("is_arrival_overdue", "=", True)]))
        self.assertNotIn(self.notice, self.env["delivery.notice"].search([("is_arrival_overdue", "=", False)]))

    def test_traced_by_a_click(self):
        """DLV-6: the customer calls that nothing has come: one click; clocks run until the carrier is asked, until he
        answers, and until the customer has his answer, in his language."""
        trace = self._trace()
        self._settle_clocks()
        policies = {name: self.env.ref(f"delivery_claim.sla_policy_trace_{name}") for name in ("ask", "answer", "tell")}
        self.assertEqual(trace.sudo().sla_clock_ids.policy_id, policies["ask"] + policies["tell"])
        with self.assertRaisesRegex(UserError, trace.name):
            self.notice.with_user(self.logistics).action_trace()
        trace.action_file()
        self._settle_clocks()
        self.assertEqual(trace.sudo().sla_clock_ids.policy_id, policies["answer"] + policies["tell"])
        with self.assertRaisesRegex(UserError, "from today on"):
            trace.action_answer("It stands in the depot", self.today - timedelta(days=1))
        trace.action_answer("It stands in the depot", self.today + timedelta(days=1))
        trace.action_tell_customer()
        self._settle_clocks()
        self.assertFalse(trace.sudo().sla_clock_ids)
        mail = self.env["mail.mail"].search([
            ("model", "=", "delivery.claim"), ("recipient_ids", "in", self.customer.ids)])
        self.assertIn("We are tracing them with the carrier", mail.body_html)
        self.assertIn("promises their arrival", mail.body_html)

    def test_arrived_later(self):
        """DLV-6: what came out of it, with the day; it is between the shipment and today."""
        trace = self._trace()
        for day in (None, self.today - timedelta(days=1), self.today + timedelta(days=1)):
            with self.assertRaisesRegex(UserError, "between their shipment"):
                trace.action_arrived(day)
        trace.action_arrived(self.today, "The site has called")
        self.assertRecordValues(trace, [{
            "state": "closed", "outcome": "arrived", "arrived_on": self.today, "is_freight_held": False}])
        with self.assertRaises(UserError):
            trace.sudo().arrived_on = False

    def test_signed_receipt_ends_the_trace(self):
        """DLV-6: what the site signs for has arrived: nobody has to say it."""
        trace = self._trace()
        self.notice.sudo().crate_ids._answer({"signer": "Mr. Wang", "signature": SIGNATURE})
        self.assertRecordValues(trace, [{"state": "closed", "outcome": "arrived", "arrived_on": self.today}])
        self.assertFalse(trace.activity_ids)
        with self.assertRaisesRegex(UserError, "Signed"):
            self.notice.with_user(self.logistics).action_trace()

    def test_lost_becomes_a_claim(self):
        """DLV-6, DLV-7: lost: the trace ends, a claim with all its goods begins, its period from the expected
        arrival; the freight stays held."""
        self._pass_days(2)
        trace = self._trace()
        with self.assertRaises(UserError):
            trace.action_lost("The lorry has burnt")  # nobody has asked the carrier
        trace.action_file()
        claim = self.env["delivery.claim"].with_user(self.logistics).browse(
            trace.action_lost("The lorry has burnt")["res_id"])
        self.assertRecordValues(trace, [{"state": "closed", "outcome": "lost", "is_freight_held": False}])
        self.assertRecordValues(claim, [{
            "kind": "lost", "trace_id": trace.id, "description": "The lorry has burnt", "is_freight_held": True,
            "received_on": self.today - timedelta(days=2), "notice_until": self.today + timedelta(days=3)}])
        self.assertEqual(set(claim.line_ids.mapped("condition")), {"lost"})
        self.assertEqual(trace.action_view_claims()["res_id"], claim.id)
        claim.action_file()
        self.assertEqual((claim.state, claim.amount), ("filed", 4040))

    def test_who_traces(self):
        """DLV-6, ARC-5: logistics, and the salesperson whom the customer has called; nobody else, and a trace is
        neither settled nor proved."""
        for user in (self.store, self.clerk, self.other_seller):
            with self.assertRaises(AccessError):
                self.notice.with_user(user).action_trace()
        trace = self._trace()
        trace.action_file()
        trace.cause_id = self.cause
        with self.assertRaisesRegex(UserError, "is a trace"):
            trace.with_user(self.head).action_settle(0, note="By letter")
        with self.assertRaisesRegex(UserError, "is a trace"):
            trace.action_evidence()
        with self.assertRaises(AccessError):
            trace.with_user(self.seller).action_arrived(self.today)
