from odoo import fields, models
from odoo.exceptions import AccessError


class OrderChangeAnswer(models.TransientModel):
    _name = "order.change.answer"
    _description = "Customer's Answer to a Change"

    change_id = fields.Many2one("order.change", required=True, readonly=True, ondelete="cascade")
    answer = fields.Selection([("accepted", "Accepts"), ("refused", "Refuses")], required=True, default="accepted")
    answered_by = fields.Char(string="Person of the customer", required=True)
    note = fields.Text(string="Reason or remark")
    datas = fields.Binary(string="Signed agreement", attachment=False)
    file_name = fields.Char()

    def action_record(self):
        """Record the written answer, with the document that proves it; see ``order.change._answer_customer``.

        :raise AccessError: neither the order desk nor the salesperson
        """
        self.ensure_one()
        change = self.change_id
        change.check_access("read")
        if not change._may_handle():
            raise AccessError(self.env._("The customer's answer is recorded by the order desk or the salesperson."))
        attachment = self.env["ir.attachment"]
        if self.datas:
            attachment = attachment.create({
                "name": self.file_name or self.env._("Answer to %(change)s", change=change.name), "datas": self.datas})
        change._answer_customer(
            self.answer, self.answered_by, note=self.note, attachment=attachment, recorded_by=self.env.user)
        return {"type": "ir.actions.act_window_close"}
