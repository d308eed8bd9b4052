"""Two people of one department at one contact sheet at the same moment. Everything here commits, in a clone."""
import unittest
from datetime import timedelta

from psycopg2.errors import SerializationFailure

import odoo.api
from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

from cloning import cloned_database


class TestContactSheetConcurrency(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.clone = self.enterContext(cloned_database())
        with self.clone.env() as env:
            company = env.company.id
            workshop = env["hr.department"].create({"name": "Workshop", "company_id": company})
            self.people = env["res.users"].create([
                {"name": login, "login": login, "group_ids": [Command.set(env.ref("base.group_user").ids)]}
                for login in ("zhao", "qian")]).ids
            zhao, qian = env["hr.employee"].create([
                {"name": "Employee", "user_id": user, "department_id": workshop.id, "company_id": company}
                for user in self.people])
            workshop.manager_id = zhao
            now = fields.Datetime.now()
            sheet = env["contact.sheet"].create({
                "subject": "Duct missing", "question": "The duct of =A1 is missing.", "to_department_id": workshop.id,
                "to_user_id": qian.user_id.id, "date_due": now + timedelta(days=2)})
            sheet.action_send()
            self.sheet_id, self.promised = sheet.id, now + timedelta(days=1)

    def _seen(self, cursor, person):
        """The sheet in a transaction of that person that has begun and has seen it."""
        sheet = odoo.api.Environment(cursor, self.people[person], {})["contact.sheet"].browse(self.sheet_id)
        sheet.read(["state"])
        return sheet

    def _answer(self, sheet, words):
        """As the button does it: what is typed is saved, then the sheet is answered."""
        sheet.write({"answer": words, "promised_date": self.promised})
        sheet.action_answer()

    def test_two_answer_one_sheet(self):
        """PLN-13: the manager and the one who is asked answer one sheet at once: the first answer stands, its sender
        has one to-do; the other one, started again, is refused and overwrites nothing."""
        with self.clone.cursor() as mine, self.clone.cursor() as theirs:
            one, other = self._seen(mine, 0), self._seen(theirs, 1)
            self._answer(one, "A new duct is cut.")
            mine.commit()
            with self.assertRaises(SerializationFailure):
                self._answer(other, "It waits in the store.")
        with self.clone.cursor() as again, self.assertRaises(UserError):
            self._answer(self._seen(again, 1), "It waits in the store.")
        with self.clone.env() as env:
            sheet = env["contact.sheet"].browse(self.sheet_id)
            self.assertEqual(
                (sheet.state, sheet.answer, sheet.answered_by.login), ("answered", "A new duct is cut.", "zhao"))
            self.assertEqual(sheet.activity_ids.user_id, sheet.from_user_id)
            self.assertEqual(len(sheet.activity_ids), 1)
