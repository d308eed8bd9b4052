"""The days that a timeline shades, by a real working calendar."""
from odoo.tests import TransactionCase, tagged

from odoo.addons.web_schedule.tools.days_off import days_off


@tagged("post_install", "-at_install")
class TestScheduleDaysOff(TransactionCase):
    def test_days_off_of_a_calendar(self):
        """PLN-19: weekends and holidays are shaded by whole days of the calendar's time zone."""
        calendar = self.env["resource.calendar"].create({"name": "Five days", "tz": "Asia/Shanghai"})
        weekend = [["2026-03-06 16:00:00", "2026-03-07 16:00:00"], ["2026-03-07 16:00:00", "2026-03-08 16:00:00"]]
        self.assertEqual(days_off(calendar, "2026-03-04 16:00:00", "2026-03-09 15:00:00"), weekend)
        self.env["resource.calendar.leaves"].create({
            "name": "Holiday", "calendar_id": calendar.id, "date_from": "2026-03-04 16:00:00",
            "date_to": "2026-03-05 15:59:59"})
        self.assertEqual(
            days_off(calendar, "2026-03-04 16:00:00", "2026-03-09 15:00:00"),
            [["2026-03-04 16:00:00", "2026-03-05 16:00:00"], *weekend])
