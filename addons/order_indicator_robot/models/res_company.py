from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.order_indicator.kernel import periods

READERS = "order_indicator.group_order_indicator_user"


class ResCompany(models.Model):
    """In which group the digest is told, and whose eyes it is made with (RPT-2)."""

    _inherit = "res.company"

    indicator_robot_id = fields.Many2one(
        "sla.robot", string="Group of the Digest", ondelete="set null",
        help="Everybody in this group reads the figures.")
    indicator_robot_reader_id = fields.Many2one(
        "res.users", string="Figures as Read by", ondelete="restrict",
        help="The group is told what this person may read, and nothing else.")
    indicator_robot_week = fields.Date(
        readonly=True, help="Monday of the week in which the last digest was told in the group.")

    @api.constrains("indicator_robot_id", "indicator_robot_reader_id")
    def _check_indicator_robot(self):
        for company in self.filtered("indicator_robot_id"):
            if company.indicator_robot_id.company_id != company:
                raise ValidationError(self.env._("%(robot)s is the robot of another company.",
                                                 robot=company.indicator_robot_id.name))
            if not company.indicator_robot_reader_id:
                raise ValidationError(self.env._(
                    "Say whose figures are told in the group: everybody there sees what this person may read."))

    @api.model
    def _get_waiting_groups(self):
        """Companies whose weekday has come and whose group was not told this week."""
        waiting = self.browse()
        for company in self.search([("indicator_robot_id.active", "=", True), ("indicator_digest_day", "!=", False)]):
            today = company._get_today()
            if today.weekday() >= int(company.indicator_digest_day) and (
                    company.indicator_robot_week != periods.begin("week", today)):
                waiting |= company
        return waiting

    def _say_digest(self):
        """Tell the group, unless another worker has; twice is once. A reader who may read no more tells nothing."""
        self.ensure_one()
        monday = periods.begin("week", self._get_today())
        locked = self.try_lock_for_update()
        locked.invalidate_recordset()
        if not locked or locked.indicator_robot_week == monday:
            return
        locked.indicator_robot_week = monday
        robot, reader = self.indicator_robot_id, self.indicator_robot_reader_id
        if not (reader.active and self in reader.company_ids and reader.has_group(READERS)):
            return
        board = self.env["order.indicator"].with_user(reader).with_context(
            lang=robot.lang, tz=reader.tz, allowed_company_ids=self.ids)
        rows = board._get_digest()
        if rows:
            span = board._format_span(board._get_periods("last_week").current)
            address = f"{self.get_base_url()}/odoo/managers-board"
            robot._say(board.env._("%(company)s: week of %(span)s", company=self.name, span=span), [
                *([board._tell_line(row), None] for row in rows), [board.env._("Open the board"), address]])
