from odoo import api, fields, models
from odoo.tools import format_datetime

#: Documents that one message names; more are counted.
MOST_LINES = 15


class SlaPolicyStep(models.Model):
    _inherit = "sla.policy.step"

    action = fields.Selection(selection_add=[("robot", "Group robot")], ondelete={"robot": "cascade"})
    robot_id = fields.Many2one("sla.robot", string="Group Robot", ondelete="restrict")

    @api.constrains("action", "robot_id")
    def _check_robot(self):
        self._check_action()

    def _get_action_problem(self):
        if self.action == "robot":
            if not self.robot_id:
                return self.env._("choose the group robot that tells it.")
            if self.policy_id.company_id and self.robot_id.company_id != self.policy_id.company_id:
                return self.env._("the group robot is another company's.")
        return super()._get_action_problem()

    def _run_robot(self, clocks, recipients):
        """Tell the group what is due or late, documents of one step in one message: a chat takes few a minute."""
        # sudo: the engine tells, whoever's document it is
        robot = self.robot_id.sudo()
        if not robot.active:
            return
        # What belongs to another company is not told in this one's group.
        clocks = clocks.filtered(lambda clock: clock.company_id == robot.company_id)
        step = self.with_context(lang=robot.lang)
        for policy, some in clocks.grouped("policy_id").items():
            lines = [step._get_robot_line(clock, recipients[clock]) for clock in some[:MOST_LINES]]
            if len(some) > MOST_LINES:
                lines.append([step.env._("and %(count)s more", count=len(some) - MOST_LINES), None])
            users = self.env["res.users"].union(*(recipients[clock].user for clock in some))
            title = step.env._("%(step)s: %(policy)s", step=step.name, policy=policy.with_env(step.env).name)
            robot._say(title, lines, users)

    def _get_robot_line(self, clock, recipient):
        text = self.env._(
            "%(document)s, deadline %(deadline)s, responsible %(user)s",
            document=clock.res_name or clock.res_model,
            deadline=format_datetime(
                self.env, clock.deadline_at, tz=clock.calendar_id.tz or recipient.user.tz or "UTC", dt_format="short"),
            user=clock.user_id.name or self.env._("nobody"))
        if recipient.user and recipient.user != clock.user_id:
            text = self.env._("%(line)s; asked: %(user)s", line=text, user=recipient.user.name)
        record = self.env[clock.res_model].browse(clock.res_id)
        return [text, f"{record.get_base_url()}/mail/view?model={clock.res_model}&res_id={clock.res_id}"]
