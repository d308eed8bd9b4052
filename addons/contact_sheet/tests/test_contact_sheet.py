import base64
from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..models.contact_sheet_flow import ANSWER_TYPE, JUDGE_TYPE
from .common import ContactSheetCommon


@tagged("-at_install", "post_install")
class TestContactSheet(ContactSheetCommon):
    def test_one_person_is_asked_and_answers(self):
        """PLN-13: the department's manager is asked with one to-do; his answer, with a promised moment, asks the
        sender, who closes the sheet; then nobody has a to-do."""
        sheet = self._sent()
        self.assertRegex(sheet.name, r"^CS\d{4}-\d{5}$")
        self.assertRecordValues(sheet, [{
            "state": "sent", "from_user_id": self.sender.id, "from_department_id": self.desk.id,
            "to_user_id": self.head.id}])
        self.assertEqual(self._asked(sheet), [(self.head, ANSWER_TYPE)])
        self._answer(sheet)
        self.assertRecordValues(sheet, [{"state": "answered", "answered_by": self.head.id, "is_late_promise": False}])
        self.assertEqual(self._asked(sheet), [(self.sender, JUDGE_TYPE)])
        sheet.action_accept()
        self.assertRecordValues(sheet, [{"state": "closed", "closed_by": self.sender.id}])
        self.assertEqual(self._asked(sheet), [])

    def test_answer_needs_text_and_moment(self):
        """PLN-13: what is to be solved by when: an answer says what is done and when it is solved."""
        sheet = self._sent().with_user(self.head)
        sheet.answer = "Yes"
        with self.assertRaisesRegex(UserError, "when it is solved"):
            sheet.action_answer()
        sheet.write({"answer": " ", "promised_date": self.now})
        with self.assertRaisesRegex(UserError, "what is done"):
            sheet.action_answer()
        self.assertEqual(sheet.state, "sent")

    def test_answer_is_sent_back(self):
        """PLN-13: an answer that does not settle it is kept with its reason, and the same person is asked again."""
        sheet = self._answered()
        with self.assertRaisesRegex(UserError, "what is missing"):
            sheet.action_send_back()
        sheet.return_reason = "Which lot is it?"
        sheet.action_send_back()
        self.assertRecordValues(sheet, [{
            "state": "sent", "answer": False, "promised_date": False, "answered_by": False, "return_reason": False}])
        self.assertRecordValues(sheet.return_ids, [{
            "answer": "A new duct is cut.", "reason": "Which lot is it?", "answered_by": self.head.id,
            "returned_by": self.sender.id}])
        self.assertEqual(self._asked(sheet), [(self.head, ANSWER_TYPE)])
        self._answer(sheet, days=3)
        self.assertTrue(sheet.is_late_promise)

    def test_people_who_have_left(self):
        """PLN-13: whoever was asked has left: his department answers; the sender has left: who manages him judges."""
        sheet = self._sent()
        self.desk.manager_id = self.clerk.sudo().employee_ids
        (self.head | self.sender).active = False
        self._answer(sheet, user=self.fitter)
        self.assertEqual(self._asked(sheet), [(self.clerk, JUDGE_TYPE)])
        with self.assertRaises(AccessError):
            sheet.with_user(self.fitter).action_accept()
        sheet.with_user(self.clerk).action_accept()
        self.assertEqual((sheet.state, sheet.closed_by, self._asked(sheet)), ("closed", self.clerk, []))

    def test_sheet_is_duplicated(self):
        """PLN-13: a copy is a draft of its own, without what was answered; its date is looked at when it is sent."""
        sheet = self._answered()
        copy = sheet.copy()
        self.assertRecordValues(copy, [{
            "state": "draft", "answer": False, "promised_date": False, "date_due": sheet.date_due}])
        self.assertNotEqual(copy.name, sheet.name)

    def test_what_was_said_stays(self):
        """PLN-13: the question is closed once sent, the answer once given, everything once closed: for all."""
        sheet = self._sent()
        with self.assertRaises(UserError):
            sheet.sudo().question = "Another"
        self._answer(sheet)
        with self.assertRaises(UserError):
            sheet.sudo().answer = "Another"
        with self.assertRaises(UserError):
            sheet.sudo().unlink()
        sheet.action_accept()
        for vals in ({"state": "sent"}, {"promised_date": self.now}, {"subject": "Another"}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                sheet.sudo().write(vals)
        with self.assertRaises(UserError):
            sheet.return_ids.sudo().create({"sheet_id": sheet.id}).reason = "x"

    def test_files_are_sealed_with_the_sheet(self):
        """PLN-13, REC-4: a file that was there when the sheet was sent is neither changed nor deleted."""
        sheet = self._draft()
        photo = self.env["ir.attachment"].with_user(self.sender).create({
            "name": "duct.txt", "res_model": sheet._name, "res_id": sheet.id, "datas": base64.b64encode(b"x")})
        sheet.action_send()
        with self.assertRaises(UserError):
            photo.unlink()

    def test_sheet_that_cannot_be_sent(self):
        """PLN-12, PLN-13: nothing said, nobody to ask, oneself, a date that has passed or is too far away, an expedite
        notice without its last date, or with one that is none."""
        empty = self._department("Packing")
        cases = [
            ({"to_department_id": empty.id}, "cannot be reached"),
            ({"to_user_id": self.sender.id}, "nobody asks himself"),
            ({"date_due": self.now - timedelta(hours=1)}, "has passed"),
            ({"date_due": self.now.replace(year=9999)}, "correct the date"),
            ({"kind": "expedite"}, "names the last date"),
            ({"kind": "expedite", "last_date": self.now.date() - timedelta(days=2)}, "cannot be the last date"),
            ({"kind": "expedite", "last_date": date(9999, 12, 31)}, "12/31/9999 cannot be the last date"),
            ({"subject": "  "}, "Subject is empty"),
            ({"question": " \n"}, "What Is to Be Solved is empty"),
        ]
        for values, words in cases:
            with self.subTest(words), self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                self._draft(**values).action_send()
        sheet = self._draft(to_department_id=empty.id, to_user_id=self.clerk.id)
        sheet.action_send()
        self.assertEqual(self._asked(sheet), [(self.clerk, ANSWER_TYPE)])

    def test_expedite_notice_tells_production_and_general_manager(self):
        """PLN-12: whoever is urged, the production manager and the general manager are told, with the last date."""
        sheet = self._sent(
            kind="expedite", last_date=self.now.date() + timedelta(days=3), to_department_id=self.stores.id)
        self.assertEqual(self._asked(sheet), [(self.clerk, ANSWER_TYPE)])
        self.assertEqual(sheet.informed_user_ids, self.head | self.general)
        told = sheet.sudo().message_ids.notified_partner_ids
        self.assertLessEqual(self.head.partner_id | self.general.partner_id, told)
        self.assertEqual(sheet.with_user(self.general).subject, "Duct missing")
        self.company.sla_general_manager_id = False
        other = self._sent(kind="expedite", last_date=self.now.date(), to_department_id=self.stores.id)
        self.assertIn(self.general, other.informed_user_ids, "the topmost manager stands in")

    def test_copies_are_told_and_not_asked(self):
        """PLN-13: departments that get a copy are told; only one person is asked."""
        sheet = self._sent(copy_department_ids=self.stores.ids)
        self.assertEqual(sheet.informed_user_ids, self.clerk)
        self.assertEqual(self._asked(sheet), [(self.head, ANSWER_TYPE)])
        with self.assertRaises(AccessError):
            self._answer(sheet, user=self.clerk)

    def test_sheet_is_taken_back(self):
        """PLN-13: the sender takes it back while it is not answered; it stays on record."""
        sheet = self._sent()
        sheet.action_cancel()
        self.assertEqual((sheet.state, self._asked(sheet)), ("cancelled", []))
        with self.assertRaises(UserError):
            self._answered().action_cancel()

    def test_document_is_linked_by_who_may_read_it(self):
        """PLN-13: the sheet leads to its document whoever may open it; nobody links what he may not read."""
        sheet = self._sent(document_ref=f"res.partner,{self.document.id}")
        self.assertRecordValues(sheet, [{"res_model": "res.partner", "res_id": self.document.id}])
        self.assertIn("Switch Works", sheet.document_name)
        self.assertEqual(sheet.action_open_document()["res_id"], self.document.id)
        rule = self.env["ir.rule"].create({
            "name": "hidden", "model_id": self.env["ir.model"]._get_id("res.partner"),
            "domain_force": f"[('id', '!=', {self.document.id})]"})
        self.env.invalidate_all()
        mine = sheet.with_user(self.head)
        self.assertFalse(mine.document_ref)
        self.assertIn("Switch Works", mine.document_name)
        with self.assertRaises(UserError):
            mine.action_open_document()
        with self.assertRaises(AccessError):
            self._draft(res_model="res.partner", res_id=self.document.id)
        rule.unlink()
        for values in ({"res_model": "res.partner", "res_id": 2 ** 31 - 1}, {"res_model": "nothing", "res_id": 1}):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self._draft(**values)

    def test_form_is_printed(self):
        """RPT-1: 跨部门工作联系单 and 催促单 with their titles, the question, answers sent back and the last date."""
        sheet = self._answered(kind="expedite", last_date="2031-05-06", document_ref=f"res.partner,{self.document.id}")
        sheet.return_reason = "Which lot is it?"
        sheet.action_send_back()
        html = self._print(sheet)
        for words in ("Expedite Notice", sheet.name, "2031-05-06", "The cable duct of =A1", "Which lot is it?",
                      "A new duct is cut.", "Switch Works"):
            self.assertIn(words, html)
        self.assertIn("Cross-Department Contact Sheet", self._print(self._draft()))

    def _print(self, sheet):
        report = self.env["ir.actions.report"].with_user(self.sender)
        return report._render_qweb_html("contact_sheet.report_contact_sheet", sheet.ids)[0].decode()
