from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..kernel import robots


class SlaRobot(models.Model):
    """A robot of a group chat. Its address is all that is needed to speak there: only administrators read it."""
    _name = "sla.robot"
    _description = "Group Robot"
    _order = "name, id"

    name = fields.Char(required=True, help="As the group is called, e.g. Production.")
    active = fields.Boolean(default=True)
    address = fields.Char(
        string="Webhook Address", required=True, copy=False, groups="order_sla.group_order_sla_manager",
        help="The address that the group chat shows when the robot is added to it. Whoever has it can write there.")
    secret = fields.Char(
        string="Signing Secret", copy=False, groups="order_sla.group_order_sla_manager",
        help="DingTalk: security setting 加签, begins with SEC. Feishu: 签名校验. WeCom has none.")
    kind = fields.Selection(
        [("wecom", "WeCom"), ("dingtalk", "DingTalk"), ("feishu", "Feishu")],
        compute="_compute_kind", store=True, precompute=True, compute_sudo=True)
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(), string="Language", required=True,
        default=lambda self: self.env.company.partner_id.lang or self.env.lang or "en_US")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    message_ids = fields.One2many("sla.robot.message", "robot_id")
    waiting_count = fields.Integer(string="Waiting", compute="_compute_counts")
    trouble_count = fields.Integer(string="Not Delivered", compute="_compute_counts")

    @api.depends("address")
    def _compute_kind(self):
        for robot in self:
            robot.kind = robots.kind_of(robot.address)

    @api.depends("message_ids.state")
    def _compute_counts(self):
        counts = {
            (robot, state): count for robot, state, count in self.env["sla.robot.message"]._read_group(
                [("robot_id", "in", self.ids)], ["robot_id", "state"], ["__count"])}
        for robot in self:
            robot.waiting_count = counts.get((robot, "waiting"), 0) + counts.get((robot, "sending"), 0)
            robot.trouble_count = counts.get((robot, "refused"), 0) + counts.get((robot, "uncertain"), 0)

    @api.constrains("address", "secret")
    def _check_address(self):
        for robot in self:
            if not robot.kind:
                raise ValidationError(self.env._(
                    "%(robot)s: this is no webhook address of a group robot. WeCom's begins with "
                    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=, DingTalk's with "
                    "https://oapi.dingtalk.com/robot/send?access_token=, Feishu's with "
                    "https://open.feishu.cn/open-apis/bot/v2/hook/. Copy it whole.", robot=robot.name))
            if robot.secret and robot.kind not in robots.SIGNED:
                raise ValidationError(self.env._(
                    "%(robot)s: a WeCom robot does not sign. Leave the signing secret empty.", robot=robot.name))

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._stripped(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._stripped(vals))

    @api.model
    def _stripped(self, vals):
        """Without the blanks that come along when an address is pasted."""
        pasted = {name: vals[name].strip() for name in ("address", "secret") if isinstance(vals.get(name), str)}
        return vals | pasted

    def action_test(self):
        """Say hello in the group; whether it was heard stands in the message."""
        self.ensure_one()
        self.check_access("write")
        robot = self.with_context(lang=self.lang)
        message = self._say(
            robot.env._("Group robot %(robot)s", robot=self.name),
            [[robot.env._("This is a test by %(user)s. Reminders and escalations will be told here.",
                          user=self.env.user.name), None]])
        return {
            "type": "ir.actions.act_window", "res_model": "sla.robot.message", "res_id": message.id,
            "view_mode": "form", "name": self.env._("Test Message"),
        }

    def action_view_messages(self):
        """What the robot has said and is to say."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("order_sla_robot.sla_robot_message_action")
        return action | {"domain": [("robot_id", "=", self.id)], "context": {}}

    def _say(self, title, lines, users=None):
        """Have the robot say something soon, once.

        :param lines: pairs of text and address (or None)
        :param users: who is called by name, where their telephone number is known
        :return: the message
        """
        self.ensure_one()
        # sudo: whoever's document is late writes no messages of robots
        return self.env["sla.robot.message"].sudo().create({
            "robot_id": self.id, "title": title, "lines": [list(line) for line in lines],
            "phones": (users or self.env["res.users"])._get_robot_phones()})
