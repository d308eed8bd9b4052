from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

from .supplier_promise import STAFF

DECIDE = "supplier_promise.mail_activity_type_decide"
REPORT_TYPE = "supplier_promise.mail_activity_type_report"


class SupplierPromise(models.Model):
    """Accepted, refused, reported to the head with a countermeasure (PUR-6, PUR-8)."""

    _inherit = "supplier.promise"
    _transitions = {
        "accept": Transition(("proposed",), "accepted", STAFF),
        "refuse": Transition(("proposed",), "refused", STAFF),
        "replace": Transition(("proposed",), "replaced"),
    }

    def action_accept(self):
        """Accept the promised dates: order lines and receipts follow, line by line (PUR-8).

        :raise AccessError: no buyer
        :raise UserError: decided already, or the order is cancelled or closed
        """
        self._decide("accept")
        self.sudo().line_id._apply_promises()  # sudo: the right was checked, receipts are the store's
        self.line_id.confirmation_ids._after_promises()
        self._on_accepted()
        return True

    def action_refuse(self):
        """Refuse the promised dates: the planned ones stay, the supplier is to be urged.

        :raise AccessError: no buyer
        :raise UserError: decided already
        """
        self._decide("refuse")
        self._close_activities(REPORT_TYPE)
        self.line_id.confirmation_ids._after_promises()
        return True

    def action_report(self):
        """Report the late date to the head, with the countermeasure (PUR-6).

        :raise UserError: no countermeasure, or nobody to report to
        """
        for promise in self:
            promise.check_access("read")
            promise._check_groups(*STAFF)
            promise._lock()
            promise._report()
        return True

    def action_view_order(self):
        """Open the purchase order."""
        self.ensure_one()
        return self.order_id._get_records_action()

    def _decide(self, operation):
        """Check and sign a decision; two people who decide at once meet on the order."""
        self.check_access("read")
        orders = self.sudo().order_id  # sudo: to be locked, whoever decides
        orders._lock()
        self._check_transition(operation)
        if operation == "accept":
            orders._check_answerable()
        self._write_transition(operation, decided_by=self.env.uid, decided_on=fields.Datetime.now())
        self._close_activities(DECIDE)

    def _accept_by_itself(self):
        """A date that is not worse needs nobody's decision."""
        self._write_transition("accept", decided_on=fields.Datetime.now())
        self.line_id._apply_promises()
        self._on_accepted()

    def _replace(self):
        """A newer word of the supplier takes the place of these."""
        open_ones = self.filtered(lambda promise: promise.state == "proposed")
        if open_ones:
            open_ones._transit("replace", decided_by=self.env.uid, decided_on=fields.Datetime.now())
            open_ones._close_activities(DECIDE, REPORT_TYPE)

    def _close_activities(self, *types):
        # sudo: to-dos of others, done by whoever decides
        self.sudo().activity_unlink(list(types))

    def _report(self):
        """Sign the report and give it to the head."""
        self.ensure_one()
        if self.reported_on:
            return
        if not self.countermeasure_kind or not is_reason(self.countermeasure):
            raise UserError(self.env._(
                "%(promise)s: choose a countermeasure and say in a few words what is done; then report it.",
                promise=self.display_name))
        head = self._get_head()
        if not head:
            raise UserError(self.env._(
                "%(promise)s: there is nobody to report to. Give the department %(department)s a manager, or the "
                "company a general manager.", promise=self.display_name,
                department=self.sudo().department_id.name or "–"))
        self._write_signed({
            "reported_on": fields.Datetime.now(), "reported_by": self.env.uid, "head_id": head.id})
        words = self.sudo().with_context(lang=head.lang)  # sudo: a to-do for the head, who reads it
        words.activity_schedule(
            REPORT_TYPE, user_id=head.id, note=words.env._(
                "%(supplier)s will be late: %(kind)s. %(text)s", supplier=self.partner_id.display_name,
                kind=words._get_selection_label("countermeasure_kind"), text=self.countermeasure))

    def _get_head(self):
        """Whom the buyer reports to: the next manager above him, else the general manager."""
        self.ensure_one()
        department, company = self.sudo().department_id, self.sudo().company_id  # sudo: hr is hidden from buyers
        for _department, user in department._get_managers(company):
            if user and user != self.user_id:
                return user.sudo(False)
        general = department._get_general_manager(company)
        return general if general != self.user_id else general.browse()

    def _ask_to_decide(self):
        """The buyer decides about a date that is worse."""
        for promise in self:
            if promise.user_id:
                words = promise.with_context(lang=promise.user_id.lang)  # not the supplier's, whose page may ask
                words.activity_schedule(DECIDE, user_id=promise.user_id.id, note=words.env._(
                    "Later by %(days)s days. Accept or refuse it; within 30 minutes report it to your head with a "
                    "countermeasure.", days=promise.days_moved))

    def _on_accepted(self):
        """Hook: these promises have been accepted, the lines and receipts carry their dates."""
