from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common_ncr import NonconformityCommon


@tagged("post_install", "-at_install")
class TestMaterialReview(NonconformityCommon):

    def _reviewed(self, severity="major"):
        record = self._rejected(self.part, 10, severity=severity)
        self._propose(record, ("concession", 10))
        record.with_user(self.inspector).action_request_review()
        return record

    def _line(self, record, department, user=None):
        line = record._get_round_lines().filtered(lambda row: row.department_id == department)
        return line.with_user(user or department.manager_id.user_id)

    def test_major_case_needs_all_signatures(self):
        """NCR-6: a major or critical case is decided after all departments have signed, not before."""
        for severity in ("major", "critical"):
            record = self._rejected(self.part, 10, severity=severity)
            self._propose(record, ("concession", 10))
            with self.assertRaisesRegex(UserError, "signed review"):
                record.with_user(self.head).action_decide()
            record.with_user(self.inspector).action_request_review()
            self.assertEqual(record._get_round_lines().department_id, self.purchasing | self.engineering)
            self.assertLessEqual(
                (self.purchasing | self.engineering).manager_id.user_id, record.activity_ids.user_id)
            self._line(record, self.purchasing).action_agree("Fine")
            self.assertNotIn(self.purchasing.manager_id.user_id, record.activity_ids.user_id)
            with self.assertRaisesRegex(UserError, "Waiting for: Engineering"):
                record.with_user(self.head).action_decide()
            self._line(record, self.engineering).action_agree()
            record.with_user(self.head).action_decide()
            self.assertEqual(record.state, "decided")

    def test_minor_case_needs_none(self):
        """NCR-6: a minor case is decided without review; asked for all the same, its signatures count."""
        record = self._rejected(self.part, 10)
        self._decide(record, ("concession", 10))
        record = self._reviewed("minor")
        with self.assertRaisesRegex(UserError, "signed review"):
            record.with_user(self.head).action_decide()

    def test_only_the_department_signs(self):
        """NCR-6: the reviewer or his manager signs: not the head of quality, not another department, not twice."""
        record = self._reviewed()
        for user in (self.head, self.engineering.manager_id.user_id, self.worker):
            with self.assertRaises(AccessError):
                self._line(record, self.purchasing, user).action_agree()
        line = self._line(record, self.purchasing)
        self.assertTrue(line.can_sign)
        line.action_agree("Urgently needed")
        self.assertRecordValues(line, [{
            "opinion": "agree", "note": "Urgently needed", "signed_by": self.purchasing.manager_id.user_id.id}])
        with self.assertRaisesRegex(UserError, "was done meanwhile"):
            line.action_disagree("No")

    def test_reviewer_of_two_departments_is_asked_twice(self):
        """NCR-6: who has signed for one of his departments is still asked for the other one."""
        reviewer = self.purchasing.manager_id
        self.engineering.manager_id = reviewer
        record = self._reviewed()
        self._line(record, self.purchasing).action_agree()
        todos = record.activity_ids.filtered(lambda todo: todo.user_id == reviewer.user_id)
        self.assertEqual(todos.mapped("summary"), [f"Give the opinion of {self.engineering.name}."])
        self._line(record, self.engineering).action_agree()
        self.assertFalse(todos.exists().filtered("active"))

    def test_signature_cannot_be_typed(self):
        """NCR-6: an opinion is signed with its buttons; signed, it is neither changed nor deleted, by anybody."""
        record = self._reviewed()
        line = self._line(record, self.purchasing)
        for vals in ({"opinion": "agree"}, {"signed_by": self.head.id}, {"user_id": self.worker.id}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                line.write(vals)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.env["quality.review.line"].with_user(self.inspector).create(
                {"nonconformity_id": record.id, "department_id": self.department.id, "opinion": "agree"})
        line.action_agree()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            line.sudo().write({"note": "Changed"})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            line.sudo().unlink()

    def test_each_opinion_keeps_its_own_words(self):
        """NCR-6: two lines signed in one call, as by a manager of two departments: no note goes over to the other."""
        record = self._reviewed()
        lines = record._get_round_lines()
        manager = self.purchasing.manager_id
        self.engineering.manager_id = manager
        first, second = lines
        first.sudo().note = "Deliver by Friday"
        lines.with_user(manager.user_id).action_agree()
        self.assertEqual((first.note, second.note or ""), ("Deliver by Friday", ""))

    def test_disagreement_begins_a_new_round(self):
        """NCR-6: a disagreement says why, opens the proposal again; a new round asks all departments anew."""
        record = self._reviewed()
        with self.assertRaisesRegex(UserError, "why"):
            self._line(record, self.engineering).action_disagree(" ")
        self._line(record, self.purchasing).action_agree()
        self._line(record, self.engineering).action_disagree("Too weak: scrap it")
        self.assertEqual(record.state, "open")
        self.assertFalse(record.activity_ids.filtered(
            lambda activity: activity.user_id == self.engineering.manager_id.user_id))
        self.assertIn(self.head, record.activity_ids.user_id)
        record.disposition_ids.with_user(self.inspector).write({"kind": "scrap"})
        record.with_user(self.inspector).action_request_review()
        self.assertEqual(len(record.review_line_ids), 4)
        self.assertEqual(record._get_round_lines().mapped("opinion"), ["pending", "pending"])
        for department in (self.purchasing, self.engineering):
            self._line(record, department).action_agree()
        record.with_user(self.head).action_decide()
        self.assertEqual(record.state, "decided")

    def test_what_is_signed_is_not_changed(self):
        """NCR-6: while the review runs the proposal stands still; it is withdrawn to change it."""
        record = self._reviewed()
        rows = record.disposition_ids.with_user(self.inspector)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            rows.write({"quantity": 5})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            rows.unlink()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._propose(record, ("scrap", 1))
        record.with_user(self.inspector).action_reopen()
        rows.write({"quantity": 5})

    def test_departments_named_by_hand(self):
        """NCR-6: departments named on the report are asked, those of the company beside them; without any: refused."""
        record = self._rejected(self.part, 10, severity="major")
        self._propose(record, ("concession", 10))
        self.company.quality_review_department_ids = False
        with self.assertRaisesRegex(UserError, "name the departments"):
            record.with_user(self.inspector).action_request_review()
        record.with_user(self.inspector).write(
            {"review_line_ids": [Command.create({"department_id": self.engineering.id})]})
        record.with_user(self.inspector).action_request_review()
        self.assertEqual(record._get_round_lines().user_id, self.engineering.manager_id.user_id)
        self.assertIn(self.engineering.manager_id.user_id, record.activity_ids.user_id)

    def test_nobody_is_left_out(self):
        """NCR-6: whom the review asks cannot be taken out, exchanged or replaced by a stranger while it runs."""
        record = self._reviewed()
        line = self._line(record, self.engineering, self.inspector)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            line.unlink()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            line.write({"user_id": self.inspector.id})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            record.with_user(self.inspector).write({"review_line_ids": [Command.delete(line.id)]})
        record.with_user(self.inspector).action_reopen()
        with self.assertRaisesRegex(ValidationError, "does not belong"), self.env.cr.savepoint():
            line.write({"user_id": self.inspector.id})
        line.unlink()
        record.with_user(self.inspector).action_request_review()
        self.assertIn(self.engineering, record._get_round_lines().department_id, "the company's departments are asked")

    def test_review_needs_a_proposal(self):
        """NCR-6: what is reviewed adds up to the quantity."""
        record = self._rejected(self.part, 10, severity="major")
        with self.assertRaisesRegex(UserError, "must add up"):
            record.with_user(self.inspector).action_request_review()

    def test_reviewer_reads_the_report(self):
        """NCR-6: who is asked sees the report and what is proposed, nobody else does."""
        record = self._reviewed()
        reviewer = self.purchasing.manager_id.user_id
        self.assertEqual(record.with_user(reviewer).disposition_ids.kind, "concession")
        with self.assertRaises(AccessError):
            record.disposition_ids.with_user(self._user("stranger", "base.group_user")).read(["kind"])
