from odoo import api, models
from odoo.exceptions import ValidationError


class MailActivity(models.Model):
    _inherit = "mail.activity"

    @api.constrains("user_id", "res_id", "res_model_id")
    def _check_exception_insider(self):
        for activity in self.sudo().filtered(lambda activity: activity.res_model == "order.exception"):
            exception = self.env["order.exception"].sudo().browse(activity.res_id).exists()
            if exception.restricted and activity.user_id and activity.user_id not in exception._get_insiders():
                raise ValidationError(self.env._(
                    "%(exception)s is restricted: to-dos on it are for those named in it and for the management.",
                    exception=exception.name))
