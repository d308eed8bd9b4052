from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ShortageCommon

MONDAY = "2031-03-03 01:00:00"


@tagged("-at_install", "post_install")
class TestCheck(ShortageCommon):
    """A plant that works 8-12 and 13-17, UTC; it is Monday, one o'clock in the morning."""

    @classmethod
    def setUpClass(cls):
        with freeze_time(MONDAY):
            super().setUpClass()
            cls.company.resource_calendar_id = cls.env["resource.calendar"].create({
                "name": "Plant", "tz": "UTC", "company_id": cls.company.id, "attendance_ids": [Command.clear(), *(
                    Command.create({"name": f"{day} {start}", "dayofweek": day, "hour_from": start, "hour_to": stop,
                                    "day_period": "morning" if stop <= 12 else "afternoon"})
                    for day in "01234" for start, stop in ((8, 12), (13, 17)))]})
            cls.company.shortage_horizon_days = 1

    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(freeze_time(MONDAY))

    def _order(self, start, **values):
        order = self.make_order([(self.breaker, 2)], **values)
        order.date_start = datetime.strptime(start, "%Y-%m-%d %H:%M")
        return order

    def _checks(self, order, kind):
        self.env["material.check"]._cron_prepare()
        return self.env["material.check"].search([("production_id", "=", order.id), ("kind", "=", kind)])

    def test_completeness_three_working_days_ahead(self):
        """MAT-3: three working days before its start the planner is asked, by a policy: to-do, clock, signature; what
        is missing is chased from then on, by planner and buyer."""
        order = self._order("2031-03-07 08:00")
        check = self._checks(order, "kit")
        self.assertRecordValues(check, [{"state": "open", "user_id": self.planner.id, "lead_days": 3}])
        self.assertEqual(check.activity_ids.user_id, self.planner)
        clock = check.sla_clock_ids.sudo()
        self.assertEqual((clock.user_id, clock.deadline_at), (self.planner, datetime(2031, 3, 4, 8)))
        self.settle()
        self.assertFalse(self.lines(order), "beyond the horizon nobody chases it yet")
        with self.assertRaises(AccessError):
            check.with_user(self.fitter).action_check()
        check.with_user(self.planner).action_check()
        self.assertRecordValues(check, [{"state": "done", "signed_by": self.planner.id, "kit_rate": 0}])
        self.assertIn("Breaker", check.missing)
        self.assertIn(self.head_buyer.name, check.missing)
        self.assertEqual(self.lines(order).owner_id, self.head_buyer)
        self.assertFalse(check.activity_ids)
        with self.assertRaises(UserError):
            check.with_user(self.planner).action_check()
        with self.assertRaises(UserError):
            check.sudo().missing = "Nothing"
        self.assertEqual(self._checks(order, "kit"), check, "asked once")

    def test_not_before_its_time(self):
        """MAT-3: an order that starts later is checked later; after a weekend, working days count."""
        order = self._order("2031-03-12 08:00")
        self.assertFalse(self._checks(order, "kit"))
        self.clock.move_to("2031-03-06 10:00:00")
        self.assertTrue(self._checks(order, "kit"))

    def test_check_follows_its_order(self):
        """MAT-3: the order moves, the deadline moves; it is cancelled, the check is void and asks nobody."""
        order = self._order("2031-03-07 08:00")
        check = self._checks(order, "kit")
        order.date_start = datetime(2031, 3, 10, 8)
        self._checks(order, "kit")
        self.assertEqual(check.date_start, datetime(2031, 3, 10, 8))
        self.assertEqual(check.sla_clock_ids.sudo().deadline_at, datetime(2031, 3, 5, 8))
        order.action_cancel()
        self._checks(order, "kit")
        self.assertEqual(check.state, "void")
        self.assertFalse(check.activity_ids)

    def test_picking_half_a_day_ahead(self):
        """MAT-9: orders of the next half working day; warehouse and picker both sign, two people."""
        self.put(self.breaker, 2)
        order, later = self._order("2031-03-03 11:00"), self._order("2031-03-03 15:00")
        order.action_assign()
        check = self._checks(order, "issue")
        self.assertFalse(self._checks(later, "issue"))
        both = self._user("both", "mrp.group_mrp_user,stock.group_stock_user")
        check.with_user(both).action_hand_out()
        with self.assertRaisesRegex(UserError, "signed for the other side"):
            check.with_user(both).action_take()
        self.assertRecordValues(check, [{"state": "open", "handed_by": both.id, "taken_by": False}])
        check.with_user(self.fitter).action_take()
        self.assertRecordValues(check, [{"state": "done", "taken_by": self.fitter.id}])
        self.assertEqual(check.move_ids, order.move_raw_ids)

    def test_who_signs(self):
        """MAT-9: the warehouse signs for the warehouse, production for production, each kind its own way."""
        order = self._order("2031-03-03 11:00")
        issue, kit = self._checks(order, "issue"), self._checks(order, "kit")
        for user, call in ((self.storekeeper, "action_take"), (self.clerk, "action_take"), (self.buyer, "action_take")):
            with self.subTest(user=user.login, call=call), self.assertRaises(AccessError):
                getattr(issue.with_user(user), call)()
        with self.assertRaises(UserError):
            kit.with_user(self.storekeeper).action_hand_out()
        with self.assertRaises(UserError):
            issue.with_user(self.planner).action_check()
        for vals in ({"handed_by": self.fitter.id}, {"state": "done"}):
            with self.assertRaises(AccessError):
                issue.with_user(self.fitter).write(vals)
        issue.with_user(self.fitter).note = "Complete"

    def test_missing_parts_are_said(self):
        """MAT-9, MAT-10: with parts missing both sign only after it is written what is missing; reported from there."""
        order = self._order("2031-03-03 11:00")
        check = self._checks(order, "issue")
        self.env["material.shortage"]._report(self.breaker, 1, order)
        with self.assertRaises(UserError):
            check.with_user(self.storekeeper).action_hand_out()
        check.with_user(self.storekeeper).note = "One breaker is missing, the frame starts without it"
        check.with_user(self.storekeeper).action_hand_out()
        self.assertEqual(check.action_report_shortage()["context"]["default_production_id"], order.id)
        check.with_user(self.fitter).action_take()
        self.assertEqual(check.state, "done")

    def test_todo_of_the_check(self):
        """MAT-3: checks of all companies are made in a constant number of searches, each asks its own planner."""
        one, two = self._order("2031-03-07 08:00"), self._order("2031-03-07 09:00", user_id=self.other_planner.id)
        checks = self._checks(one, "kit") | self._checks(two, "kit")
        self.assertEqual(checks.activity_ids.user_id, self.planner | self.other_planner)
        self.assertTrue(all(checks.activity_ids.mapped("summary")))

    def test_completeness_of_a_company_without_hours(self):
        """MAT-3: without working hours the planner is told by calendar days, not a day and a half ahead."""
        self.company.resource_calendar_id = False
        self.assertTrue(self._checks(self._order("2031-03-07 08:00"), "kit"))
        self.assertFalse(self._checks(self._order("2031-03-09 08:00"), "kit"))

    def test_company_without_hours(self):
        """MAT-3: where nobody has working hours, clock time counts."""
        self.company.resource_calendar_id = False
        order = self._order("2031-03-03 04:00")
        self.assertTrue(self._checks(order, "issue"))
        self.assertFalse(self._checks(self._order("2031-03-03 06:00"), "issue"))
