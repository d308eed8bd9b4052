from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PlanCommon


@tagged("-at_install", "post_install")
class TestPlanPaper(PlanCommon):
    """Risks, orders that change places, contact sheets from a plan."""

    @classmethod
    def setUpClass(cls):
        with freeze_time(cls.NOW):
            super().setUpClass()
            cls.clerk = cls._user("clerk", "base.group_user")
            cls.desk = cls._department("Desk", cls.clerk)
            cls.company.write({
                "expedite_department_id": cls.workshop.id, "plan_desk_department_id": cls.desk.id})
            cls.plan.with_user(cls.planner).action_release_plan()

    def _paper(self, **values):
        return self.env["project.plan.resequencing"].with_user(self.planner).create({
            "reason": "The bending machine stands still", "line_ids": [Command.create({
                "project_id": self.plan.id, "new_begin": self._at("2026-12-14 08:00"),
                "new_promised_date": date(2027, 1, 8)})], **values})

    def test_production_and_order_desk_agree(self):
        """PLN-10: two departments sign, each for itself; then the revised plan is issued, with what was agreed."""
        with freeze_time(self.NOW):
            paper = self._paper()
            with self.assertRaises(UserError):
                paper.action_issue()
            paper.action_propose()
            self.assertEqual(paper.sudo().activity_ids.user_id, self.fitter | self.clerk)
            self.assertEqual(paper.pending_user_id, self.fitter)
            for user in (self.planner, self.designer):
                with self.assertRaises(AccessError):
                    paper.with_user(user).action_sign()
            paper.with_user(self.fitter).action_sign()
            self.assertRecordValues(paper, [{
                "state": "proposed", "production_by": self.fitter.id, "desk_by": False,
                "pending_user_id": self.clerk.id}])
            with self.assertRaises(AccessError):
                paper.with_user(self.fitter).action_sign()
            paper.with_user(self.clerk).action_sign()
            self.assertRecordValues(paper, [{"state": "agreed", "desk_by": self.clerk.id}])
            self.assertFalse(paper.sudo().activity_ids)
            revision = self.plan.plan_revision
            paper.action_issue()
        self.assertEqual(paper.state, "issued")
        self.assertEqual(self.plan.plan_revision, revision + 1)
        self.assertEqual(self.plan.promised_date, date(2027, 1, 8))
        self.assertEqual(self._dates(self.first)[0][0], "12-14 08:00")
        self.assertEqual(self._shown(paper.line_ids.former_begin), "12-07 08:00", "as it was when it was agreed")
        self.assertIn(paper.name, self.plan.baseline_id.reason)
        with self.assertRaises(UserError):
            paper.sudo().production_by = self.designer

    def test_one_does_not_agree(self):
        """PLN-10: who does not agree says why; nothing moves."""
        paper = self._paper()
        paper.action_propose()
        his = paper.with_user(self.clerk)
        with self.assertRaises(UserError):
            his.action_refuse()
        his.refusal = "The customer fetches it on Friday"
        his.action_refuse()
        self.assertRecordValues(paper, [{"state": "refused", "refused_by": self.clerk.id}])
        with self.assertRaises(UserError):
            paper.action_issue()
        self.assertEqual(self._shown(self.plan.plan_begin), "12-07 08:00")

    def test_nobody_signs_for_both(self):
        """PLN-10: one person who manages both departments is not two who agree; nothing agreed is changed."""
        self.company.plan_desk_department_id = self.workshop
        with self.assertRaisesRegex(UserError, "two different people"):
            self._paper().action_propose()
        self.company.plan_desk_department_id = self.desk
        paper = self._paper()
        paper.action_propose()
        with self.assertRaises(UserError):
            paper.line_ids.sudo().new_begin = self._at("2026-12-20 08:00")
        with self.assertRaises(AccessError):
            self._paper(production_by=self.fitter.id)

    def test_risk_has_owner_and_countermeasure(self):
        """PLN-18, SLA-1: probability, effect, owner, countermeasure by a date with a clock; closed with a word."""
        with freeze_time(self.NOW):
            risk = self.env["project.plan.risk"].with_user(self.planner).create({
                "project_id": self.plan.id, "name": "Transformer late", "owner_id": self.buyer.id, "probability": "4",
                "effect": "5", "date_due": "2026-12-10"})
        self.assertEqual(risk.score, 20)
        self.assertRecordValues(risk.sudo().sla_clock_ids, [{
            "user_id": self.buyer.id, "deadline_at": self._at("2026-12-10 17:00")}])
        his = risk.with_user(self.buyer)
        his.write({"countermeasure": "A second supplier", "probability": "2"})
        self.assertEqual(risk.score, 10)
        with self.assertRaises(AccessError):
            risk.with_user(self.fitter).effect = "1"
        with self.assertRaises(AccessError):
            risk.with_user(self.fitter).action_close()
        with self.assertRaises(UserError):
            his.action_close()
        his.closing_note = "It has arrived"
        his.action_close()
        self.assertRecordValues(risk, [{"state": "closed", "closed_by": self.buyer.id}])
        with self.assertRaises(UserError):
            risk.sudo().effect = "1"

    def test_contact_sheet_from_the_plan(self):
        """PLN-12, PLN-13: a contact sheet or an expedite notice from the plan is about it, and counted on it."""
        action = self.plan.with_user(self.planner).action_new_expedite_notice()
        sheet = self.env["contact.sheet"].with_user(self.planner).with_context(**action["context"]).create({
            "subject": "Hurry", "question": "When?", "to_department_id": self.workshop.id,
            "date_due": "2030-01-01 08:00:00"})
        self.assertRecordValues(sheet, [{
            "kind": "expedite", "res_model": "project.project", "res_id": self.plan.id,
            "company_id": self.company.id}])
        self.assertEqual(self.plan.with_user(self.planner).contact_sheet_count, 1)
        self.assertIn(("res_id", "=", self.plan.id), self.plan.action_view_contact_sheets()["domain"])

    def test_what_the_workshop_cannot_solve(self):
        """PLN-14: what is found on the daily round and cannot be solved goes to the planner, who is asked on a contact
        sheet about the item; a plan without a planner says so."""
        planning = self._department("Planning", self.planner)
        action = self.third.with_user(self.fitter).action_report_to_planner()
        sheet = self.env["contact.sheet"].with_user(self.fitter).with_context(**action["context"]).create({
            "question": "The busbars do not fit.", "date_due": "2030-01-01 08:00:00"})
        sheet.action_send()
        self.assertRecordValues(sheet, [{
            "state": "sent", "subject": "S1 · Assemble", "res_model": "project.task", "res_id": self.third.id,
            "to_user_id": self.planner.id, "to_department_id": planning.id}])
        self.plan.planner_id = False
        with self.assertRaisesRegex(UserError, "no planner"):
            self.third.with_user(self.fitter).action_report_to_planner()
