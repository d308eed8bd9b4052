from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PlanCommon


@tagged("-at_install", "post_install")
class TestPlanWarning(PlanCommon):
    @classmethod
    def setUpClass(cls):
        with freeze_time(cls.NOW):
            super().setUpClass()
            cls.boss = cls._user("boss", "base.group_user")
            cls.seller = cls._user("seller", "base.group_user")
            cls.company.sla_general_manager_id = cls.boss
            customer = cls.env["res.partner"].create({"name": "Grid", "user_id": cls.seller.id})
            cls.plan.write({"partner_id": customer.id, "user_id": cls.buyer.id})
            cls.plan.with_user(cls.planner).action_release_plan()

    def _delay(self, hours=400):
        with freeze_time(self.NOW):
            self.second.with_user(self.planner).duration_hours = hours
            self._settle_transaction()
        return self.plan.plan_warning_ids.filtered(lambda warning: warning.state != "closed")

    def test_warning_opens_and_closes_by_itself(self):
        """PLN-6: as soon as the forecast passes the promised date there is one warning; when it is back it is closed,
        and the next time there is a new one."""
        self.assertFalse(self.plan.plan_warning_ids)
        warning = self._delay()
        self.assertRecordValues(warning, [{"state": "open", "promised_date": self.plan.promised_date}])
        self.assertGreater(warning.days_late, 0)
        self.assertIn("Buy", warning.critical_path)
        self.assertEqual(self._delay(480), warning, "later still, the same warning")
        with freeze_time(self.NOW):
            self.second.with_user(self.planner).duration_hours = 40
            self._settle_transaction()
        self.assertEqual(warning.state, "closed")
        self.assertFalse(warning.activity_ids)
        self.assertNotEqual(self._delay(), warning)

    def test_sales_and_managers_are_informed(self):
        """PLN-6: sales, project manager, planner, managers of the critical items and the general manager are told."""
        warning = self._delay()
        told = self.seller | self.buyer | self.planner | self.designer | self.fitter | self.boss
        self.assertEqual(warning.informed_user_ids, told)
        others = (told - self.planner).partner_id  # he moved the item himself
        self.assertEqual(warning.message_ids.notified_partner_ids, others)
        self.assertEqual(warning.with_user(self.seller).days_late, warning.days_late, "who is told can open it")

    def test_draft_plan_warns_nobody(self):
        """PLN-6: departments and customers work by released plans; a draft says it on its form only."""
        with freeze_time(self.NOW):
            draft = self._plan(name="S2")
            draft.plan_item_ids[0].with_user(self.planner).duration_hours = 400
            self._settle_transaction()
            self.assertTrue(draft.is_delayed)
            self.assertFalse(draft.plan_warning_ids)
            draft.with_user(self.planner).action_release_plan()
            self.assertEqual(draft.plan_warning_ids.mapped("state"), ["open"])
            draft.with_user(self.planner).action_cancel_plan()
        self.assertEqual(draft.plan_warning_ids.mapped("state"), ["closed"])

    def test_countermeasure_is_recorded(self):
        """PLN-6, SLA-1: the planner is asked, a clock runs; the countermeasure ends both and stays as written."""
        warning = self._delay()
        self.assertEqual(warning.activity_ids.user_id, self.planner)
        self.assertEqual(warning.sla_clock_ids.mapped("state"), ["running"])
        mine = warning.with_user(self.planner)
        with self.assertRaises(UserError):
            mine.action_counter()
        mine.countermeasure = "Second shift from Monday on"
        with self.assertRaises(AccessError):
            warning.with_user(self.seller).action_counter()
        with self.assertRaises(AccessError):
            warning.with_user(self.seller).countermeasure = "None"
        mine.action_counter()
        self.assertRecordValues(warning, [{"state": "countered", "countered_by": self.planner.id}])
        self.assertFalse(warning.activity_ids)
        with self.assertRaises(AccessError):
            mine.countermeasure = "Another"
        with self.assertRaises(UserError):
            warning.days_late = 0
