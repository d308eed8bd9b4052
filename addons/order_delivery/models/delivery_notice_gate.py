from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html

from odoo.addons.document_control.tools.reason import is_reason

from ..tools.problem import Problem
from .delivery_notice import DESK, HEAD

ALLOW = "order_delivery.mail_activity_type_allow"


class DeliveryNotice(models.Model):
    """The gate: what stands against a delivery, who cures it, and who allows it all the same (DLV-1).

    It is asked when a notice is released, and again when its goods leave: what was in order may not be any more.
    """

    _inherit = "delivery.notice"

    problem_text = fields.Text(string="What Stands Against It", compute="_compute_problems")
    has_problems = fields.Boolean(compute="_compute_problems", export_string_translation=False)
    override_asked_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    override_asked_on = fields.Datetime(readonly=True, copy=False)
    override_asked_codes = fields.Json(readonly=True, copy=False, export_string_translation=False)
    override_reason = fields.Text(string="Why It Should Leave All the Same", readonly=True, copy=False)
    override_by = fields.Many2one("res.users", string="Allowed by", readonly=True, copy=False, ondelete="restrict")
    override_on = fields.Datetime(string="Allowed on", readonly=True, copy=False)
    override_codes = fields.Json(readonly=True, copy=False, export_string_translation=False)
    can_allow = fields.Boolean(compute="_compute_can_allow", export_string_translation=False)

    @api.depends("state", "override_codes", "date_arrival", "date_planned", "line_ids.move_id.state")
    def _compute_problems(self):
        open_notices = self.filtered(lambda notice: notice.id and notice.state in ("draft", "released"))
        found = open_notices._get_standing_problems()
        for notice in self:
            problems = found.get(notice, [])
            notice.has_problems = bool(problems)
            notice.problem_text = self._describe_problems(problems)

    @api.depends("override_asked_by", "override_by")
    @api.depends_context("uid")
    def _compute_can_allow(self):
        is_head = self.env.user.has_group(HEAD)
        for notice in self:
            notice.can_allow = bool(
                is_head and notice.override_asked_by and not notice.override_by
                and notice.override_asked_by != self.env.user)

    def _get_release_problems(self):
        """What stands against the notices. Addons that know more of order, papers, goods or money add theirs.

        Asked as superuser for many notices at once: read by sets.

        :return: dict of notice: list of :class:`Problem`
        """
        return {notice: notice._get_own_problems() for notice in self}

    def _get_own_problems(self):
        desk, found = self.env._("order desk"), []
        moves = self._get_moves()  # the goods as they were taken, last by the release
        if self.order_id.state != "sale":
            found.append(Problem("order", self.env._("%(order)s is not confirmed.", order=self.order_id.name),
                                 self.env._("sales"), is_absolute=True))
        if all(move.state in ("done", "cancel") for move in moves):
            found.append(Problem("goods", self.env._("Nothing is to leave any more: cancel the notice."), desk, True))
        if others := moves.sale_line_id.order_id - self.order_id:
            found.append(Problem("orders", self.env._(
                "Its transfers bring goods of %(orders)s too: split them, each order leaves by a notice of its own.",
                orders=", ".join(others.mapped("name"))), self.env._("store"), True))
        if not self.date_planned or not self.date_arrival:
            found.append(Problem("dates", self._describe_missing_dates(), desk, True))
        elif self.date_arrival < self.date_planned:
            found.append(Problem("dates", self.env._("The goods would arrive before they leave."), desk, True))
        elif self.state == "draft" and self.date_planned < fields.Datetime.now():
            found.append(Problem("dates", self.env._("The time at which the goods leave is over already."), desk, True))
        if not self.contact_name:
            found.append(Problem("contact", self.env._("Whom to call on site is not said."), desk, True))
        return found

    def _describe_missing_dates(self):
        if self.date_planned:
            return self.env._("When the goods arrive is not said.")
        if self.date_arrival:
            return self.env._("When the goods leave is not said.")
        return self.env._("When the goods leave and arrive is not said.")

    def _get_standing_problems(self):
        """What stands against the notices and was not allowed.

        :return: dict of notice: list of :class:`Problem`, of all these notices
        """
        found = self.sudo()._get_release_problems()  # sudo: whoever releases need not read all that is looked at
        return {notice: [problem for problem in found.get(notice.sudo(), [])
                         if problem.is_absolute or problem.code not in (notice.sudo().override_codes or [])]
                for notice in self}

    @api.model
    def _describe_problems(self, problems):
        return "\n".join(self.env._("%(problem)s → %(cure)s", problem=problem.text, cure=problem.cure)
                         for problem in problems)

    def _check_problems(self):
        """:raise UserError: something stands against one of the notices; all of it is named, with who cures it"""
        for notice, problems in self._get_standing_problems().items():
            if problems:
                raise UserError(self.env._(
                    "%(notice)s of %(order)s must not leave:\n%(problems)s", notice=notice.name,
                    order=notice.sudo().order_id.name, problems=self._describe_problems(problems)))

    def action_ask_override(self, reason=None):
        """Ask that the goods may leave all the same.

        :param reason: why
        :raise AccessError: not the order desk
        :raise UserError: no reason, nothing that could be allowed, or nobody who could
        """
        self.ensure_one()
        self._check_groups(DESK)
        self.check_access("read")
        self._lock()
        self._check_state("draft", "released")
        self._check_reason(reason)
        problems = self._get_standing_problems()[self]
        if not problems:
            raise UserError(self.env._("%(notice)s: nothing stands against it.", notice=self.name))
        if absolute := [problem for problem in problems if problem.is_absolute]:
            raise UserError(self.env._(
                "%(notice)s: nobody can allow this, it has to be cured:\n%(problems)s", notice=self.name,
                problems=self._describe_problems(absolute)))
        self._write_signed({
            "override_asked_by": self.env.uid, "override_asked_on": fields.Datetime.now(), "override_reason": reason,
            "override_asked_codes": [problem.code for problem in problems], "override_by": False,
            "override_on": False, "override_codes": False})
        self._log(self.env._("Asked to leave all the same: %(reason)s\n%(problems)s", reason=reason,
                             problems=self._describe_problems(problems)))
        self._ask_head()
        return True

    def action_allow(self, reason=None):
        """Let the goods leave all the same: what stood against them when it was asked, nothing else.

        :param reason: why
        :raise AccessError: no head of the order desk, or the one who asked
        :raise UserError: nobody has asked, or no reason
        """
        self._answer_override(reason, True)
        return True

    def action_refuse(self, reason=None):
        """The goods stay.

        :param reason: why
        :raise AccessError: no head of the order desk, or the one who asked
        :raise UserError: nobody has asked, or no reason
        """
        self._answer_override(reason, False)
        return True

    def _answer_override(self, reason, is_allowed):
        self.ensure_one()
        self._check_groups(HEAD)
        self.check_access("read")
        self._lock()
        self._check_state("draft", "released")
        notice = self.sudo()  # sudo: written by this answer only; the right was checked
        if not notice.override_asked_by or notice.override_by:
            raise UserError(self.env._("%(notice)s: nobody asks for anything.", notice=self.name))
        if notice.override_asked_by == self.env.user:
            raise AccessError(self.env._("%(notice)s: you have asked, another person answers.", notice=self.name))
        self._check_reason(reason)
        if is_allowed:
            notice.write({"override_by": self.env.uid, "override_on": fields.Datetime.now(),
                          "override_codes": notice.override_asked_codes})
            self._log(self.env._("Allowed to leave all the same: %(reason)s", reason=reason))
        else:
            notice.write(self._prepare_no_override())
            self._log(self.env._("Not allowed to leave: %(reason)s", reason=reason))
        notice.activity_unlink([ALLOW])

    def _prepare_no_override(self):
        return dict.fromkeys((
            "override_asked_by", "override_asked_on", "override_asked_codes", "override_reason", "override_by",
            "override_on", "override_codes"), False)

    def _check_reason(self, reason):
        if not is_reason(reason):
            raise UserError(self.env._("%(notice)s: say why, in words.", notice=self._describe()))

    def _ask_head(self):
        """One of those who may allow it; the administrator is asked last."""
        notice = self.sudo()  # sudo: whoever asks need not see the users
        heads = self.company_id._get_delivery_people(HEAD) - self.env.user
        if not heads:
            raise UserError(self.env._(
                "%(notice)s: nobody else can allow it. Give somebody the group \"%(group)s\".", notice=self.name,
                group=self.env.ref(HEAD).sudo().display_name))
        notice.activity_unlink([ALLOW])
        notice.message_subscribe(heads[0].partner_id.ids)
        notice.with_context(lang=heads[0].lang).activity_schedule(
            ALLOW, user_id=heads[0].id, date_deadline=self.company_id._get_today(),
            summary=self.with_context(lang=heads[0].lang).env._("%(notice)s waits for your answer", notice=self.name))

    def _log(self, text, user=None):
        """What happened, in the history that nobody rewrites, by whoever did it."""
        self.sudo()._message_log_batch(  # sudo: who did it need not write the notice
            bodies=dict.fromkeys(self.ids, plaintext2html(text)),
            author_id=(user or self.env.user).partner_id.id)
