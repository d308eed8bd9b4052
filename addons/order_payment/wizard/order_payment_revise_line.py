from odoo import api, fields, models


class OrderPaymentReviseLine(models.TransientModel):
    """A line as it is to be; one that is invoiced stays as it is."""

    _name = "order.payment.revise.line"
    _inherit = ["order.payment.terms"]
    _description = "Line of a Revised Payment Plan"
    _order = "sequence, id"

    revise_id = fields.Many2one("order.payment.revise", required=True, ondelete="cascade", index=True)
    currency_id = fields.Many2one(related="revise_id.order_id.currency_id")
    line_id = fields.Many2one("order.payment.line", string="Present Line")
    is_fixed = fields.Boolean(string="Invoiced", compute="_compute_is_fixed")

    @api.depends("line_id")
    def _compute_is_fixed(self):
        for line in self:
            line.is_fixed = line._is_fixed()

    def _is_fixed(self):
        return bool(self.line_id.sudo()._is_fixed())

    def _get_weight(self):
        """(percent, fixed amount or None), as that of the plan's own lines."""
        if self._is_fixed():
            return self.line_id.sudo()._get_weight()
        return self.percent, (self.amount_given if self.basis == "amount" else None)
