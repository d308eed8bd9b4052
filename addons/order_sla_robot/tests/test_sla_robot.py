from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tests.common import Form

from .common import DINGTALK, SECRET, WECOM, RobotCommon


@tagged("-at_install", "post_install")
class TestSlaRobot(RobotCommon):
    def test_kind_is_seen_from_the_address(self):
        """SLA-1: the address is pasted, the kind is known."""
        with Form(self.env["sla.robot"]) as form:
            form.name = "Quality"
            form.address = f" {DINGTALK}\n"
        self.assertRecordValues(form.save(), [{"kind": "dingtalk", "address": DINGTALK}])

    def test_bad_address(self):
        """SLA-1: an address of no known chat, or a secret for one that does not sign, is refused in words."""
        for address in ("http://127.0.0.1/", "https://example.com/cgi-bin/webhook/send?key=0123456789"):
            with self.assertRaisesRegex(ValidationError, "no webhook address"), self.env.cr.savepoint():
                self.env["sla.robot"].create({"name": "Quality", "address": address})
        with self.assertRaisesRegex(ValidationError, "does not sign"), self.env.cr.savepoint():
            self.env["sla.robot"].create({"name": "Quality", "address": WECOM, "secret": SECRET})

    def test_only_administrators(self):
        """ARC-5: the address is a key: who does not set up time limits reads no robot and no message."""
        message = self.wecom._say("Hello", [])
        user = new_test_user(self.env, "robot_user", groups="base.group_user")
        for record in (self.wecom, message):
            with self.assertRaises(AccessError):
                record.with_user(user).read(["display_name"])
        with self.assertRaises(AccessError):
            message.with_user(user).action_send_again()
        manager = new_test_user(self.env, "robot_manager", groups="order_sla.group_order_sla_manager")
        self.assertEqual(self.wecom.with_user(manager).address, WECOM)
        with self.assertRaises(AccessError):
            message.with_user(manager).state = "sent"

    def test_other_company(self):
        """ARC-5: a robot is its company's."""
        other = self.env["res.company"].create({"name": "Other Works"})
        manager = new_test_user(self.env, "robot_other", groups="order_sla.group_order_sla_manager",
                                company_id=other.id, company_ids=[(6, 0, other.ids)])
        message = self.wecom._say("Hello", [])
        self.assertFalse(self.env["sla.robot"].with_user(manager).search([]))
        with self.assertRaises(AccessError):
            message.with_user(manager).action_cancel()

    def test_copied_robot_has_no_key(self):
        """ARC-5: the key is not copied along."""
        values = self.dingtalk.copy_data()[0]
        self.assertFalse({"address", "secret"} & set(values))

    def test_said_by_button(self):
        """SLA-1: a test message tells who has sent it, and shows what became of it."""
        action = self.wecom.action_test()
        message = self.Message.browse(action["res_id"])
        self.assertIn(self.env.user.name, message.text)
        message.action_cancel()
        self.assertFalse(self.run_cron())
        message.action_send_again()
        with self.assertRaises(UserError):
            message.action_send_again()
        self.assertEqual(len(self.run_cron()), 1)
        with self.assertRaises(UserError):
            message.action_cancel()
        self.assertEqual(self.wecom.action_view_messages()["domain"], [("robot_id", "=", self.wecom.id)])
