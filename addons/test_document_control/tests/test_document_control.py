from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.mail.tools.discuss import Store


@tagged("post_install", "-at_install")
class TestDocumentControl(TransactionCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(cls.env, "dc_clerk", name="Clerk")
        cls.head = new_test_user(cls.env, "dc_head", groups="base.group_user,base.group_erp_manager", name="Head")
        cls.Paper = cls.env["test.document.control.paper"]

    def _paper(self, text="Cabinet"):
        return self.Paper.with_user(self.clerk).create({"text": text})

    def _issued(self):
        paper = self._paper()
        paper.with_user(self.head).action_issue()
        return paper

    def test_transition_checks_rights_then_state(self):
        """REV-3: who may not is refused by an access error that names who may; a wrong state by its names."""
        paper = self._paper()
        with self.assertRaisesRegex(AccessError, "Access Rights"):
            paper.action_issue()
        self.assertEqual(paper.state, "draft")
        paper.with_user(self.head).action_issue()
        self.assertRecordValues(paper, [{"state": "issued", "issued_by": self.head.id}])
        with self.assertRaisesRegex(UserError, "is \"Issued\"; this needs \"Draft\"") as refused:
            paper.with_user(self.head).action_issue()
        self.assertNotIsInstance(refused.exception, AccessError)

    def test_name_without_number_is_in_the_readers_language(self):
        """REV-3: what has no number is new, to each reader in his language, within one request too."""
        self.env["res.lang"]._activate_lang("zh_CN")
        draft = self.Paper.new({"text": "Cabinet"})
        self.assertEqual(draft.display_name, "New")
        self.assertEqual(draft.with_context(lang="zh_CN").display_name, "新建")
        self.assertEqual(draft.display_name, "New")

    def test_refusal_names_nothing_hidden(self):
        """REV-3: who may not read a paper learns of it neither by its number nor by its title."""
        paper = self._paper()
        paper.sudo().name = "Secret 7"
        guest = new_test_user(self.env, "dc_guest", groups="base.group_portal", name="Guest")
        with self.assertRaises(AccessError) as refused:
            paper.with_user(guest)._check_groups("base.group_erp_manager")
        self.assertNotIn("Secret", str(refused.exception))

    def test_refusal_lists_groups(self):
        """REV-3: who may is told as people list things, as names of groups hold slashes of their own."""
        groups = self.env.ref("base.group_system") | self.env.ref("base.group_portal")
        one, other = groups.mapped("display_name")
        with self.assertRaises(AccessError) as refused:
            self._paper()._check_groups("base.group_system", "base.group_portal")
        self.assertIn(f"{one} or {other}", str(refused.exception))

    def test_transition_of_several(self):
        """REV-3: one record in the wrong state stops them all."""
        papers = self._paper() | self._issued()
        with self.assertRaises(UserError):
            papers.with_user(self.head).action_issue()
        self.assertEqual(papers[0].state, "draft")

    def test_extension_adds_a_transition(self):
        """REV-3: a class that extends the model declares steps and conditions of its own, the others stay."""
        paper = self._issued()
        paper.action_cancel()
        self.assertEqual(paper.state, "cancelled")
        kept = self._paper("keep")
        with self.assertRaisesRegex(UserError, "kept"):
            kept.action_cancel()
        kept.with_user(self.head).action_issue()
        with self.assertRaisesRegex(KeyError, "declares no transition"):
            kept._transit("shred")

    def test_guarded_fields_are_refused(self):
        """REV-3: neither given nor written by a user, nor taken from a context."""
        with self.assertRaises(AccessError):
            self.Paper.with_user(self.head).create({"text": "x", "state": "issued"})
        paper = self.Paper.with_user(self.clerk).with_context(default_state="issued", default_issued_by=1).create({})
        self.assertRecordValues(paper, [{"state": "draft", "issued_by": False}])
        with self.assertRaises(AccessError):
            paper.write({"issued_by": self.clerk.id})

    def test_signed_stays(self):
        """REV-3: what is signed is changed by nobody, the system included, and not deleted."""
        paper = self._issued()
        with self.assertRaises(AccessError):
            paper.write({"text": "y"})
        with self.assertRaises(UserError):
            paper.sudo().write({"text": "y"})
        with self.assertRaises(UserError), mute_logger("odoo.models.unlink"):
            paper.with_user(self.head).unlink()

    def test_history_stays(self):
        """REV-3: remarks on a signed paper are neither rewritten nor deleted."""
        paper = self._paper()
        message = paper.message_post(body="A remark", message_type="comment")
        message.with_user(self.clerk).write({"body": "Another remark"})
        paper.with_user(self.head).action_issue()
        with self.assertRaises(AccessError):
            message.with_user(self.clerk).write({"body": "No remark"})
        with self.assertRaises(AccessError):
            message.with_user(self.clerk).unlink()

    def test_lock_changes_the_row(self):
        """REV-5: the lock writes the row, so that whoever waited for it starts again on what was done."""
        papers = self._paper() | self._paper()
        self.env.flush_all()
        query = SQL("SELECT ctid FROM test_document_control_paper WHERE id = ANY(%s) ORDER BY id", papers.ids)
        before = self.env.execute_query(query)
        papers._lock()
        after = self.env.execute_query(query)
        self.assertFalse(set(before) & set(after))
        self.Paper._lock()  # of none: nothing to hold

    def test_lock_that_does_not_wait(self):
        """REV-5: a document that is gone, or held by another, is said at once."""
        paper = self._paper()
        paper._lock(wait=False)
        paper.sudo().unlink()
        with self.assertRaisesRegex(UserError, "Reload it"):
            paper._lock(wait=False)

    def test_sealed_file(self):
        """REC-4: a sealed file is neither changed nor deleted, and no user seals by hand."""
        file = self.env["ir.attachment"].with_user(self.clerk).create({"name": "a.txt", "raw": b"a"})
        file._seal()
        for vals in ({"raw": b"b"}, {"name": "b.txt"}, {"res_id": 7}):
            with self.assertRaises(UserError):
                file.sudo().write(vals)
        with self.assertRaises(UserError), mute_logger("odoo.models.unlink"):
            file.sudo().unlink()
        self.assertFalse(file.copy().document_sealed)
        with self.assertRaises(AccessError):
            self.env["ir.attachment"].with_user(self.clerk).create({"name": "c.txt", "document_sealed": True})

    def test_adopted_files(self):
        """REC-4: one's own loose file becomes the paper's, that of another record is copied."""
        paper, other = self._paper(), self._paper()
        loose, of_other = self.env["ir.attachment"].with_user(self.clerk).create([
            {"name": "a.txt", "raw": b"a"},
            {"name": "b.txt", "raw": b"b", "res_model": other._name, "res_id": other.id}])
        adopted = (loose | of_other)._adopt(paper)
        self.assertEqual(adopted[0], loose)
        self.assertNotEqual(adopted[1], of_other)
        self.assertEqual(set(adopted.mapped("res_id")), {paper.id})
        self.assertEqual(of_other.res_id, other.id)

    def test_day_of_the_company(self):
        """REV-11: a company's days begin and end in its own time zone, whoever looks."""
        company = self.env.company
        company.resource_calendar_id.tz = "Asia/Shanghai"
        colleague = company.with_context(tz="America/Lima")
        self.assertEqual(colleague._get_day(datetime(2031, 3, 3, 15, 59)), date(2031, 3, 3))
        self.assertEqual(colleague._get_day(datetime(2031, 3, 3, 16)), date(2031, 3, 4))
        self.assertFalse(colleague._get_day(False))
        with freeze_time("2031-03-03 16:00:00"):
            self.assertEqual(colleague._get_today(), date(2031, 3, 4))

    def test_next_manager(self):
        """NCR-2: managers who left, or do not work for the company, are passed over, also in a circle."""
        company = self.env.company
        stranger = new_test_user(self.env, "dc_stranger", name="Stranger")
        abroad = self.env["res.company"].create({"name": "Abroad"})
        stranger.write({"company_ids": [Command.set(abroad.ids)], "company_id": abroad.id})
        people = self.env["hr.employee"].create([
            {"name": user.name, "user_id": user.id, "company_id": user.company_id.id}
            for user in (self.head, stranger, self.clerk)])
        top, middle, low = (self.env["hr.department"].create({"name": one.name, "manager_id": one.id})
                            for one in people)
        low.parent_id, middle.parent_id = middle, top
        self.assertEqual(low._get_next_manager(company), self.clerk)
        self.assertFalse(low.with_user(self.clerk)._get_next_manager(company).env.su)
        self.assertEqual(low._get_manager(company), self.clerk)
        self.clerk.active = False
        self.assertFalse(low._get_manager(company), "nobody from above answers for the department alone")
        self.assertFalse(middle._get_manager(company), "a stranger to the company")
        self.assertEqual(low._get_next_manager(company), self.head)
        self.assertEqual(low._get_next_manager(abroad), stranger)
        people[0].active = False
        self.assertFalse(low._get_next_manager(company))
        self.assertEqual([bool(user) for _department, user in low._get_managers(abroad)], [False, True, False])

    def test_todo_of_somebody_outside(self):
        """ARC-5: a to-do that comes of what somebody outside did, of another company, is shown to whoever has it."""
        sister = self.env["res.company"].create({"name": "Sister Works"})
        outsider = new_test_user(
            self.env, "dc_outsider", groups="base.group_portal", company_id=sister.id,
            company_ids=[Command.set(sister.ids)])
        todo = self.clerk.partner_id.with_user(outsider).sudo().activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.clerk.id)
        self.assertEqual((todo.env.user, todo.user_id), (outsider, self.clerk))
        self.env.invalidate_all()
        self.assertTrue(Store().add(todo.with_user(self.clerk).sudo(False)).get_result()["mail.activity"])
