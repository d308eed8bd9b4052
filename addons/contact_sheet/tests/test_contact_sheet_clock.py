from datetime import datetime

from freezegun import freeze_time

from odoo.tests import tagged

from .common import ContactSheetCommon


@tagged("-at_install", "post_install")
class TestContactSheetClock(ContactSheetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id.tz = "UTC"
        cls.now = datetime(2031, 3, 3, 8)  # a Monday

    def _at(self, moment):
        """The clocks as they are at a moment."""
        with freeze_time(moment):
            self.env["sla.clock"]._process_due()

    def _reminded(self, sheet):
        return sheet.sudo().activity_ids.user_id

    def _start(self, **values):
        with freeze_time(self.now):
            return self._sent(date_due="2031-03-05 09:00:00", **values)

    def test_clock_reminds_and_escalates(self):
        """PLN-13, SLA-1: the clock runs to the moment by which it is to be solved, then to the manager above and to the
        general manager; the answer stops it."""
        sheet = self._start(to_user_id=self.fitter.id)
        clock = sheet.sla_clock_ids.sudo()
        self.assertRecordValues(clock, [{
            "deadline_at": datetime(2031, 3, 5, 9), "user_id": self.fitter.id, "department_id": self.workshop.id}])
        self._at("2031-03-05 09:01:00")
        self.assertEqual(self._reminded(sheet), self.fitter, "one to-do, no second one")
        self.assertEqual(len(sheet.sudo().activity_ids), 1)
        self._at("2031-03-05 16:00:00")
        self.assertEqual(self._reminded(sheet), self.fitter | self.head)
        self._at("2031-03-10 16:00:00")
        self.assertIn(self.general, self._reminded(sheet))
        with freeze_time("2031-03-10 16:30:00"):
            self._answer(sheet, user=self.fitter)
        self.assertEqual(clock.state, "breached")
        self.assertEqual(self._reminded(sheet), self.sender)

    def test_expedite_notice_escalates_at_once(self):
        """PLN-12: the manager of the department that does not answer an expedite notice hears of it at its moment, the
        general manager two hours later."""
        sheet = self._start(kind="expedite", last_date="2031-03-07", to_user_id=self.fitter.id)
        self._at("2031-03-05 09:01:00")
        self.assertEqual(self._reminded(sheet), self.fitter | self.head)
        self._at("2031-03-05 14:00:00")
        self.assertEqual(self._reminded(sheet), self.fitter | self.head | self.general)

    def test_sender_is_reminded_of_the_promise(self):
        """PLN-13: a day after the promised moment the sender is to have accepted the answer or sent it back."""
        sheet = self._start()
        with freeze_time("2031-03-03 10:00:00"):
            self._answer(sheet)
        clock = sheet.sla_clock_ids.sudo()
        self.assertRecordValues(clock, [{"user_id": self.sender.id, "deadline_at": datetime(2031, 3, 4, 17)}])
        with freeze_time("2031-03-04 10:00:00"):
            sheet.action_accept()
        self.assertEqual(clock.state, "met")
