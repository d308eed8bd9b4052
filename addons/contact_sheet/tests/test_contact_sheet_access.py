from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import ContactSheetCommon

ALL = "base.group_user,contact_sheet.group_contact_sheet_manager"


@tagged("-at_install", "post_install")
class TestContactSheetAccess(ContactSheetCommon):
    def _sees(self, user, sheet):
        return sheet in self.env["contact.sheet"].with_user(user).search([])

    def test_who_sees_a_sheet(self):
        """PLN-13: a draft is its sender's; once sent both departments see it, their managers up to the top, and nobody
        else but the group that sees all."""
        sheet = self._draft()
        self.assertFalse(self._sees(self.head, sheet))
        sheet.action_send()
        for user, sees in ((self.head, True), (self.fitter, True), (self.general, True), (self.clerk, False)):
            self.assertEqual(self._sees(user, sheet), sees, user.login)
        self._answer(sheet)
        sheet.return_reason = "Which lot is it?"
        sheet.action_send_back()
        row = sheet.return_ids
        self.assertEqual(row.with_user(self.fitter).reason, "Which lot is it?")
        with self.assertRaises(AccessError):
            row.with_user(self.clerk).reason  # noqa: B018
        planner = self._person("planner", self.stores, groups=ALL)
        self.assertTrue(self._sees(planner, sheet))
        self.assertEqual(row.with_user(planner).reason, "Which lot is it?")

    def test_each_company_sees_its_own(self):
        """ARC-5: a person of another company does not find it, whatever his groups."""
        other = self.env["res.company"].create({"name": "Other"})
        theirs = new_test_user(
            self.env, "cs_theirs", groups=ALL, company_id=other.id, company_ids=[Command.set(other.ids)])
        self.assertFalse(self._sees(theirs, self._sent()))

    def test_each_does_his_part(self):
        """PLN-13: only the sender sends, accepts and takes back; only who speaks for the department asked answers."""
        sheet = self._sent()
        for action in ("action_cancel", "action_accept", "action_send_back"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                getattr(sheet.with_user(self.head), action)()
        with self.assertRaises(AccessError):
            sheet.action_answer()
        with self.assertRaises(AccessError):
            sheet.with_user(self.head).date_due = self.now
        self.assertFalse(sheet.can_answer)
        self.assertTrue(sheet.with_user(self.fitter).can_answer)
        self._answer(sheet, user=self.fitter)
        self.assertEqual(sheet.answered_by, self.fitter)

    def test_nobody_writes_in_anothers_name(self):
        """PLN-13: the sender of a sheet is who made it."""
        with self.assertRaises(AccessError):
            self._draft(user=self.clerk, from_user_id=self.head.id)
        with self.assertRaises(AccessError):
            self._draft(state="closed")

    def test_document_is_chosen_among_what_people_work_on(self):
        """PLN-13: offered are documents with to-dos that the sender may read, not each table with a history."""
        [offered] = self.env["contact.sheet"].with_user(self.sender).fields_get(["document_ref"]).values()
        names = dict(offered["selection"])
        self.assertIn("res.partner", names)
        self.assertFalse(names.keys() & {"ir.cron", "res.company", "mail.blacklist", "discuss.channel"})
        for name in names:
            self.env[name].with_user(self.sender).check_access("read")

    def test_list_of_sheets_costs_the_same(self):
        """PLN-13: links to documents and rights cost the same number of queries for one sheet as for twenty."""
        sheets = self.env["contact.sheet"].concat(*(
            self._sent(document_ref=f"res.partner,{self.document.id}") for _number in range(20)))
        fields = dict.fromkeys(("name", "document_name", "document_ref", "can_send", "can_answer", "sla_clocks"), {})
        counts = []
        for some in (sheets[:2], sheets):
            self.env.flush_all()
            some.with_user(self.head).web_read(fields)  # registry caches
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.with_user(self.head).web_read(fields)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
