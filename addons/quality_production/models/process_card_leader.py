from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

ACTIVITY = "quality_production.mail_activity_type_daily_check"
BATCH = 100


class ProcessCard(models.Model):
    """The team leader's daily check (FQC-1)."""

    _inherit = "process.card"

    def action_daily_check(self, result="ok", note=None, measure=None):
        """The team leader signs today's check of the process (FQC-1).

        :param str result: ``ok`` or ``ng``; a problem needs a note and the measure taken at once
        :raise AccessError: the user leads neither this card nor one of its work centres, nor is he a team leader
        :raise UserError: signed today already, card not running, or nothing written about a problem
        """
        self.ensure_one()
        self.check_access("read")
        self._check_leader()
        self._check_running()
        if result not in ("ok", "ng"):
            raise UserError(self.env._("The daily check is OK or finds a problem."))
        if result == "ng" and not ((note or "").strip() and (measure or "").strip()):
            raise UserError(self.env._("Daily check: write the problem and the measure taken."))
        today = fields.Date.context_today(self)
        # sudo: signed by this action only, the right was checked above
        card = self.sudo()
        if card.check_ids.filtered(lambda check: check.date == today):
            raise UserError(self.env._("Today's check of process card %(name)s is signed already.", name=self.name))
        self.env["process.card.check"].sudo().create({
            "card_id": self.id, "date": today, "user_id": self.env.uid, "result": result,
            "note": note or False, "measure": measure or False})
        card._start()
        card.activity_feedback([ACTIVITY])
        return True

    def _check_leader(self):
        """The user leads this card, one of its work centres, or belongs to the team leaders."""
        self.ensure_one()
        leaders = self.sudo()._get_leader() | self.sudo().line_ids.leader_id  # the leaders, whoever asks
        if self.env.user not in leaders and not self.env.user.has_group("quality_production.group_process_leader"):
            raise AccessError(self.env._(
                "The daily check of process card %(card)s is signed by its team leader: %(leaders)s.",
                card=self.name, leaders=", ".join(leaders.mapped("name")) or self.env._("nobody is named")))

    @api.model
    def _cron_remind_daily_check(self):
        """Ask the leaders of running cards for today's check, each card once; in batches, safe to run twice (FQC-1)."""
        asked = self.env["mail.activity"].search([
            ("res_model", "=", self._name), ("activity_type_id", "=", self.env.ref(ACTIVITY).id)])
        cards = self.search([("is_check_due", "=", True), ("id", "not in", asked.mapped("res_id"))])
        self.env["ir.cron"]._commit_progress(remaining=len(cards))
        for start in range(0, len(cards), BATCH):
            batch = cards[start:start + BATCH]
            for card in batch:
                if leader := card._get_leader():
                    card.activity_schedule(ACTIVITY, user_id=leader.id, summary=card.display_name)
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                return
