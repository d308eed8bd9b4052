from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PlanCommon


@tagged("-at_install", "post_install")
class TestPlanObjection(PlanCommon):
    """The plan is released on Friday 9:00; departments may object until Monday 9:00."""

    @classmethod
    def setUpClass(cls):
        with freeze_time(cls.NOW):
            super().setUpClass()
            cls.boss = cls._user("boss", "base.group_user")
            cls.company.sla_general_manager_id = cls.boss
            cls.plan.user_id = cls.designer
            cls.plan.with_user(cls.planner).action_release_plan()

    def _draft(self, user=None, **values):
        return self.env["project.plan.objection"].with_user(user or self.buyer).create({
            "task_id": self.second.id, "reason": "The supplier needs eight days",
            "wanted_finish": self._at("2026-12-20 17:00"), **values})

    def _raised(self):
        paper = self._draft()
        with freeze_time(self._at("2026-12-04 16:00")):
            paper.action_raise()
        return paper

    def test_department_objects_within_a_working_day(self):
        """PLN-9: within one working day of the release, by the department's hours; later it is refused with a word."""
        paper = self._draft()
        for moment in ("2026-12-07 09:01", "2026-12-09 10:00"):
            with freeze_time(self._at(moment)), self.assertRaisesRegex(UserError, "were possible until"):
                paper.action_raise()
        with freeze_time(self._at("2026-12-07 08:59")):
            paper.action_raise()
        self.assertRecordValues(paper, [{
            "state": "raised", "raised_by": self.buyer.id, "planned_finish": self.second.planned_finish,
            "department_id": self.buying.id}])
        self.assertEqual(paper.sudo().activity_ids.user_id, self.planner)
        self.company.plan_objection_days = 3
        with freeze_time(self._at("2026-12-09 08:00")):
            self._draft().action_raise()

    def test_new_release_gives_a_new_day_for_what_it_moved(self):
        """PLN-9: a revision opens the time to object for the items whose dates it changed, and for no others."""
        with freeze_time(self._at("2026-12-09 10:00")):
            self.third.with_user(self.planner).duration_hours = 32
            self._settle_transaction()
            self.plan.with_user(self.planner)._release_plan("Longer")
        with freeze_time(self._at("2026-12-09 11:00")):
            with self.assertRaises(UserError):
                self._draft().action_raise()
            self._draft(self.fitter, task_id=self.third.id).action_raise()

    def test_what_an_objection_needs(self):
        """PLN-9: a reason and a possible date, by the department itself, to a released plan."""
        with freeze_time(self._at("2026-12-04 16:00")):
            for values in ({"reason": False}, {"wanted_finish": False}):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    self._draft(**values).action_raise()
            with self.assertRaises(AccessError):
                self._draft(self.fitter).action_raise()
            draft = self._plan(name="S2")
            with self.assertRaisesRegex(UserError, "has not been released"):
                self._draft(self.designer, task_id=draft.plan_item_ids[0].id).action_raise()

    def test_planner_settles(self):
        """PLN-9: planner and department agree, what was agreed is recorded and stays."""
        paper = self._raised()
        mine = paper.with_user(self.planner)
        with self.assertRaises(UserError):
            mine.action_settle()
        mine.answer = "The item is moved by two days"
        with self.assertRaises(AccessError):
            paper.action_settle()
        mine.action_settle()
        self.assertRecordValues(paper, [{"state": "settled", "decided_by": self.planner.id}])
        self.assertFalse(paper.sudo().activity_ids)
        with self.assertRaises(UserError):
            paper.sudo().answer = "Not moved"

    def test_general_manager_decides(self):
        """PLN-9: what is not settled goes to the general manager, who decides; a changed delivery date goes to the
        order desk."""
        self.company.plan_desk_department_id = self.workshop
        paper = self._raised()
        with self.assertRaises(AccessError):
            paper.with_user(self.fitter).action_escalate()
        paper.action_escalate()
        self.assertEqual(paper.sudo().activity_ids.user_id, self.boss)
        with self.assertRaises(AccessError):
            paper.with_user(self.planner).answer = "Keep it"
        his = paper.with_user(self.boss)
        his.write({"answer": "Deliver a week later", "new_date": self.plan.promised_date + timedelta(days=7)})
        with self.assertRaises(AccessError):
            paper.with_user(self.planner).action_decide()
        his.action_decide()
        self.assertRecordValues(paper, [{"state": "decided", "decided_by": self.boss.id}])
        told = paper.sudo().message_ids.notified_partner_ids
        self.assertLessEqual((self.fitter | self.designer | self.buyer | self.planner).partner_id, told)

    def test_objection_has_clocks(self):
        """PLN-9, SLA-1: the planner's clock ends where the general manager's begins."""
        paper = self._raised().sudo()
        self.assertRecordValues(paper.sla_clock_ids, [{"user_id": self.planner.id, "state": "running"}])
        paper.with_user(self.buyer).action_escalate()
        paper.invalidate_recordset()
        self.assertRecordValues(paper.sla_clock_ids, [{"user_id": self.boss.id, "state": "running"}])
        paper.with_user(self.buyer).action_withdraw()
        paper.invalidate_recordset()
        self.assertFalse(paper.sla_clock_ids)
        self.assertFalse(paper.activity_ids)
