from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user

from .common import PlanCommon


class TestPlanSharing(PlanCommon):
    """Projects that are shared with people of the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = new_test_user(cls.env, "plan_portal", groups="base.group_portal")
        cls.plan.sudo().privacy_visibility = "portal"
        cls.shared = cls.env["project.project"].sudo().create(
            {"name": "Shared", "company_id": cls.company.id, "privacy_visibility": "portal"})
        for project in (cls.plan | cls.shared).sudo():
            project.collaborator_ids = [Command.create({"partner_id": cls.partner.partner_id.id})]
            project.message_subscribe(cls.partner.partner_id.ids)

    def test_project_that_is_no_plan(self):
        """PLN-11, ARC-2: people of the portal work in a shared project as without plans."""
        task = self.env["project.task"].with_user(self.partner).with_context(
            default_project_id=self.shared.id, tracking_disable=True).create({"name": "Drawing of the cable duct"})
        task.write({"name": "Drawing", "priority": "1", "state": "1_done"})
        self.assertRecordValues(task.sudo(), [{"name": "Drawing", "state": "1_done", "is_plan_item": False}])

    def test_item_is_kept_by_the_company(self):
        """PLN-11: who reads an item in the portal neither finishes nor moves it."""
        item = self.first.with_user(self.partner)
        self.assertEqual(item.name, self.first.name)
        for values in ({"state": "1_done"}, {"name": "Else"}):
            with self.subTest(values), self.assertRaisesRegex(AccessError, "master plan"):
                item.write(values)
        item.priority = "1"
        with self.assertRaises(AccessError):
            item.with_context(default_project_id=self.plan.id).create({"name": "More"})
