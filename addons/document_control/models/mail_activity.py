from odoo import SUPERUSER_ID, api, models


class MailActivity(models.Model):
    """To-dos that come of what somebody outside did, on a page without login or on the portal, are the system's: he is
    a user of another company maybe, whom the people here may not read, and no form with such a to-do would open."""

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        if not (self.env.su and self.env.user.share):
            return super().create(vals_list)
        system = self.with_user(SUPERUSER_ID)  # already superuser: only the author changes
        return super(MailActivity, system).create(vals_list).with_env(self.env)
