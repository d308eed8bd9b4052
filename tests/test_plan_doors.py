"""Every method that RPC reaches on plans, contact sheets and releases, called by who has no business there."""
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.project_plan.tests.common import PlanCommon

from doors import Doors


@tagged("post_install", "-at_install")
class TestPlanDoors(Doors, PlanCommon):
    ours = ("project_plan", "contact_sheet", "document_release")
    windows = ("action_view_", "action_open", "action_new_", "action_check_preparation", "action_export_file",
               "action_report_to_planner", "web_read")
    tables = ("project_project", "project_task", "project_task_link", "project_plan_baseline", "project_plan_objection",
              "project_plan_option", "project_plan_preparation", "project_plan_resequencing", "project_plan_risk",
              "project_plan_round", "project_plan_unshipped", "project_plan_wait", "project_plan_warning",
              "contact_sheet", "document_release")

    @classmethod
    def setUpClass(cls):
        with freeze_time(cls.NOW):
            super().setUpClass()
            cls.sister = cls.env["res.company"].create({"name": "Sister Works"})
            strong = cls._user("sister", "project_plan.group_plan_manager,document_release.group_document_release_user")
            strong.write({"company_ids": [Command.set(cls.sister.ids)], "company_id": cls.sister.id})
            gone = cls._user("gone", "base.group_user")
            cls.outsiders = {
                "portal": cls._user("portal", "base.group_portal"), "clerk": cls._user("clerk", "base.group_user"),
                "sister": strong}
            own = cls.env(context={})  # each with the companies of his own
            cls.documents = [records.with_env(own) for records in cls._make_documents(gone)]

    @classmethod
    def _make_documents(cls, gone):
        """One of each, waiting for somebody's word; one of the people is archived."""
        cls.company.write({"expedite_department_id": cls.workshop.id, "plan_desk_department_id": cls.design.id})
        cls.plan.user_id = gone
        cls.plan.with_user(cls.planner).action_release_plan()
        made = {name: cls.env[f"project.plan.{name}"].with_user(user).create(values) for name, user, values in (
            ("objection", cls.buyer, {"task_id": cls.second.id, "reason": "The supplier needs eight days",
                                      "wanted_finish": cls._at("2026-12-20 17:00")}),
            ("resequencing", cls.planner, {"reason": "The bending machine stands still", "line_ids": [Command.create({
                "project_id": cls.plan.id, "new_begin": cls._at("2026-12-14 08:00"),
                "new_promised_date": date(2027, 1, 8)})]}),
            ("risk", cls.planner, {"name": "Copper is dear", "project_id": cls.plan.id, "owner_id": cls.buyer.id,
                                   "countermeasure": "Buy now", "date_due": "2026-12-20"}),
            ("unshipped", cls.env.user, {"project_id": cls.plan.id, "user_id": gone.id}))}
        made["objection"].action_raise()
        with freeze_time(cls._at("2026-12-08 08:00")):
            made["wait"] = cls.env["project.plan.wait"].with_user(cls.designer).create({
                "task_id": cls.first.id, "subject": "Confirmation of drawings"})
        made["resequencing"].action_propose()
        cls.second.with_user(cls.planner).duration_hours = 400
        cls.env.cr.flush()
        cls.plan.with_user(cls.planner).action_offer_options()
        sheet = cls.env["contact.sheet"].create({
            "subject": "The rail is bent", "company_id": cls.company.id, "to_department_id": cls.workshop.id,
            "question": "Straighten it", "date_due": cls._at("2026-12-10 17:00")})
        sheet.action_send()
        kind = cls.env["document.release.kind"].create({
            "name": "Drawing", "needs_files": False, "needs_discipline": False})
        release = cls.env["document.release"].create({
            "kind_id": kind.id, "subject": "Arrangement", "company_id": cls.company.id, "res_model": "project.task",
            "res_id": cls.first.id, "receiver_ids": [Command.create({"department_id": cls.workshop.id})]})
        release.action_release()
        cls.env.cr.flush()
        gone.active = False
        return [
            cls.plan, cls.first, cls.third, cls.plan.baseline_id, cls.plan.plan_option_ids, cls.plan.plan_warning_ids,
            cls.env["project.task.link"].search([("project_id", "=", cls.plan.id)], limit=1), *made.values(), sheet,
            release]

    @freeze_time(PlanCommon.NOW)
    def test_nobody_outside_does_anything(self):
        """ARC-5, PLN-1, PLN-4, PLN-9, PLN-10, PLN-12, PLN-16, PLN-17: a portal user, a clerk without any role, and
        whoever is everything in another company: each method is refused in a clear word, or does nothing."""
        self.assertGreater(self.check_nobody_acts(), 150)

    @freeze_time(PlanCommon.NOW)
    def test_sister_reads_nothing(self):
        """ARC-5: whoever is everything in another company finds and reads none of them; nor does the portal."""
        self.check_nobody_reads("portal", "sister")

    @freeze_time(PlanCommon.NOW)
    def test_timeline_shows_and_moves_nothing_of_others(self):
        """PLN-19: who is no employee of the company sees no bar on the timeline; nobody but planners moves or links."""
        tasks = self.env(context={})["project.task"]
        spec = {"roles": {"date_start": "planned_start", "date_stop": "planned_finish"}, "fields": {}}
        domain = [("project_id", "=", self.plan.id)]
        change = {self.third.id: {"start": "2026-12-28 00:00:00"}}
        before = self._state()
        for who, user in self.outsiders.items():
            theirs = tasks.with_user(user)
            with self.subTest(who), self.env.cr.savepoint() as undone:
                read = self._of(lambda theirs=theirs: theirs.schedule_read(domain, spec)["records"])
                self.assertEqual(bool(read), who == "clerk")
                self.assertFalse(self._of(lambda theirs=theirs: theirs.schedule_move(change)))
                self.assertFalse(self._of(
                    lambda theirs=theirs: theirs.schedule_link(self.first.id, self.last.id, "ss")))
                self.assertEqual(self._state(), before)
                undone.rollback()

    def _of(self, call):
        """What a call answers; nothing where it is refused."""
        with self.env.cr.savepoint() as undone:
            try:
                return call()
            except UserError:
                undone.rollback()
                return None
