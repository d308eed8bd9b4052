from odoo import api, fields, models
from odoo.exceptions import UserError


class OrderReview(models.Model):
    _inherit = "order.review"

    customer_state = fields.Selection(
        [("none", "Not needed"), ("waiting", "To be answered"), ("accepted", "Accepted"), ("refused", "Refused")],
        string="Customer's answer", required=True, default="none", readonly=True, copy=False, tracking=True)
    customer_signed_by = fields.Char(readonly=True, copy=False, help="Person who answered for the customer.")
    customer_signed_on = fields.Datetime(readonly=True, copy=False)
    customer_signature = fields.Image(readonly=True, copy=False, attachment=True, max_width=1024, max_height=1024)
    customer_note = fields.Text(readonly=True, copy=False)
    customer_document_id = fields.Many2one("order.document", readonly=True, copy=False, ondelete="restrict")
    customer_recorded_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    customer_user_id = fields.Many2one(
        "res.users", string="Logged in as", readonly=True, copy=False, ondelete="restrict",
        help="Who was logged in when the customer answered on the portal; empty: nobody, it came by the link.")
    customer_address = fields.Char(
        string="Answered from", readonly=True, copy=False, help="Network address from which the portal was used.")
    can_record_customer = fields.Boolean(compute="_compute_can_record_customer")
    can_look = fields.Boolean(compute="_compute_can_look")

    @api.depends("stage")
    @api.depends_context("uid")
    def _compute_can_record_customer(self):
        for review in self:
            review.can_record_customer = review.stage == "customer" and review._may_record_customer()

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_look(self):
        """Whether the user decides what the customer will see of the conditions; who concludes does so there."""
        is_desk = self.env.user.has_group("order_review.group_order_review_desk")
        for review in self:
            review.can_look = is_desk and review.state == "in_review"

    def action_record_customer(self):
        """Open the dialog that records the customer's written answer."""
        return self._open_dialog(self.env._("Customer's Answer"), "order.review.customer")

    def _may_record_customer(self):
        """The order desk, and the salesperson of the order."""
        return self.env.user.has_group("order_review.group_order_review_desk") or (
            self.env.user.has_group("sales_team.group_sale_salesman") and self.user_id == self.env.user)

    def _answer_customer(self, answer, name, signature=None, note=None, document=None, recorded_by=None,
                         origin=None):
        """The customer accepts or refuses the conditions, once (REV-5).

        :param answer: accepted or refused
        :param name: person who answered for the customer
        :param signature: drawn on the portal; or a ``document`` in force proves the answer
        :param origin: values of who was logged in, where, for an answer on the portal
        :raise UserError: not waiting for the customer, no proof, no reason, or the order has changed
        """
        self.ensure_one()
        review = self.sudo()  # the callers checked the token, or the right to record the answer
        review._lock(wait=False)
        review._check_state("customer", field="stage")
        review._check_customer_answer(answer, name, signature, note, document)
        review.write({
            "customer_state": answer,
            "customer_signed_by": name.strip(),
            "customer_signed_on": fields.Datetime.now(),
            "customer_signature": signature,
            "customer_note": note,
            "customer_document_id": document.id if document else False,
            "customer_recorded_by": recorded_by.id if recorded_by else False,
            **(origin or {}),
        })
        if answer == "refused":
            review.condition_ids.write({"state": "void"})
        review._seal_customer_signature()
        review._after_step()
        if answer == "accepted":
            review.order_id._renew_contract()

    def _check_customer_answer(self, answer, name, signature, note, document):
        order = self.order_id
        if not (name or "").strip():
            raise UserError(self.env._("Who answers for the customer? Give the name."))
        if answer == "refused":
            self._check_reason(note, self.env._("Please tell us why, so that we can make another proposal."))
            return
        if not (signature or document):
            raise UserError(self.env._("The customer's acceptance needs a signature or a document that proves it."))
        if signature:
            order._check_signature(signature)
        if order.state == "cancel":
            raise UserError(self.env._("Order %(order)s is cancelled.", order=order.name))
        if not self._is_scope_current():
            raise UserError(self.env._(
                "Order %(order)s has changed since its review. A new review is needed first.", order=order.name))

    def _seal_customer_signature(self):
        self.env["ir.attachment"].search([
            ("res_model", "=", self._name), ("res_id", "in", self.ids), ("res_field", "=", "customer_signature"),
        ])._seal()

    def _add_date_condition(self):
        """A promised date later than the requested one is itself a condition for the customer."""
        self.ensure_one()
        told = self._get_customer_conditions().filtered(
            lambda condition: condition.kind == "delivery" and condition.date)
        if self._is_later(self.promise_date) and not told:
            words = self.with_context(lang=self.order_id._get_lang())  # the customer reads it, whoever concludes
            self.condition_ids.create({
                "review_id": self.id,
                "name": words.env._("Delivery on %(date)s", date=fields.Date.to_string(self.promise_date)),
                "kind": "delivery",
                "for_customer": True,
                "date": self.promise_date,
                "owner_id": self.user_id.id or self.concluded_by.id,
            })

    def _get_customer_conditions(self):
        """Conditions that the customer accepts, or has accepted; the others bind only us."""
        return self.condition_ids.filtered(lambda condition: condition.for_customer and condition.state != "void")

    def _check_shown(self, conclusion, promise_date):
        """What the customer is to accept reaches him, and names one delivery date.

        :raise UserError: says what to do
        """
        shown = self._get_customer_conditions()
        if conclusion == "accept" and shown:
            raise UserError(self.env._(
                "The customer has to accept: %(conditions)s. Accept with conditions, or mark them as internal.",
                conditions=", ".join(shown.mapped("shown_name"))))
        dated = shown.filtered(lambda condition: condition.kind == "delivery" and condition.date)
        if other := dated.filtered(lambda condition: condition.date != promise_date)[:1]:
            raise UserError(self.env._(
                "The customer is told one delivery date, the promised one (%(promise)s). \"%(condition)s\" says "
                "%(date)s: promise that day, or mark the condition as internal.",
                promise=promise_date or "-", condition=other.shown_name, date=other.date))

    @api.model
    def _get_customer_fields(self):
        return {"customer_state", "customer_signed_by", "customer_signed_on", "customer_signature",
                "customer_note", "customer_document_id", "customer_recorded_by", "customer_user_id", "customer_address"}
