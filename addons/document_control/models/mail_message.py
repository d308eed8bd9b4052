from odoo import api, models

CONTENT = {
    "body", "subject", "model", "res_id", "author_id", "email_from", "date", "message_type", "subtype_id", "parent_id",
    "attachment_ids", "tracking_value_ids",
}


class MailMessage(models.Model):
    """What a signed document's history says stays: see ``document.fence.mixin._keeps_message``."""

    _inherit = "mail.message"

    def write(self, vals):
        if CONTENT.intersection(vals):
            self._check_not_kept()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        self._check_not_kept()

    def _check_not_kept(self):
        if self.env.su:
            return
        for name, messages in self.sudo().grouped("model").items():  # what they belong to, whoever asks
            if isinstance(self.env.get(name), self.env.registry["document.fence.mixin"]):
                self.env[name]._check_messages_not_kept(messages)
