from odoo import api, fields, models
from odoo.exceptions import UserError


class QualityNonconformity(models.Model):
    """The supplier is asked, and his answer and how long it took stay on the report (PUR-12)."""

    _inherit = "quality.nonconformity"

    purchase_line_id = fields.Many2one(
        related="inspection_id.purchase_line_id", string="Purchase Order Line")
    purchase_id = fields.Many2one(related="inspection_id.purchase_line_id.order_id", string="Purchase Order")
    supplier_notified_at = fields.Datetime(string="Supplier Told", readonly=True, copy=False)
    supplier_answered_at = fields.Datetime(string="Supplier Answered", readonly=True, copy=False)
    supplier_answer = fields.Text(string="Supplier's Answer", readonly=True, copy=False)
    supplier_response_hours = fields.Float(
        string="Response (hours)", compute="_compute_supplier_response_hours", store=True,
        help="Hours by the clock from telling the supplier to his answer.")

    @api.depends("supplier_notified_at", "supplier_answered_at")
    def _compute_supplier_response_hours(self):
        for record in self:
            asked, answered = record.supplier_notified_at, record.supplier_answered_at
            record.supplier_response_hours = (answered - asked).total_seconds() / 3600 if asked and answered else 0.0

    def action_view_purchase_order(self):
        """Open the purchase order of the goods."""
        self.ensure_one()
        return self.purchase_id._get_records_action(name=self.env._("Purchase Order"))

    def action_notify_supplier(self):
        """Tell the supplier: opens the message to him, and the time until his answer begins to count (PUR-12).

        :return: action of the mail composer
        :raises AccessError: neither buyer nor quality
        :raises UserError: no supplier, or a report that is not open
        """
        self.ensure_one()
        self._check_supplier_contact()
        if not self.partner_id:
            raise UserError(self.env._("%(document)s names no supplier.", document=self.name))
        if not self.supplier_notified_at:
            self._write_signed({"supplier_notified_at": fields.Datetime.now()})
        template = self.env.ref("quality_inspection.mail_template_nonconformity_supplier", raise_if_not_found=False)
        return {
            "type": "ir.actions.act_window",
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Message to the Supplier"),
            "context": {
                "default_model": self._name, "default_res_ids": self.ids, "default_partner_ids": self.partner_id.ids,
                "default_composition_mode": "comment",
                "default_template_id": template.id if template else False,
                "default_subject": self.env._("Nonconformity %(document)s: %(product)s", document=self.name,
                                              product=self.product_id.display_name),
            },
        }

    def action_supplier_answered(self, answer):
        """Record what the supplier answered, and when; the first answer counts for his score (PUR-12).

        :param str answer: what he says and does
        :raises AccessError: neither buyer nor quality
        :raises UserError: an empty answer, or the supplier was never told
        """
        self._check_supplier_contact()
        if not (answer or "").strip():
            raise UserError(self.env._("Enter what the supplier answered."))
        for record in self:
            if not record.supplier_notified_at:
                raise UserError(self.env._(
                    "%(document)s: tell the supplier first, so that his time can be counted.", document=record.name))
            if record.supplier_answered_at:
                raise UserError(self.env._(
                    "%(document)s: the supplier's answer is recorded already. Write further messages in the chatter.",
                    document=record.name))
            record._write_signed({"supplier_answered_at": fields.Datetime.now(), "supplier_answer": answer.strip()})
        return True

    def action_open_supplier_answer(self):
        """Open the window for the supplier's answer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("quality_incoming.quality_supplier_answer_action")
        return {**action, "context": {"default_nonconformity_id": self.id}}

    def _check_supplier_contact(self):
        self.check_access("read")
        self._check_groups("purchase.group_purchase_user", "quality_inspection.group_quality_user")
        self._check_state("open", "review", "decided", "closed")

    def _get_decider_problem(self):
        """Where the company says so, buyers decide what goes back to the supplier (NCR-4)."""
        problem = super()._get_decider_problem()
        if problem and self.company_id.quality_buyer_decides and self._is_supplier_decision() \
                and self.env.user.has_group("purchase.group_purchase_user"):
            return None
        return problem

    def _is_supplier_decision(self):
        """Whether everything that is proposed goes back to the supplier."""
        self.ensure_one()
        rows = self.disposition_ids.filtered(lambda row: row.state == "draft")
        return bool(rows) and all(row.kind in ("return", "repair") for row in rows)

    def _get_living_fields(self):
        return super()._get_living_fields() | {
            "supplier_notified_at", "supplier_answered_at", "supplier_answer", "supplier_response_hours"}
