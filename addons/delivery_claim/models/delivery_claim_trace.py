import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.order_delivery.models.delivery_notice import LOGISTICS

from .delivery_claim import OPEN

_logger = logging.getLogger(__name__)


class DeliveryClaim(models.Model):
    """Goods that have not arrived are traced with the carrier, and the customer is answered (DLV-6)."""

    _inherit = "delivery.claim"
    _transitions = {
        "arrive": Transition(OPEN, "closed", (LOGISTICS,)),
        "lose": Transition(("filed", "answered"), "closed", (LOGISTICS,)),
    }

    promised_on = fields.Date(
        string="Promised Arrival", readonly=True, copy=False, help="When the carrier says that the goods arrive.")
    outcome = fields.Selection(
        [("arrived", "Arrived Later"), ("lost", "Lost")], string="Came out of It", readonly=True, copy=False,
        tracking=True)
    arrived_on = fields.Date(string="Arrived on", readonly=True, copy=False)
    trace_id = fields.Many2one(
        "delivery.claim", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        check_company=True, help="The trace that found the goods lost.")
    claim_ids = fields.One2many("delivery.claim", "trace_id", string="Claims", readonly=True)
    customer_told_on = fields.Datetime(string="Customer Answered", readonly=True, copy=False)
    customer_told_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")

    def action_arrived(self, day=None, note=None):
        """The traced goods have arrived after all.

        :param day: on which day
        :param note: how it is known
        :raise AccessError: not logistics
        :raise UserError: no open trace, or a day that cannot be
        """
        self._check_transition("arrive")
        day = fields.Date.to_date(day)
        for claim in self:
            claim._check_trace()
            company = claim.company_id
            if not day or not company._get_day(claim.notice_id.shipped_on) <= day <= company._get_today():
                raise UserError(self.env._(
                    "%(claim)s: say when the goods arrived, between their shipment and today.", claim=claim.name))
        self._write_transition(
            "arrive", outcome="arrived", arrived_on=day, closed_by=self.env.uid, closed_on=fields.Datetime.now())
        self._end_todos()
        self._log(self.env._("The goods arrived on %(day)s. %(note)s", day=day, note=note or ""))
        return True

    def action_lost(self, reason=None):
        """The carrier has lost the goods: the trace ends with a claim.

        :param reason: what he says
        :raise AccessError: not logistics
        :raise UserError: no trace that the carrier was asked about, or no reason
        :return: action that opens the claim
        """
        self.ensure_one()
        self._check_transition("lose")
        self._check_trace()
        self._check_reason(reason)
        self._write_transition(
            "lose", outcome="lost", closed_by=self.env.uid, closed_on=fields.Datetime.now())
        self._end_todos()
        self._log(self.env._("Lost: %(reason)s", reason=reason))
        crates = self.sudo().crate_ids.filtered(lambda crate: crate.state == "open")  # sudo: the desk need not see them
        claim = self._make(
            self.notice_id, "lost", crates, trace_id=self.id, description=reason, forwarder_id=self.forwarder_id.id,
            user_id=self.user_id.id)
        return claim._get_records_action()

    def action_tell_customer(self):
        """Answer the customer by mail, in his language: what is known, and what happens next.

        :raise AccessError: neither logistics nor the salesperson
        :raise UserError: cancelled, or he has no mail address
        """
        self._check_may_tell()
        for claim in self.sudo():  # sudo: whoever answers need not read order and customer
            template = claim.env.ref("delivery_claim.mail_template_claim")
            whom = (claim.notice_id.partner_id | claim.customer_id).filtered("email")[:1]
            if not whom:
                raise UserError(self.env._(
                    "%(customer)s has no mail address: call him, then press \"Customer Told\".",
                    customer=claim.customer_id.display_name))
            template.send_mail(
                claim.id, email_values={"recipient_ids": [fields.Command.link(whom.id)]},
                email_layout_xmlid="mail.mail_notification_light")
            claim.with_env(self.env)._log(self.env._("%(customer)s was answered by mail.", customer=whom.display_name))
        return self._note_told()

    def action_customer_told(self):
        """The customer was answered by phone.

        :raise AccessError: neither logistics nor the salesperson
        :raise UserError: cancelled
        """
        self._check_may_tell()
        self._log(self.env._("The customer was answered by phone."))
        return self._note_told()

    def action_view_claims(self):
        """Open the claims that came out of the trace."""
        self.ensure_one()
        return self.claim_ids._get_records_action(name=self.env._("Claims"))

    def _check_may_tell(self):
        self.check_access("read")
        for claim in self:
            if claim.sales_user_id != self.env.user:
                claim._check_groups(LOGISTICS)
        self._lock()
        self._check_state("draft", "filed", "answered", "settled", "closed")

    def _note_told(self):
        self._write_signed({"customer_told_on": fields.Datetime.now(), "customer_told_by": self.env.uid})
        self._end_todos("tell")
        return True

    def _get_living_fields(self):
        return super()._get_living_fields() | {"customer_told_on", "customer_told_by"}

    def _check_trace(self):
        if self.kind != "not_arrived":
            raise UserError(self.env._("%(claim)s is a claim, no trace.", claim=self.name))

    @api.model
    def _end_traces(self, notices):
        """What is signed for has arrived."""
        traces = self.search([
            ("notice_id", "in", notices.ids), ("kind", "=", "not_arrived"), ("state", "in", OPEN)])
        for trace in traces:
            day = min(trace.notice_id.signed_on or trace.company_id._get_today(), trace.company_id._get_today())
            trace.action_arrived(day, trace.with_context(lang=trace.user_id.lang).env._("The receipt was signed."))

    @api.model
    def _cron_trace(self):
        """Open a trace for each delivery that should have arrived, and of which no receipt has come back."""
        notices = self._get_overdue_notices()
        self.env["ir.cron"]._commit_progress(remaining=len(notices))
        for notice in notices:
            try:
                with self.env.cr.savepoint():
                    notice._lock()
                    if notice in self._get_overdue_notices(notice):  # nobody was quicker
                        self.with_context(lang=notice.user_id.lang)._make(notice, "not_arrived")
            except Exception:  # one that fails does not hold up the others, and is tried again tomorrow
                _logger.exception("%s: no trace could be opened", notice.name)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _get_overdue_notices(self, notices=None):
        """Notices that should have arrived so many days ago, by their company's setting, and were never traced."""
        domain = [("state", "=", "shipped"), ("date_arrival", "<", fields.Datetime.now()),
                  ("carriage", "!=", "customer"), ("company_id.delivery_trace_days", ">", 0),
                  ("claim_ids", "not any", [("kind", "=", "not_arrived"), ("state", "!=", "cancelled")])]
        if notices is not None:
            domain.append(("id", "in", notices.ids))
        return self.env["delivery.notice"].search(domain, order="date_arrival, id").filtered(
            lambda notice: notice.company_id._get_day(notice.date_arrival) + timedelta(
                days=notice.company_id.delivery_trace_days) < notice.company_id._get_today())
