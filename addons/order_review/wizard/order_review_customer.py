from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class OrderReviewCustomer(models.TransientModel):
    _name = "order.review.customer"
    _description = "Customer's Answer to the Conditions"

    review_id = fields.Many2one("order.review", required=True, readonly=True, ondelete="cascade")
    order_id = fields.Many2one(related="review_id.order_id", related_sudo=True)
    condition_ids = fields.Many2many("order.review.condition", compute="_compute_condition_ids")
    promise_date = fields.Date(related="review_id.promise_date")
    answer = fields.Selection([("accepted", "Accepts"), ("refused", "Refuses")], required=True, default="accepted")
    answered_by = fields.Char(string="Person of the customer", required=True)
    note = fields.Text(string="Reason or remark")
    datas = fields.Binary(string="Written answer", attachment=False)
    file_name = fields.Char()
    document_id = fields.Many2one(
        "order.document", string="Or an existing document",
        domain="[('order_id', '=', order_id), ('kind', 'in', ('proof', 'contract', 'agreement'))]")

    @api.depends("review_id")
    def _compute_condition_ids(self):
        for wizard in self:
            wizard.condition_ids = wizard.review_id._get_customer_conditions()

    def action_record(self):
        """Record the answer with the document that proves it; see ``order.review._answer_customer``.

        :raise AccessError: neither the order desk nor the salesperson
        """
        self.ensure_one()
        review = self.review_id
        review.check_access("read")
        if not review._may_record_customer():
            raise AccessError(self.env._("The customer's answer is recorded by the order desk or the salesperson."))
        document = self._get_proof()
        if document and document.order_id != review.order_id:
            raise UserError(self.env._("The document belongs to another order."))
        review._answer_customer(
            self.answer, self.answered_by, note=self.note, document=document, recorded_by=self.env.user)
        return {"type": "ir.actions.act_window_close"}

    def _get_proof(self):
        document = self.document_id
        if self.datas:
            document = self.env["order.document"].create({
                "order_id": self.review_id.order_id.id,
                "kind": "proof",
                "name": self.env._("Answer to %(review)s", review=self.review_id.name),
                "datas": self.datas,
                "file_name": self.file_name,
            })
        if document.state == "draft":
            document.action_release()
        return document
