from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .sampling_words import plain


class QualityNonconformity(models.Model):
    _inherit = "quality.nonconformity"

    inspector_id = fields.Many2one(
        "res.users", index=True, ondelete="restrict", copy=False, tracking=True,
        domain="[('share', '=', False)]", help="Has to react within the limit (20 working minutes).")
    reactor_id = fields.Many2one(
        "res.users", string="Reacts", compute="_compute_reactor_id", store=True, ondelete="set null",
        help="The inspector; while none is named, the head of quality.")
    opened_at = fields.Datetime(readonly=True, copy=False)
    reaction_at = fields.Datetime(string="Taken At", readonly=True, copy=False)
    escalated_at = fields.Datetime(readonly=True, copy=False)
    escalation_reason = fields.Text(readonly=True, copy=False)
    head_id = fields.Many2one(
        "res.users", string="Head of Quality", readonly=True, index="btree_not_null", ondelete="restrict", copy=False,
        help="Has to answer within the limit (30 working minutes) what the inspector could not solve.")
    head_answered_at = fields.Datetime(string="Answered At", readonly=True, copy=False)
    head_answer = fields.Text(readonly=True, copy=False)
    gm_escalated_at = fields.Datetime(string="With the General Manager Since", readonly=True, copy=False)
    can_answer = fields.Boolean(compute="_compute_can_answer", export_string_translation=False)

    @api.depends("inspector_id", "head_id")
    def _compute_reactor_id(self):
        for record in self:
            record.reactor_id = record.inspector_id or record.head_id

    @api.depends("state", "escalated_at", "head_answered_at", "gm_escalated_at")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        for record in self:
            record.can_answer = (
                record.state in ("open", "review") and record.escalated_at and not record.head_answered_at
                and record._is_answerer())

    def action_open(self):
        """Report it to quality: the inspector's clock starts (NCR-1, NCR-2); own process: the leader is told (NCR-3).

        :raise UserError: not a draft, or neither a defect nor a description was given
        """
        for record in self:
            record._check_transition("open")
            if not record.defect_line_ids and not (record.description or "").strip():
                raise UserError(self.env._(
                    "%(document)s: enter at least one defect, or describe what was found.", document=record.name))
            record.sudo()._open()  # sudo: whoever reports does not see the staff that is told
        return True

    def action_take(self):
        """The inspector takes it: his reaction is on record, and his clock stops (NCR-2).

        :raise AccessError: not an inspector
        :raise UserError: not open, or another inspector has taken it
        """
        self._check_quality()
        for record in self:
            record._lock()
            record._check_state("open", "review")
            if record.reaction_at:
                raise UserError(self.env._(
                    "%(document)s was taken by %(user)s.", document=record.name, user=record.inspector_id.name))
            record._write_signed({"inspector_id": self.env.uid, "reaction_at": fields.Datetime.now()})
            # sudo: to-dos of whoever was asked
            record.sudo()._done_activities("quality_inspection.mail_activity_type_nonconformity")
        return True

    def action_escalate(self, reason=None):
        """Hand it to the head of quality, who has 30 working minutes to answer (NCR-2).

        :param reason: what the inspector cannot solve
        :raise UserError: already with the head, or not open
        """
        self._check_quality()
        for record in self:
            record._check_state("open", "review")
            if record.escalated_at and not record.head_answered_at:
                raise UserError(self.env._(
                    "%(document)s is already with the head of quality.", document=record.name))
            record.sudo()._escalate(reason)  # sudo: as the clock does it
        return True

    def action_answer(self, answer=None):
        """The head of quality answers, or the general manager once it is with him: the clock stops (NCR-2).

        :param answer: what is to be done
        :raise AccessError: neither of them
        :raise UserError: not escalated
        """
        for record in self:
            record.check_access("read")
            if not record._is_answerer():
                raise AccessError(self.env._(
                    "Only the head of quality answers an escalation, or the general manager once it is with him."))
            if not record.escalated_at or record.head_answered_at:
                raise UserError(self.env._("%(document)s waits for no answer.", document=record.name))
            record._write_signed({
                "head_answered_at": fields.Datetime.now(), "head_id": self.env.uid, "head_answer": answer or False})
            answered = record.sudo()  # sudo: to-dos of whoever was asked
            answered._done_activities("quality_inspection.mail_activity_type_escalation")
            if answer:
                answered.message_post(body=self.env._("Answer to the escalation: %(answer)s", answer=answer))
        return True

    def _is_answerer(self):
        user = self.env.user
        return user.has_group("quality_inspection.group_quality_manager") or bool(
            self.gm_escalated_at and user == self.company_id.sla_general_manager_id)

    def _open(self):
        self.ensure_one()
        self._write_transition("open", opened_at=fields.Datetime.now(), **self._prepare_open_vals())
        self._tell_inspector()
        self._tell_leader()
        self._recognise_repeat()

    def _prepare_open_vals(self):
        """Values given when the report reaches quality: who has to react."""
        inspector = self.inspector_id or self.inspection_id.inspector_id
        return {"inspector_id": inspector.id, "head_id": self.company_id._get_quality_head().id}

    def _tell_inspector(self):
        user = self.inspector_id or self.head_id
        if user and user != self.env.user:
            self.activity_schedule(
                "quality_inspection.mail_activity_type_nonconformity", user_id=user.id,
                summary=self.env._("Take the nonconformity: %(product)s, %(quantity)s %(unit)s.",
                                product=self.product_id.display_name, quantity=plain(self.quantity),
                                unit=self.product_uom_id.name))

    def _tell_leader(self):
        """Own process: the operator reworks, his leader is told (NCR-3)."""
        if self.own_process and self.leader_id and self.leader_id != self.env.user:
            self.activity_schedule(
                "quality_inspection.mail_activity_type_rework_leader", user_id=self.leader_id.id,
                summary=self.env._("Your team made nonconforming goods: %(product)s, %(quantity)s %(unit)s.",
                                product=self.product_id.display_name, quantity=plain(self.quantity),
                                unit=self.product_uom_id.name))

    def _escalate(self, reason=None):
        """To the head of quality; called by the inspector, or by the clock when he did not react in time (NCR-2)."""
        for record in self:
            head = record.company_id._get_quality_head()
            record.write({
                "escalated_at": fields.Datetime.now(), "escalation_reason": reason or False, "head_id": head.id,
                "head_answered_at": False, "head_answer": False, "gm_escalated_at": False})
            if head:
                record.activity_schedule(
                    "quality_inspection.mail_activity_type_escalation", user_id=head.id,
                    summary=reason or self.env._("The inspector did not take the nonconformity in time."))

    @api.model
    def _escalate_late(self, records):
        """Step of the inspector's clock: nobody took it in time, so it goes to the head (NCR-2)."""
        records.sudo().filtered(  # sudo: the clock's step runs as the system
            lambda record: record.state in ("open", "review") and not record.reaction_at
            and not record.escalated_at)._escalate()

    @api.model
    def _escalate_to_general_manager(self, records):
        """Step of the head's clock: what quality does not solve goes to the general manager (NCR-2)."""
        records.sudo().filtered(  # sudo: the clock's step runs as the system
            lambda record: record.escalated_at and not record.head_answered_at and not record.gm_escalated_at
        ).write({"gm_escalated_at": fields.Datetime.now()})

    def _check_quality(self):
        self._check_groups("quality_inspection.group_quality_user")
        self.check_access("write")

    def _done_activities(self, *types):
        self.activity_feedback(list(types))

    def _done_one_activity(self, activity_type, user, summarise):
        """End one of several to-dos of a type; what others were asked, or he himself besides, stays.

        :param user: who was asked; his is taken of those that say the same
        :param summarise: says, in the language of the environment that it gets, what the to-do says
        """
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        summaries = {summarise(self.with_context(lang=code).env) for code in languages}
        todos = self.activity_search([activity_type]).filtered(lambda todo: todo.summary in summaries)
        (todos.filtered(lambda todo: todo.user_id == user) or todos)[:1].action_feedback()
