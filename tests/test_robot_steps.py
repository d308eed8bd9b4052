"""A step of a time limit tells a group chat: any document, with the people named."""
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.order_sla_robot.tests.common import WECOM
from odoo.addons.test_order_sla.tests.common import SlaCommon


@tagged("-at_install", "post_install")
class TestRobotSteps(SlaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.robot = cls.env["sla.robot"].create({
            "name": "Design", "address": WECOM, "lang": "en_US", "company_id": cls.company.id})
        cls.step = {"name": "Late", "action": "robot", "robot_id": cls.robot.id, "recipient": "manager"}

    def _start(self, documents=1):
        self._new_policy(steps=[self.step])
        with self.at("2026-03-02 09:00"):
            return self.Document.create([
                {"name": f"D{number}", "state": "submitted", "user_id": self.li.id} for number in range(documents)])

    def test_group_is_told_once(self):
        """SLA-1: at the deadline the group hears document, deadline and responsible; the manager is called by name."""
        document = self._start()
        self.env["hr.employee"].search([("user_id", "=", self.sun.id)]).mobile_phone = "138 1111 2222"
        self.run_cron("2026-03-03 09:00")
        self.run_cron("2026-03-03 09:00")
        self.assertRecordValues(self.robot.message_ids, [{
            "title": "Late: Answer", "phones": ["13811112222"], "state": "waiting"}])
        text = self.robot.message_ids.text
        for part in ("D0", "9:00", "responsible Li", "asked: Sun", f"res_id={document.id}"):
            self.assertIn(part, text)

    def test_many_in_one_message(self):
        """SLA-1: a hundred late documents are one message that names fifteen: a chat takes few a minute."""
        self._start(documents=100)
        self.run_cron("2026-03-03 09:00")
        message = self.robot.message_ids
        self.assertEqual(len(message), 1)
        self.assertEqual(len(message.lines), 16)
        self.assertEqual(message.lines[-1], ["and 85 more", None])

    def test_step_without_robot(self):
        """SLA-1: a step that has no robot, or another company's, is refused in words."""
        with self.assertRaisesRegex(ValidationError, "choose the group robot"):
            self._new_policy(steps=[self.step | {"robot_id": False}])
        other = self.env["res.company"].create({"name": "Other Works"})
        self.robot.company_id = other
        with self.assertRaisesRegex(ValidationError, "another company"):
            self._new_policy(steps=[self.step])

    def test_chat_that_fails_holds_up_nobody(self):
        """SLA-4: the clock goes on whatever becomes of the message: sending is not its matter."""
        document = self._start()
        with patch("requests.post", side_effect=AssertionError("nothing is sent by the clock")):
            self.run_cron("2026-03-03 09:00")
        self.assertEqual(self.clock_of(document).state, "breached")
        self.assertFalse(self.clock_of(document).error)
