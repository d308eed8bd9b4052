from odoo import fields, models


class OrderPaymentRevision(models.Model):
    """What a payment plan was before it was revised, and why it was."""

    _name = "order.payment.revision"
    _inherit = ["document.control.mixin"]
    _description = "Revision of a Payment Plan"
    _order = "order_id, id desc"
    _rec_name = "reason"

    order_id = fields.Many2one("sale.order", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    salesperson_id = fields.Many2one(related="order_id.user_id", string="Salesperson", store=True)
    number = fields.Integer(required=True)
    reason = fields.Text(required=True)
    user_id = fields.Many2one("res.users", string="Revised by", required=True, ondelete="restrict")
    revised_on = fields.Datetime(required=True)
    before = fields.Text(string="Plan before")
    after = fields.Text(string="Plan since")

    def _is_frozen(self):
        return True
