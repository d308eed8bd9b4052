from odoo import api, fields, models


class PurchaseRequestRemark(models.TransientModel):
    """Asks for the reason that a step needs, then takes the step; the rules stand in the steps."""

    _name = "purchase.request.remark"
    _inherit = ["document.number.mixin"]
    _description = "Reason of a Decision"

    purpose = fields.Selection(
        [("reject", "Why it is rejected"), ("refuse", "Why the planned quantity is needed"),
         ("return", "What has to be changed"), ("reduce", "Why less is bought")],
        required=True, readonly=True)
    res_id = fields.Integer(required=True, readonly=True)
    quantity = fields.Float(string="New Quantity", digits="Product Unit")
    text = fields.Text(string="Reason", required=True)

    @api.model
    def _get_purposes(self):
        """What a remark is for: model, method that gets it."""
        return {
            "reject": ("purchase.request", "action_reject"),
            "refuse": ("purchase.reduction", "action_refuse"),
            "return": ("purchase.plan", "action_return"),
            "reduce": ("purchase.order.line", "_propose_reduction"),
        }

    def action_done(self):
        """Take the step with the reason; the step checks who may."""
        self.ensure_one()
        model, method = self._get_purposes()[self.purpose]
        record = self.env[model].browse(self.res_id)
        if self.purpose == "reduce":
            record._propose_reduction(self.quantity, self.text)
        else:
            getattr(record, method)(self.text)
        return {"type": "ir.actions.act_window_close"}

    @api.model
    def _get_remark_action(self, purpose, record):
        """Action that asks for the reason of a step of a record."""
        labels = self._get_selection_labels("purpose")
        return {
            "type": "ir.actions.act_window", "res_model": self._name, "view_mode": "form", "target": "new",
            "context": {"default_purpose": purpose, "default_res_id": record.id}, "name": labels[purpose]}
