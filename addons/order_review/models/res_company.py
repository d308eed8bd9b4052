import pytz

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    order_review_policy = fields.Selection(
        [("all", "Every order"), ("non_regular", "Non-regular orders only"), ("none", "No order")],
        string="Orders to review before confirmation", required=True, default="all",
        help="Orders that cannot be confirmed before their review is concluded.")
    contract_needs_down_payment = fields.Boolean(
        string="Contract takes effect on the down payment",
        help="A signed contract takes effect only when the order's prepayment is paid.")

    def _get_review_tz(self):
        """Time zone in which the company's days begin and end, the same for whoever looks."""
        company = self.sudo()  # calendar and address say no more than the zone
        return pytz.timezone(company.resource_calendar_id.tz or company.partner_id.tz or "UTC")

    def _get_review_today(self):
        """Today in the company's time zone."""
        return pytz.utc.localize(fields.Datetime.now()).astimezone(self._get_review_tz()).date()
