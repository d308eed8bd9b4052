from odoo import fields, models

from ..kernel import periods

READERS = "order_indicator.group_order_indicator_user"


class OrderIndicatorSubscription(models.Model):
    """Who gets the weekly digest of a company, and for which week he had it last."""

    _name = "order.indicator.subscription"
    _description = "Subscription of the Weekly Digest"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    last_week = fields.Date(readonly=True, help="Monday of the week in which the last digest was made.")

    _user_uniq = models.Constraint(
        "UNIQUE(user_id, company_id)", "This person already gets the digest of this company.")

    def _serve(self):
        """Make the digest of a subscription, unless another worker has or it was made this week; twice is once."""
        self.ensure_one()
        locked = self.try_lock_for_update()
        locked.invalidate_recordset()
        monday = periods.begin("week", self.company_id._get_today())
        if not locked or locked.last_week == monday:
            return
        if self._is_served():
            self._send()
        self.last_week = monday

    def _is_served(self):
        """Who is archived, has left the company, may not see the board any more or has no address gets nothing."""
        user = self.user_id
        return user.active and user.email and self.company_id in user.company_ids and user.has_group(READERS)

    def _send(self):
        """Queue the mail, in the company's language, with what its reader may see."""
        lang = self.company_id.partner_id.lang or self.user_id.lang
        indicators = self.env["order.indicator"].with_user(self.user_id).with_context(
            lang=lang, tz=self.user_id.tz, allowed_company_ids=self.company_id.ids)
        rows = indicators._get_digest()
        if not rows:
            return
        span = indicators._format_span(indicators._get_periods("last_week").current)
        body = indicators.env["ir.qweb"]._render("order_indicator.digest", {
            "company": self.company_id, "rows": rows, "span": span, "lang": lang,
            "url": f"{self.company_id.get_base_url()}/odoo/managers-board",
        })
        # sudo: the system writes the mail
        self.env["mail.mail"].sudo().create({
            "subject": indicators.env._("%(company)s: week of %(span)s", company=self.company_id.name, span=span),
            "body_html": body, "body": body, "recipient_ids": [fields.Command.link(self.user_id.partner_id.id)],
            "email_from": self.company_id.email_formatted or self.env.user.email_formatted, "auto_delete": False,
        })
