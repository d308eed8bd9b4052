from odoo import models

from .order_evaluation import MANAGEMENT


class OrderException(models.Model):
    """What is restricted leaves by no other way than the record itself, which the record rule guards (EXC-2)."""

    _inherit = "order.exception"

    def _get_insiders(self):
        """Users who may know of it: management, reporter, participants, persons responsible."""
        self.ensure_one()
        exception = self.sudo()  # who is named, whoever asks
        management = self.env.ref(MANAGEMENT).sudo().all_user_ids
        return (management | exception.create_uid | exception.manager_id | exception.participant_ids
                | exception.responsible_ids)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Only insiders follow what is restricted: followers get its messages."""
        result = True
        for restricted, exceptions in self.sudo().grouped("restricted").items():
            for exception in exceptions.with_env(self.env) if restricted else ():
                allowed = set(exception._get_insiders().partner_id.ids)
                result = super(OrderException, exception).message_subscribe(
                    [partner for partner in partner_ids or () if partner in allowed], subtype_ids)
            if not restricted:
                result = super(OrderException, exceptions.with_env(self.env)).message_subscribe(
                    partner_ids, subtype_ids)
        return result

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Nobody else is sent a message, though he be mentioned or written to."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        if len(self) != 1 or not self.sudo().restricted:
            return recipients
        allowed = set(self._get_insiders().partner_id.ids)
        return [recipient for recipient in recipients if recipient["id"] in allowed]
