from .common import ReviewCommon


class TestSetupChecklist(ReviewCommon):
    """What a newcomer has to set before the first review is on one list."""

    def _checks(self):
        user = self._user("setup", "order_review.group_order_review_manager")
        action = self.env["order.setup.check"].with_user(user).action_open()
        self.assertEqual(action["res_model"], "order.setup.check")
        return {row.name: row for row in self.env["order.setup.check"].with_user(user).search([])}

    def test_a_company_that_can_review_has_nothing_missing(self):
        """REV-6: departments, managers, reviewers, hours, channels, templates and authorities are there."""
        self.company.sla_general_manager_id = self.general_manager
        missing = {name: row.missing for name, row in self._checks().items() if not row.is_ready}
        self.assertFalse({name for name in missing if name not in ("Departments", "Managers", "Reviewers")}, missing)
        for row in missing.values():
            self.assertNotIn("production department", row)

    def test_what_is_missing_is_named_and_leads_to_its_place(self):
        """REV-3, REV-5: a department without people and a missing authority are named, with a way to set them."""
        department = self.departments["production"]
        department.member_ids.department_id = False
        (department | self.head).manager_id = False
        self.authority.active = False
        checks = self._checks()
        self.assertIn(department.name, checks["Managers"].missing)
        self.assertIn(department.name, checks["Reviewers"].missing)
        self.assertTrue(checks["Authorities"].missing)
        for row in checks.values():
            self.assertIn("res_model", row.action_set(), row.name)
