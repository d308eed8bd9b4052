from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import AftersalesCommon


@tagged("-at_install", "post_install")
class TestCause(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.engineering = cls._department("Engineering", cls.plant)
        cls.designer = cls._person("designer", cls.engineering, manages=True)
        cls.draughtsman = cls._person("draughtsman", cls.engineering)
        cls.category = cls.env.ref("aftersales.service_cause_category_design")
        cls.category.with_company(cls.company).department_id = cls.engineering
        cls.handling = cls.env.ref("aftersales.service_cause_category_handling")

    def _cause(self, **values):
        return self.env["service.cause"].with_user(self.engineer).create({
            "request_id": self._contacted(lot_id=self.lot.id).id, "category_id": self.category.id,
            "finding": "The spring has too little force below -25 degrees.", **values})

    def _asked_cause(self):
        cause = self._cause().with_user(self.head)
        cause.action_ask()
        return cause

    def _answer(self, cause, text="A stronger spring from drawing 7 on."):
        sheet = cause.sudo().sheet_id.with_user(self.designer)
        sheet.write({"answer": text, "promised_date": fields.Datetime.now() + timedelta(days=3)})
        sheet.action_answer()
        return sheet

    def test_department_is_asked_and_answers(self):
        """AFT-5: the department's manager is asked by a contact sheet, with its clock; his measure and day stand on the
        cause; the head of after-sales accepts it, and nothing of it changes any more."""
        action = self._contacted(lot_id=self.lot.id).action_new_cause()
        with Form(self.env["service.cause"].with_user(self.engineer).with_context(**action["context"])) as form:
            form.category_id = self.category
            self.assertEqual((form.department_id, form.user_id), (self.engineering, self.designer))
            form.finding = "The spring has too little force below -25 degrees."
        cause = form.record
        self.assertRegex(cause.name, r"^SC\d{4}-\d{5}$")
        self.assertRecordValues(cause, [{
            "state": "draft", "product_id": self.product.id, "order_id": self.order.id, "company_id": self.company.id}])
        self.assertEqual(cause.request_id.cause_category_id, self.category)
        with self.assertRaises(AccessError):
            cause.action_ask()
        cause.with_user(self.head).action_ask()
        sheet = cause.sudo().sheet_id
        self.assertRecordValues(sheet, [{
            "state": "sent", "from_user_id": self.head.id, "to_user_id": self.designer.id, "date_due": cause.date_due,
            "question": cause.finding, "res_model": "service.cause", "res_id": cause.id}])
        self.assertEqual(sheet.sla_clocks and sheet.sla_deadline, cause.date_due)
        self.assertEqual(cause.state, "sent")
        self._answer(cause)
        self.assertRecordValues(cause, [{
            "state": "answered", "answer": "A stronger spring from drawing 7 on.", "answered_by": self.designer.id}])
        sheet.with_user(self.head).action_accept()
        self.assertEqual(cause.state, "closed")
        for record, name in ((cause, "finding"), (sheet, "answer")):
            with self.assertRaises(UserError):
                record.sudo().write({name: "Something else"})
        with self.assertRaises(UserError):
            cause.sudo().unlink()

    def test_answer_is_sent_back(self):
        """AFT-5: a measure that removes nothing goes back, with the reason."""
        cause = self._asked_cause()
        sheet = self._answer(cause, "We shall be more careful.").with_user(self.head)
        sheet.return_reason = "Which drawing is changed?"
        sheet.action_send_back()
        self.assertRecordValues(cause, [{"state": "sent", "answer": False}])

    def test_taken_back_and_asked_anew(self):
        """AFT-5: who was asked in error is left alone; another department is asked."""
        cause = self._asked_cause()
        first = cause.sheet_id
        first.action_cancel()
        self.assertEqual(cause.state, "draft")
        cause.write({"department_id": self.sales_department.id, "user_id": self.seller.id})
        cause.action_ask()
        self.assertNotEqual(cause.sheet_id, first)
        self.assertEqual(cause.sheet_id.to_user_id, self.seller)

    def test_what_cannot_be_asked(self):
        """AFT-5: nothing found, no department, nobody there, a day that has passed: each in a clear word; a draft may
        be deleted, what was asked stays."""
        for values, words in (
                ({"finding": "?"}, "what was found"),
                ({"department_id": False}, "name the department"),
                ({"user_id": False}, "manager cannot be reached"),
                ({"date_due": fields.Datetime.now() - timedelta(hours=1)}, "has passed")):
            cause = self._cause()
            cause.write(values)
            with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                cause.with_user(self.head).action_ask()
            cause.unlink()
        asked = self._asked_cause()
        with self.assertRaisesRegex(UserError, "stays on record"):
            asked.unlink()
        with self.assertRaises(AccessError):
            asked.with_user(self.engineer).finding = "Something else"

    def test_nobody_of_ours_can_remove_it(self):
        """AFT-5: what the user did wrong is concluded by the head without asking anybody; what is ours is not."""
        cause = self._cause(category_id=self.handling.id, finding="Closed without charging the spring.")
        with self.assertRaises(AccessError):
            cause.action_conclude()
        cause.with_user(self.head).action_conclude()
        self.assertRecordValues(cause, [{"state": "closed", "concluded_by": self.head.id}])
        with self.assertRaisesRegex(UserError, "is ours"):
            self._cause().with_user(self.head).action_conclude()

    def test_who_sees_a_cause(self):
        """ARC-5: after-sales sees all, the department what it is asked, nobody else any; each company its own
        department."""
        def sees(user):
            return cause in self.env["service.cause"].with_user(user).search([])
        cause = self._cause()
        people = (self.colleague, self.designer, self.draughtsman, self.seller)
        self.assertEqual([sees(user) for user in people], [True, False, False, False])
        cause.with_user(self.head).action_ask()
        self.assertEqual([sees(user) for user in people], [True, True, True, False])
        self.assertTrue(cause.sheet_id.with_user(self.designer).document_ref)
        other = self.env["res.company"].create({"name": "Other"})
        self.assertFalse(self.category.with_company(other).department_id)
