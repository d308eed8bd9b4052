from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.aftersales.tests.common import PNG

from .common import VisitCommon, picture


@tagged("-at_install", "post_install")
class TestReport(VisitCommon):
    def _send_reports(self):
        with patch.object(self.registry["ir.cron"], "_commit_progress"):  # a test commits nothing
            self.env["service.visit"]._cron_send_reports()

    def test_what_a_report_needs(self):
        """AFT-3: not signed before checklist, work, hours and signature are there; each is named."""
        visit = self._on_site()
        for part in ("Interlock is not answered", "Insulation is not answered"):
            with self.assertRaisesRegex(UserError, part):
                visit.action_complete()
        self._fill(visit)
        for name, value, word in (
                ("work_done", "", "what was done"), ("signature", False, "not signed"), ("signer", " ", "not signed"),
                ("signature", picture(drawn=False), "not signed")):
            kept = visit[name]
            visit.write({name: value})
            with self.assertRaisesRegex(UserError, word):
                visit.action_complete()
            visit.write({name: kept})
        visit.hours_ids.work_hours = 0
        with self.assertRaisesRegex(UserError, "working hours"):
            visit.action_complete()
        visit.hours_ids.work_hours = 1
        visit.action_complete()
        self.assertRecordValues(visit, [{
            "state": "done", "done_by": self.engineer.id, "work_hours": 1, "travel_hours": 1.5, "travel_cost": 120}])

    def test_points_with_limits_and_photos(self):
        """AFT-3: a value is a number, outside of its limits it needs a remark; a photo that is asked for is there."""
        visit = self._fill(self._on_site())
        insulation = visit.check_ids[1]
        with self.assertRaisesRegex(UserError, "no number"):
            insulation.answer = "high"
        insulation.answer = "12,5"
        self.assertEqual((insulation.number, insulation.result, insulation.answered_by), (12.5, "bad", self.engineer))
        with self.assertRaisesRegex(UserError, "write a remark"):
            visit.action_complete()
        insulation.remark = "Wet, dried and measured again"
        insulation.sudo().photo_required = True
        with self.assertRaisesRegex(UserError, "needs a photo"):
            visit.action_complete()
        insulation.photo_ids = [(0, 0, {"name": "meter.png", "raw": PNG, "res_model": insulation._name})]
        visit.action_complete()
        self.assertTrue(insulation.sudo().photo_ids.document_sealed)

    def test_signed_stays(self):
        """AFT-3, ARC-4: what was signed is changed by nobody, through no door; its lines and files neither."""
        visit = self._signed()
        for user in (self.engineer, self.head):
            signed = visit.with_user(user)
            for attempt in (
                    lambda signed=signed: signed.write({"work_done": "Something else"}),
                    lambda signed=signed: signed.write({"signature": picture()}),
                    lambda signed=signed: signed.hours_ids.write({"work_hours": 9}),
                    lambda signed=signed: signed.hours_ids.unlink(),
                    lambda signed=signed: signed.check_ids[0].write({"yes_no": "no"}),
                    lambda signed=signed: signed.hours_ids.create({
                        "visit_id": signed.id, "user_id": self.colleague.id, "work_hours": 1}),
                    lambda signed=signed: signed.write({"part_ids": [(0, 0, {"product_id": self.coil.id})]}),
                    lambda signed=signed: signed._get_papers().with_user(signed.env.user).write({"raw": PNG}),
                    lambda signed=signed: signed.env["ir.attachment"].create({
                        "name": "signature", "raw": PNG, "res_model": signed._name, "res_id": signed.id,
                        "res_field": "signature"}),
                    lambda signed=signed: signed.action_cancel()):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    attempt()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            visit.sudo().unlink()
        with self.assertRaises(UserError):
            visit.sudo().write({"signer": "Nobody"})
        self.assertTrue(visit._get_papers().document_sealed)

    def test_commissioning_begins_the_warranty(self):
        """AFT-3, AFT-4: a signed commissioning is the day on which the cabinet was put into operation; a second one
        does not move it, a repair sets none."""
        self._signed()
        self.assertFalse(self.lot.commissioned_on)
        self.kind.is_commissioning = True
        self._signed()
        self.assertEqual(self.lot.commissioned_on, fields.Date.today())
        self.lot.sudo().commissioned_on = fields.Date.today() - timedelta(days=9)
        self._signed()
        self.assertEqual(self.lot.commissioned_on, fields.Date.today() - timedelta(days=9))

    def test_customer_refuses_to_sign(self):
        """AFT-3: whoever refuses is named, with his reason; the report is closed, stays, is told to the head, goes to
        the customer saying so, and begins no warranty; with a signature there is no such reason."""
        self.kind.is_commissioning = True
        visit = self._fill(self._on_site(), unsigned_why="refused")
        with self.assertRaisesRegex(UserError, "take away why"):
            visit.action_complete()
        visit.signature = False
        for note in (False, " .. "):
            visit.unsigned_note = note
            with self.assertRaisesRegex(UserError, "write what happened"):
                visit.action_complete()
        visit.unsigned_note = "Mr. Wang wants the coil for free."
        visit.action_complete()
        self.assertRecordValues(visit, [{"state": "done", "unsigned_why": "refused", "signature": False}])
        self.assertFalse(self.lot.commissioned_on)
        told = visit.sudo().message_ids.filtered(lambda message: "wants the coil for free" in message.body)
        self.assertEqual(told.partner_ids, self.head.partner_id)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            visit.unsigned_note = "He was content."
        self._send_reports()
        mail = self.env["mail.mail"].search([
            ("model", "=", "service.visit"), ("res_id", "=", visit.id), ("email_to", "=", "wang@power.example")])
        self.assertIn("wants the coil for free", mail.body_html)
        html = self.env["ir.actions.report"]._render_qweb_html("aftersales_visit.report_service_visit", visit.ids)[0]
        self.assertIn("Refused to Sign", html.decode())

    def test_nobody_was_there(self):
        """AFT-3: before a locked gate nothing can be checked: the way there, what was done and who was not there are
        enough; without them it is not closed."""
        visit = self._on_site()
        visit.write({"unsigned_why": "absent", "unsigned_note": "The gate was locked.", "work_done": "Nothing."})
        with self.assertRaisesRegex(UserError, "hours"):
            visit.action_complete()
        visit.write({"hours_ids": [(0, 0, {"user_id": self.engineer.id, "travel_hours": 3})]})
        visit.action_complete()
        self.assertRecordValues(visit, [{"state": "done", "travel_hours": 3, "signer": False}])

    def test_two_technicians(self):
        """AFT-3: each enters his own hours, both write, one of them has it signed; the other meets what was done."""
        visit = self._on_site(technician_ids=self.colleague.ids)
        other = visit.with_user(self.colleague)
        other.write({"hours_ids": [(0, 0, {"user_id": self.colleague.id, "work_hours": 4})]})
        visit.write({"hours_ids": [(0, 0, {"user_id": self.engineer.id, "work_hours": 2})]})
        self._fill(visit).action_complete()
        self.assertEqual(visit.work_hours, 6)
        with self.assertRaisesRegex(UserError, "Done"):
            other.action_complete()

    def test_only_its_technicians(self):
        """ARC-5: an engineer who answers for the request, but was not there, has nothing signed."""
        request = self._contacted(lot_id=self.lot.id)
        request.sudo().user_id = self.colleague
        visit = self._fill(self._on_site(request_id=request.id))
        with self.assertRaises(AccessError):
            visit.with_user(self.colleague).action_complete()
        visit.with_user(self.head).action_complete()

    def test_request_closed_meanwhile(self):
        """AFT-3: arriving and reporting go on where the request was closed meanwhile; it stays closed."""
        request = self._solved(lot_id=self.lot.id)
        visit = self._planned(request_id=request.id)
        request.action_close()
        visit.action_arrive()
        self._fill(visit).action_complete()
        self.assertEqual((visit.state, request.state, request.on_site_on), ("done", "closed", False))

    def test_report_goes_to_the_customer(self):
        """AFT-3, RPT-1: the signed report is mailed once, as PDF, to the address of the visit."""
        visit = self._signed()
        self._send_reports()
        sent = [("model", "=", "service.visit"), ("res_id", "=", visit.id), ("email_to", "=", "wang@power.example")]
        self.assertEqual(len(self.env["mail.mail"].search(sent).attachment_ids), 1)
        self.assertTrue(visit.sent_on)
        self._send_reports()
        self.assertEqual(self.env["mail.mail"].search_count(sent), 1)

    @mute_logger("odoo.addons.aftersales_visit.models.service_visit_mail")
    def test_report_that_cannot_be_printed(self):
        """ARC-6: one report that fails keeps neither the technician nor the others waiting, and is tried again."""
        bad, good = self._signed(), self._signed()
        visits = self.registry["service.visit"]
        send = visits._send_report

        def fail(visit):
            if visit == bad:
                raise OSError("no printer")
            send(visit)

        with patch.object(visits, "_send_report", fail):
            self._send_reports()
        self.assertEqual((bool(bad.sent_on), bool(good.sent_on)), (False, True))

    def test_printed_report(self):
        """RPT-1: the report shows customer, checklist with results, parts, hours, signature."""
        visit = self._signed()
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "aftersales_visit.report_service_visit", visit.ids)
        for word in (visit.name, "Insulation", "≥ 1000 MΩ", "2500", "The coil was replaced.", "Mr. Wang",
                     "data:image/png"):
            self.assertIn(word, html.decode())
