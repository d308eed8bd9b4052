from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PlanCommon


@tagged("-at_install", "post_install")
class TestPlanPreparation(PlanCommon):
    """The workshop checks whether it can begin."""

    @classmethod
    def setUpClass(cls):
        with freeze_time(cls.NOW):
            super().setUpClass()
            cls.plan.with_user(cls.planner).action_release_plan()

    def _check(self, user):
        item = self.third.with_user(user)
        action = item.action_check_preparation()
        return Form(self.env[action["res_model"]].with_user(user).with_context(**action["context"])).save()

    def test_new_check_is_called_new(self):
        """PLN-13: a check that has no number yet is not called by a stroke."""
        self.assertEqual(self.env["project.plan.preparation"].new({}).display_name, "New")

    def test_preparation_is_checked_and_signed(self):
        """PLN-13: the item's department checks each subject; what is lacking is said and goes on a contact sheet; what
        is signed stays, and the item's to-do is done."""
        self.third.activity_schedule(
            "project_plan.mail_activity_type_plan_preparation", user_id=self.fitter.id)
        check = self._check(self.fitter)
        self.assertEqual(self.third.with_user(self.fitter).action_check_preparation()["res_id"], check.id)
        material = check.line_ids[2]
        with self.assertRaisesRegex(UserError, "say of each subject"):
            check.action_sign()
        material.result = "lacking"
        check.action_all_ready()
        with self.assertRaisesRegex(UserError, "what is lacking"):
            check.action_sign()
        material.note = "Busbars are not there"
        check.action_sign()
        self.assertRecordValues(check, [{"state": "signed", "signed_by": self.fitter.id, "lacking_count": 1}])
        self.assertFalse(self.third.activity_ids)
        sheet = check.action_new_contact_sheet()["context"]
        self.assertEqual((sheet["default_res_model"], sheet["default_res_id"]), ("project.task", self.third.id))
        self.assertIn("Busbars are not there", sheet["default_question"])
        self.assertEqual(sheet["default_subject"], f"{self.plan.name} · {self.third.name}")
        with self.assertRaises(UserError):
            check.sudo().line_ids[0].note = "x"
        with self.assertRaises(UserError):
            check.line_ids.create({
                "preparation_id": check.id,
                "subject_id": self.env["project.plan.preparation.subject"].create({"name": "Packing"}).id})
        self.assertFalse(self.third.with_user(self.fitter).action_check_preparation()["res_id"])

    def test_only_the_workshop_prepares(self):
        """PLN-13: where the production department is named, nobody prepares another one's item, nor one of a plan that
        is not released, whichever door he takes."""
        self.company.expedite_department_id = self.workshop.parent_id = self.env["hr.department"].create(
            {"name": "Production", "company_id": self.company.id})
        self.assertTrue(self.third.can_prepare)
        self.assertFalse(self.first.can_prepare)
        checks = self.env["project.plan.preparation"].with_user(self.planner)
        with self.assertRaisesRegex(UserError, "production department"):
            self.first.with_user(self.designer).action_check_preparation()
        with self.assertRaisesRegex(UserError, "production department"):
            checks.create({"task_id": self.first.id})
        self.third.actual_start = "2026-12-04 00:00:00"
        with self.assertRaisesRegex(UserError, "production department"):
            checks.create({"task_id": self.third.id})

    def test_who_checks_the_preparation(self):
        """PLN-13: another department does not sign for the item's own; nor is a signature given as a value."""
        check = self._check(self.planner)
        check.action_all_ready()
        with self.assertRaises(AccessError):
            check.with_user(self.designer).action_sign()
        with self.assertRaises(AccessError):
            check.with_user(self.designer).write({"line_ids": [Command.update(check.line_ids[0].id, {
                "preparation_id": False})], "state": "signed"})
        check.action_sign()
        self.assertEqual(check.signed_by, self.planner)
