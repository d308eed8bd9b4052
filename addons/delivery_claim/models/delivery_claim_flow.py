from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.entered_values import is_number
from odoo.addons.document_control.tools.reason import is_reason
from odoo.addons.order_delivery.models.delivery_notice import HEAD, LOGISTICS

TODOS = ("claim", "trace", "answer", "tell")


class DeliveryClaim(models.Model):
    """Filed with the carrier, answered, settled, closed; cancelled with a reason (DLV-7)."""

    _inherit = "delivery.claim"
    _transitions = {
        "file": Transition(("draft",), "filed", (LOGISTICS,)),
        "answer": Transition(("filed", "answered"), "answered", (LOGISTICS,)),
        "settle": Transition(("filed", "answered"), "settled", (HEAD,)),
        "close": Transition(("settled",), "closed", (LOGISTICS,)),
        "cancel": Transition(("draft", "filed", "answered"), "cancelled", (LOGISTICS,)),
    }

    def action_file(self, late_reason=None):
        """File the claim with the carrier, or ask him where the goods are.

        :param late_reason: why it is filed after the carrier's period, where it is over
        :raise AccessError: not logistics
        :raise UserError: something is missing; the carrier's period is over and nobody says why
        """
        self._check_transition("file")
        for claim in self:
            claim._check_complete()
            if claim._is_late() and not is_reason(late_reason):
                raise UserError(self.env._(
                    "%(claim)s: the carrier takes claims until %(day)s, which is over. It can be filed with the "
                    "reason only; the carrier may refuse it.", claim=claim.name, day=claim.notice_until))
        late = self.filtered(lambda claim: claim._is_late())
        late._write_signed({"late_reason": late_reason})
        late._log(self.env._("Filed after the carrier's period: %(reason)s", reason=late_reason))
        self.sudo().attachment_ids._seal()  # sudo: as they were filed
        self._write_transition("file", filed_by=self.env.uid, filed_on=fields.Datetime.now())
        self._end_todos("claim")
        return True

    def action_answer(self, text=None, promised_on=None, attachments=None):
        """Take down what the carrier answers; he may answer again.

        :param text: his words
        :param promised_on: of a trace: the day on which he will deliver
        :param attachments: ``ir.attachment``, or their ids: his letter
        :raise AccessError: not logistics, or one of the files is not his
        :raise UserError: not filed, nothing said, or a day that is over
        """
        self.ensure_one()
        self._check_transition("answer")
        if not is_reason(text):
            raise UserError(self.env._("%(claim)s: write what the carrier answers.", claim=self.name))
        day = fields.Date.to_date(promised_on)
        if day and (self.kind != "not_arrived" or day < self.company_id._get_today()):
            raise UserError(self.env._("%(claim)s: the carrier promises a day from today on.", claim=self.name))
        self._keep_papers(attachments)
        self._write_transition("answer", answered_on=fields.Datetime.now(), answer_text=text, promised_on=day or False)
        self._end_todos("answer", "trace")
        self._log(self.env._("The carrier answers: %(text)s", text=text))
        return True

    def action_settle(self, amount=None, currency=None, note=None, attachments=None):
        """Settle the claim: what the carrier pays or lets off; nothing where he pays nothing.

        :param amount: what comes back
        :param currency: ``res.currency``, or its id; else that of the claim
        :param note: what was agreed
        :param attachments: ``ir.attachment``, or their ids: the agreement
        :raise AccessError: not the head of the order desk, or who has filed it
        :raise UserError: not filed, a trace, no cause, an amount that cannot be, or nothing said
        """
        self.ensure_one()
        self._check_transition("settle")
        if self.filed_by == self.env.user and not self.env.su:
            raise AccessError(self.env._("%(claim)s: you have filed it, another person settles it.", claim=self.name))
        currency = self.env["res.currency"].browse(getattr(currency, "id", currency) or []).exists() or self.currency_id
        self._check_settlement(amount, currency, note)
        self._keep_papers(attachments)
        self._write_transition(
            "settle", settled_by=self.env.uid, settled_on=fields.Datetime.now(), settled_amount=amount,
            settlement_currency_id=currency.id, settlement_note=note)
        self._end_todos()
        self._log(self.env._("Settled with %(amount)s: %(note)s", amount=currency.format(amount), note=note))
        return True

    def action_close(self):
        """Close it for good.

        :raise AccessError: not logistics
        :raise UserError: not settled
        """
        self._transit("close", closed_by=self.env.uid, closed_on=fields.Datetime.now())
        return True

    def action_cancel(self, reason=None):
        """Cancel a claim that was none; its crates are free for another one, and the freight is.

        :param reason: why
        :raise AccessError: not logistics; of a claim that is filed, not the head of the order desk
        :raise UserError: settled already, or no reason
        """
        self._check_transition("cancel")
        for claim in self:
            claim._check_reason(reason)
            if claim.state != "draft":
                claim._check_groups(*self._get_deciders())
        self._write_transition("cancel", closed_by=self.env.uid, closed_on=fields.Datetime.now())
        self._end_todos()
        self._log(self.env._("Cancelled: %(reason)s", reason=reason))
        return True

    def action_say(self):
        """Open the window that asks for what the step that the context names needs."""
        self.ensure_one()
        kind = self.env.context.get("claim_say")
        titles = self.env["delivery.claim.say"]._get_selection_labels("kind")
        return {
            "type": "ir.actions.act_window", "res_model": "delivery.claim.say", "view_mode": "form", "target": "new",
            "name": titles.get(kind, self.name), "context": {"default_claim_id": self.id, "default_kind": kind}}

    def _is_late(self):
        """Whether the carrier takes it no more."""
        self.ensure_one()
        return bool(self.notice_until and self.notice_until < self.company_id._get_today())

    def _check_complete(self):
        """:raise UserError: what is missing for the carrier"""
        if self.kind == "not_arrived":
            return
        if not self.forwarder_id:
            raise UserError(self.env._("%(claim)s: say against whom it is claimed: carrier or insurer.",
                                       claim=self.name))
        today, left = self.company_id._get_today(), self.company_id._get_day(self.notice_id.shipped_on)
        if not self.received_on or not left <= self.received_on <= today:
            raise UserError(self.env._("%(claim)s: say when the goods were received, between their shipment and today.",
                                       claim=self.name))
        if not self.line_ids:
            raise UserError(self.env._("%(claim)s names no goods.", claim=self.name))
        for line in self.line_ids:
            if line.uom_id.compare(line.quantity, 0) <= 0:
                raise UserError(self.env._(
                    "%(claim)s: say how much of %(goods)s is concerned, or take the line away.", claim=self.name,
                    goods=line.product_id.display_name))
        if self.currency_id.compare_amounts(self.amount, 0) <= 0:
            raise UserError(self.env._("%(claim)s claims nothing: say what the goods are worth.", claim=self.name))

    def _check_settlement(self, amount, currency, note):
        if self.kind == "not_arrived":
            raise UserError(self.env._("%(claim)s is a trace: say what came out of it.", claim=self.name))
        if not self.cause_id:
            raise UserError(self.env._("%(claim)s: say what the cause was first.", claim=self.name))
        if amount is None or amount is False or not is_number(amount) or amount < 0:
            raise UserError(self.env._("%(claim)s: say what comes back; 0 where nothing does.", claim=self.name))
        if currency == self.currency_id and currency.compare_amounts(amount, self.amount) > 0:
            raise UserError(self.env._("%(claim)s: more comes back than was claimed. Look at the amount again.",
                                       claim=self.name))
        self._check_reason(note)

    @api.model
    def _get_files(self, attachments):
        return self.env["ir.attachment"].browse(getattr(attachments, "ids", attachments) or []).exists()

    def _keep_papers(self, attachments):
        """Papers that come with a step belong to the claim, and stay as they are."""
        if files := self._get_files(attachments):
            papers = files._adopt(self)
            papers._seal()
            self._write_signed({"attachment_ids": [fields.Command.link(paper.id) for paper in papers]})

    def _check_reason(self, reason):
        if not is_reason(reason):
            raise UserError(self.env._("%(claim)s: say why, in words.", claim=self._describe()))

    def _end_todos(self, *kinds):
        self.sudo().activity_unlink([  # sudo: to-dos of others
            f"delivery_claim.mail_activity_type_{kind}" for kind in kinds or TODOS])

    def _log(self, text):
        """What happened, in the history that nobody rewrites, by whoever did it."""
        self.sudo()._message_log_batch(  # sudo: who did it need not write the claim
            bodies=dict.fromkeys(self.ids, plaintext2html(text)), author_id=self.env.user.partner_id.id)
