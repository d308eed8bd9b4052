from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.order_indicator.tests.common import IndicatorCommon
from odoo.addons.order_sla_robot.tests.common import WECOM


@tagged("post_install", "-at_install")
class TestGroupDigest(IndicatorCommon):
    """The week from 9 to 15 March against the one before, told in a group."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["order.indicator.subscription"].search([]).unlink()
        cls._new_clocks("2026-03-04", met=9, breached=1)
        cls._new_clocks("2026-03-11", met=5, breached=5)
        cls.env["order.indicator.target"].create({"indicator_id": cls.kept.id, "value": 95, "date_from": "2026-01-01"})
        cls.robot = cls.env["sla.robot"].create({
            "name": "Managers", "address": WECOM, "lang": "en_US", "company_id": cls.company.id})
        cls.company.write({
            "indicator_robot_id": cls.robot.id, "indicator_robot_reader_id": cls.reader.id,
            "indicator_robot_week": "2026-03-09"})
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: 60.0)

    def told(self, text):
        """What the job has the robot say at a moment."""
        before = self.robot.message_ids
        with self.at(text):
            self.Indicator._cron_digest()
        return self.robot.message_ids - before

    def test_group_is_told_once_a_week(self):
        """RPT-2, SLA-1: on the company's weekday the group is told what its mails say, once, with the board's
        address; the next time a week later."""
        self.assertFalse(self.told("2026-03-15 23:59"))
        message = self.told("2026-03-16 00:30")
        self.assertIn("Board Works", message.title)
        (figure, none), (_words, address) = message.lines
        self.assertIsNone(none)
        for word in ("Kept in Time: 50.0 %", "95.0 %", "missed", "90.0 %", "Opinion"):
            self.assertIn(word, figure)
        self.assertTrue(address.endswith("/odoo/managers-board"))
        for again in ("2026-03-16 00:31", "2026-03-22 23:59"):
            self.assertFalse(self.told(again))
        self._new_clocks("2026-03-18", met=1, breached=1)
        self.assertTrue(self.told("2026-03-23 00:30"))

    def test_group_reads_with_its_reader(self):
        """RPT-2: who may read no board, or nothing of what is counted, tells nothing; nor does an archived robot, nor
        a company without a weekday."""
        self.company.indicator_robot_reader_id = self.clerk
        self.assertFalse(self.told("2026-03-16 00:30"))
        self.company.write({"indicator_robot_reader_id": self.reader.id, "indicator_robot_week": False})
        self.robot.active = False
        self.assertFalse(self.told("2026-03-16 00:30"))
        self.robot.active, self.company.indicator_digest_day = True, False
        self.assertFalse(self.told("2026-03-16 00:30"))

    def test_bad_settings_are_refused(self):
        """RPT-2, ARC-5: a group without a reader, and another company's robot, are refused in words."""
        with self.assertRaisesRegex(ValidationError, "whose figures"):
            self.company.indicator_robot_reader_id = False
        with self.assertRaisesRegex(ValidationError, "another company"):
            self.other_company.write({
                "indicator_robot_id": self.robot.id, "indicator_robot_reader_id": self.reader.id})

    def test_one_group_that_fails_holds_up_no_other(self):
        """RPT-2: whatever fails with one company's figures, the next company's group is told, and it is tried again."""
        other = self.other_company
        self.robot.copy({"address": WECOM, "company_id": other.id})
        other.write({"indicator_robot_id": self.env["sla.robot"].search([("company_id", "=", other.id)]).id,
                     "indicator_robot_reader_id": self.reader.id})
        self.reader.company_ids += other
        say = self.registry["res.company"]._say_digest

        def fail_here(company):
            if company == other:
                raise ValueError("a figure fails")
            return say(company)

        self.patch(self.registry["res.company"], "_say_digest", fail_here)
        with self.assertLogs("odoo.addons.order_indicator_robot", "ERROR"):
            self.assertTrue(self.told("2026-03-16 00:30"))
        self.assertFalse(other.indicator_robot_week)
