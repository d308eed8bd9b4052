import logging
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import RobotCommon


@tagged("-at_install", "post_install")
class TestSlaRobotSend(RobotCommon):
    def test_each_kind_is_heard(self):
        """SLA-1: the local chat, which looks at format and signature, takes the messages of all three kinds."""
        employee = self.env["hr.employee"].create({
            "name": "Li", "user_id": self.env.user.id, "mobile_phone": "+86 138 0000 1111"})
        robots = self.wecom | self.dingtalk | self.feishu
        messages = self.Message.union(*(
            robot._say("Late: Answer", [["MO/1", "https://example.com"]], employee.user_id) for robot in robots))
        self.assertEqual(len(self.run_cron()), 3)
        self.assertEqual(messages.mapped("state"), ["sent"] * 3, messages.mapped("problem"))
        self.assertEqual(messages[0].phones, ["13800001111"])
        self.assertEqual(len(self.run_cron()), 3, "nothing is said twice")

    def test_tried_again_later(self):
        """SLA-1: too many at once, or nobody there: it waits, longer each time, and is said once."""
        message = self.wecom._say("Late", [])
        self.chat.answers[:] = [(200, {"errcode": 45009}), (503, {})]
        start = fields.Datetime.now()
        self.run_cron()
        self.assertRecordValues(message, [{"state": "waiting", "tries": 1}])
        self.assertEqual(len(self.run_cron()), 1, "it is not tried again at once")
        with freeze_time(start + timedelta(minutes=2)):
            self.assertEqual(len(self.run_cron()), 2)
        self.assertGreater(message.next_try, start + timedelta(minutes=3))
        with freeze_time(start + timedelta(minutes=10)):
            self.assertEqual(len(self.run_cron()), 3)
        self.assertRecordValues(message, [{"state": "sent", "tries": 3, "problem": False}])

    def test_nobody_listens(self):
        """SLA-1: a chat that cannot be reached is tried again; after a day somebody must look."""
        self.env["ir.config_parameter"].set_param("order_sla_robot.base.wecom", "http://127.0.0.1:9")
        message = self.wecom._say("Late", [])
        self.run_cron()
        self.assertEqual(message.state, "waiting")
        message.tries = 11
        message.next_try = fields.Datetime.now()
        self.run_cron()
        self.assertEqual(message.state, "refused")
        self.assertEqual(self.wecom.trouble_count, 1)

    def test_never_twice(self):
        """SLA-1: where the line breaks before the answer, or the server dies, nobody knows: it is not said again."""
        broken, other = self.wecom._say("Broken", []), self.wecom._say("Other", [])
        self.chat.answers[:] = [(None, None)]
        self.run_cron()
        self.assertEqual((broken.state, other.state), ("uncertain", "sent"))
        dead = self.wecom._say("Dead", [])
        dead.write({"state": "sending", "tried_at": fields.Datetime.now() - timedelta(minutes=11)})
        heard = len(self.run_cron())
        self.assertEqual(dead.state, "uncertain")
        self.assertEqual(heard, 2)
        dead.action_send_again()
        self.assertEqual(len(self.run_cron()), 3)

    def test_refused(self):
        """SLA-1: what the chat refuses is shown with its code, and not tried again."""
        self.dingtalk.secret = "SEC9999999999"
        message = self.dingtalk._say("Late", [])
        self.run_cron()
        self.assertEqual(message.state, "refused")
        self.assertIn("310000", message.problem)
        self.assertEqual(len(self.run_cron()), 1)

    def test_no_faster_than_the_chat_takes(self):
        """SLA-1: at most 18 a minute: DingTalk is silent for ten minutes after more than 20."""
        for number in range(25):
            self.dingtalk._say(f"Late {number}", [])
        self.wecom._say("Late", [])
        self.assertEqual(len(self.run_cron()), 19)
        with freeze_time(fields.Datetime.now() + timedelta(seconds=90)):
            self.run_cron()
        self.assertEqual(self.Message.search_count([("state", "=", "waiting")]), 0)

    def test_archived_robot_is_silent(self):
        """SLA-1: who is archived says nothing; what it was to say waits."""
        message = self.wecom._say("Late", [])
        self.wecom.active = False
        self.assertFalse(self.run_cron())
        self.assertEqual(message.state, "waiting")

    def test_no_key_in_the_log(self):
        """ARC-5: neither address nor secret is written to a log, at any level."""
        records = []
        handler = logging.Handler()
        handler.emit = records.append
        root = logging.getLogger()
        loud = [logging.getLogger(name) for name in ("urllib3", "odoo.addons.order_sla_robot")]
        levels = [logger.level for logger in loud]
        for logger in loud:
            logger.setLevel(logging.DEBUG)
        root.addHandler(handler)
        try:
            for robot in self.wecom | self.dingtalk | self.feishu:
                robot._say("Late", [])
            self.chat.answers[:] = [(None, None), (500, {}), (200, {"code": 1})]
            self.run_cron()
        finally:
            root.removeHandler(handler)
            for logger, level in zip(loud, levels, strict=True):
                logger.setLevel(level)
        text = "\n".join(record.getMessage() + str(record.exc_info or "") for record in records)
        self.assertIn("uncertain", text)
        for key in ("0123abcd", "0123456789"):
            self.assertNotIn(key, text)

    def test_forgotten_after_three_months(self):
        """SLA-1: what was said is kept for three months, what was not delivered until somebody has looked."""
        said, refused = self.wecom._say("Said", []), self.wecom._say("Refused", [])
        said.state, refused.state = "sent", "refused"
        self.env.flush_all()
        self.env.cr.execute("UPDATE sla_robot_message SET create_date = create_date - interval '91 days'")
        self.Message._gc_messages()
        self.assertFalse(said.exists())
        self.assertTrue(refused.exists())

    def test_what_is_wrong_is_said_in_the_language_of_the_group(self):
        """SLA-1: the job that sends speaks no language of its own: what is wrong stands there in the group's."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.wecom.lang = "zh_CN"
        message = self.wecom._say("Late", []).with_context(lang=None)
        message.tries = 1
        message._note("retry", "timeout")
        self.assertIn("timeout", message.problem)
        self.assertNotIn("Not reached", message.problem)
        message.write({"state": "sending", "tried_at": fields.Datetime.now() - timedelta(minutes=11)})
        message._give_up_dead()
        self.assertNotIn("server stopped", message.problem)
