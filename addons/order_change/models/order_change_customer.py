from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.models.document_control_mixin import Transition

PROOF = ("contract", "technical")


class OrderChange(models.Model):
    """The customer countersigns what costs more or comes later, on the portal or in a document (CHG-7)."""

    _inherit = "order.change"
    _transitions = {"refuse": Transition(("customer",), "rejected")}

    customer_required = fields.Boolean(
        string="Customer countersigns", compute="_compute_customer_required", store=True,
        help="It costs more or comes later, or we ask for what was agreed with the customer to be otherwise.")
    customer_state = fields.Selection(
        [("none", "Not asked"), ("waiting", "To be answered"), ("accepted", "Accepted"), ("refused", "Refused")],
        string="Customer's answer", required=True, default="none", readonly=True, copy=False, tracking=True)
    customer_signed_by = fields.Char(readonly=True, copy=False, help="Person who answered for the customer.")
    customer_signed_on = fields.Datetime(readonly=True, copy=False)
    customer_signature = fields.Image(readonly=True, copy=False, attachment=True, max_width=1024, max_height=1024)
    customer_note = fields.Text(readonly=True, copy=False)
    customer_attachment_id = fields.Many2one(
        "ir.attachment", string="Written answer", readonly=True, copy=False, ondelete="restrict",
        index="btree_not_null")
    customer_recorded_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    customer_user_id = fields.Many2one(
        "res.users", string="Logged in as", readonly=True, copy=False, ondelete="restrict",
        help="Who was logged in when the customer answered on the portal; empty: nobody, it came by the link.")
    customer_address = fields.Char(
        string="Answered from", readonly=True, copy=False, help="Network address from which the portal was used.")
    can_record_customer = fields.Boolean(
        compute="_compute_can_record_customer", export_string_translation=False)

    @api.depends("amount_supplement", "delay_days", "source", "line_ids.kind",
                 "line_ids.document_id", "review_id.stage")
    def _compute_customer_required(self):
        for change in self:
            change.customer_required = change._is_customer_required()

    def _is_with_customer(self):
        """Whether the customer can still answer: he was asked, and the change was not withdrawn since."""
        return self.state == "customer" and self.customer_state == "waiting"

    def _is_customer_required(self):
        change = self.sudo()  # amounts, whoever asks
        currency = change.currency_id or change.company_id.currency_id
        dearer = currency.compare_amounts(change.amount_supplement, 0) > 0
        ours = change.source != "customer" and any(line._is_agreed_upon() for line in change.line_ids)
        told = change.review_id.stage == "cleared" and change.review_id._get_customer_conditions()
        return bool(dearer or change.delay_days or ours or told)

    @api.depends("state", "customer_state", "user_id")
    @api.depends_context("uid")
    def _compute_can_record_customer(self):
        for change in self:
            change.can_record_customer = change._is_with_customer() and change._may_handle()

    def action_record_customer(self):
        """Open the dialog that records the customer's written answer."""
        return self._open_dialog(self.env._("Customer's Answer"), "order.change.answer")

    def _ask_customer(self):
        """The customer reads the change on the portal, and is written to."""
        self.ensure_one()
        self._check_transition("ask")
        self._write_transition("ask", customer_state="waiting")
        template = self.env.ref("order_change.mail_template_customer", raise_if_not_found=False)
        if template:
            template.send_mail(self.id)

    def _answer_customer(self, answer, name, signature=None, note=None, attachment=None, recorded_by=None, origin=None):
        """The customer accepts or refuses the change, once.

        :param answer: accepted or refused
        :param name: person who answered for the customer
        :param signature: drawn on the portal; or an ``attachment`` proves the answer
        :param origin: values of who was logged in, where, for an answer on the portal
        :raise UserError: not waiting for the customer, no proof, no reason, or the order has changed
        """
        self.ensure_one()
        change = self.sudo()  # the callers checked the link, or the right to record the answer
        change._lock(wait=False)
        change._check_state("customer")
        change._check_state("waiting", field="customer_state")
        change._check_customer_answer(answer, name, signature, note, attachment)
        attachment = attachment._adopt(change) if attachment else self.env["ir.attachment"]
        attachment._seal()
        change.write({
            "customer_signed_by": name.strip(),
            "customer_signed_on": fields.Datetime.now(),
            "customer_signature": signature,
            "customer_note": note,
            "customer_attachment_id": attachment.id,
            "customer_recorded_by": recorded_by.id if recorded_by else False,
            "customer_state": answer,
            **(origin or {}),
        })
        change._seal_signature()
        change._after_customer(note)

    def _after_customer(self, note):
        if self.customer_state == "refused":
            self._write_transition("refuse", closing_reason=note)
            self._close_activities()
            self._tell_asker(self.env._(
                "%(change)s: refused by the customer: %(reason)s", change=self.name, reason=note))
        else:
            self._proceed()

    def _check_customer_answer(self, answer, name, signature, note, attachment):
        if not (isinstance(name, str) and name.strip()):  # the page's script sends whatever it likes
            raise UserError(self.env._("Who answers for the customer? Give the name."))
        if answer == "refused":
            self.env["order.review"]._check_reason(
                note, self.env._("Please tell us why, so that we can make another proposal."))
            return
        if not (signature or attachment):
            raise UserError(self.env._(
                "The customer's agreement needs a signature or a document that proves it."))
        if signature:
            self.order_id._check_signature(signature)
        self._check_order_open()
        self._check_not_stale()

    def _check_written_proof(self):
        """A customer's change is made on his written word: his signature, or the request that he wrote (CHG-5, CHG-7).

        :raise UserError: there is none
        """
        if self.source == "customer" and self.kind in PROOF and not self._is_agreed():
            raise UserError(self.env._(
                "%(change)s: attach the customer's written request, or have him sign, before it is approved.",
                change=self.name))

    def _is_agreed(self):
        """Whether the customer has agreed in writing."""
        if self.customer_state == "accepted":
            return True
        return not self.customer_required and self.source == "customer" and bool(self.sudo().attachment_ids)

    def _seal_signature(self):
        self.env["ir.attachment"].search([
            ("res_model", "=", self._name), ("res_id", "in", self.ids), ("res_field", "=", "customer_signature"),
        ])._seal()

    @api.model
    def _get_signed_fields(self):
        """What the customer has signed, and that he has: it stays so while the change is still under way."""
        return {
            "line_ids", "amount_before", "amount_after", "date_before", "content_before", "content_after", "reason",
            "customer_signed_by", "customer_signed_on", "customer_signature", "customer_note", "customer_attachment_id",
            "customer_recorded_by", "customer_user_id", "customer_address", "kind", "order_id", "level"}
