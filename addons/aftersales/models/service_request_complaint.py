from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

from .service_request_mail import NOT_A_PERSON

MANAGER = "aftersales.group_service_manager"
#: What the head writes before he decides.
VERDICT = {"decision", "decision_words"}


class ServiceRequest(models.Model):
    """A complaint is decided by the head of after-sales, and the customer is told (AFT-4)."""

    _inherit = "service.request"
    _transitions = {"decide": Transition(("contacted", "in_progress"), "in_progress", (MANAGER,))}

    wish = fields.Selection(
        [("repair", "Repair"), ("exchange", "Exchange"), ("return", "Return and Refund"), ("reduction", "Reduction"),
         ("damages", "Damages"), ("answer", "Explanation or Apology")], string="What the Customer Wants", tracking=True)
    decision = fields.Selection(
        [("granted", "Granted"), ("partly", "Granted in Part"), ("refused", "Refused")], copy=False, tracking=True)
    decision_words = fields.Text(string="Told to the Customer", copy=False)
    decided_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict", tracking=True)
    decided_on = fields.Datetime(string="Decided", readonly=True, copy=False)
    told_on = fields.Datetime(
        string="Customer Told", readonly=True, copy=False, help="By mail, or by the next call that reached him.")

    def action_decide(self):
        """Decide a complaint, and tell the customer by mail; where he has none by the next call.

        :raise AccessError: not the head of after-sales
        :raise UserError: no complaint, decided already, no decision, or no words for the customer
        """
        self._transit("decide", decided_by=self.env.uid, decided_on=fields.Datetime.now())
        for request in self:
            request._tell_customer()
        return True

    def _tell_customer(self):
        if self.email_normalized:
            template = self.env.ref("aftersales.mail_template_decision")
            template.sudo().with_context(lang=self._get_customer_lang()).send_mail(  # sudo: templates
                self.id, email_values={"headers": repr(NOT_A_PERSON)})
            self._write_signed({"told_on": fields.Datetime.now()})

    def _get_problem(self, operation):
        if operation == "decide":
            return self._get_decide_problem()
        if operation == "solve" and self.kind == "complaint":
            if not self.decided_on:
                return self.env._("%(request)s is a complaint: the head of after-sales decides it first.",
                                  request=self.name)
            if not self.told_on:
                return self.env._("%(request)s: the customer has not been told what was decided. Call him, and log "
                                  "the call.", request=self.name)
        return super()._get_problem(operation)

    def _get_decide_problem(self):
        if self.kind != "complaint":
            return self.env._("%(request)s is no complaint: there is nothing to decide.", request=self.name)
        if self.decided_on:
            return self.env._("%(request)s is decided already, by %(user)s. Reopened it may be decided anew.",
                              request=self.name, user=self.decided_by.name)
        if not self.decision or not is_reason(self.decision_words):
            return self.env._("%(request)s: choose the decision, and write what the customer is told.",
                              request=self.name)
        return ""

    def _write_transition(self, operation, **vals):
        if operation == "reopen":  # he does not agree: what was decided stands in the history
            for request in self.filtered("decided_on"):
                request.message_post(body=self.env._(
                    "Decided before: %(decision)s, %(words)s", words=request.decision_words,
                    decision=request._get_selection_labels("decision")[request.decision]))
            vals.update(decided_by=False, decided_on=False, told_on=False)
        return super()._write_transition(operation, **vals)

    def _get_open_fields(self):
        names = super()._get_open_fields()
        is_head = self.env.user.has_group(MANAGER) and self.state in ("contacted", "in_progress")
        return names | VERDICT if is_head and not self.decided_on else names

    def _get_paper_fields(self):
        return super()._get_paper_fields() | {"wish"}

    def _check_written(self, vals):
        if "kind" in vals and not self.env.su:
            for request in self.filtered("decided_on"):
                if vals["kind"] != request.kind:
                    raise UserError(self.env._("%(request)s is decided: it stays a complaint.", request=request.name))
        return super()._check_written(vals)
