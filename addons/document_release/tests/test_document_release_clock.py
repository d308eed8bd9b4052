from datetime import datetime

from freezegun import freeze_time

from odoo.tests import tagged

from .common import DocumentReleaseCommon


@tagged("-at_install", "post_install")
class TestDocumentReleaseClock(DocumentReleaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.monday = datetime(2031, 3, 3, 8)

    def test_each_receiver_has_a_clock(self):
        """PLN-17, SLA-1: eight working hours each; the acknowledgement of one stops his, the manager above hears of
        the other's."""
        with freeze_time(self.monday):
            release = self._released()
        mine, other = (self._row(release, department) for department in (self.workshop, self.quality))
        clocks = (mine | other).sla_clock_ids.sudo()
        self.assertEqual(clocks.mapped("deadline_at"), [datetime(2031, 3, 3, 17)] * 2)
        self.assertEqual(clocks.user_id, self.foreman | self.inspector)
        with freeze_time("2031-03-03 10:00:00"):
            mine.with_user(self.foreman).action_acknowledge()
        self.assertEqual(sorted(clocks.mapped("state")), ["met", "running"])
        with freeze_time("2031-03-04 16:00:00"):
            self.env["sla.clock"]._process_due()
        self.assertFalse(mine.sudo().activity_ids)
        self.assertIn(self.inspector, other.sudo().activity_ids.user_id)
        with freeze_time("2031-03-04 16:30:00"):
            second = self.env["document.release"].with_user(self.engineer).browse(release.action_revise()["res_id"])
            second.attachment_ids = self._file()
            second.action_release()
        self.assertNotIn("running", clocks.mapped("state"), "nobody is asked for what is replaced")

    def test_release_is_due_before_production(self):
        """PLN-17: drawings are due three working days before the start of production."""
        with freeze_time(self.monday):
            release = self._draft(production_date="2031-03-14")
            clock = release.sla_clock_ids.sudo()
            self.assertRecordValues(clock, [{
                "user_id": self.engineer.id, "deadline_at": datetime(2031, 3, 11, 17)}])
            release.production_date = "2031-03-21"
            self.assertEqual(clock.deadline_at, datetime(2031, 3, 18, 17))
            release.action_release()
        self.assertEqual(clock.state, "met")
