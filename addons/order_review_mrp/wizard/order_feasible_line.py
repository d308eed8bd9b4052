from odoo import fields, models


class OrderFeasibleLine(models.TransientModel):
    _name = "order.feasible.line"
    _inherit = ["document.number.mixin"]
    _description = "Feasible Date of a Line"

    window_id = fields.Many2one("order.feasible", required=True, readonly=True, index=True, ondelete="cascade")
    order_line_id = fields.Integer(readonly=True, help="Id of the order line.")
    name = fields.Char(string="Product", readonly=True)
    quantity = fields.Float(digits="Product Unit")
    unit = fields.Char(readonly=True)
    is_needed = fields.Boolean(readonly=True)
    kit_date = fields.Date(string="Parts Complete", readonly=True)
    feasible_date = fields.Date(readonly=True)
    gap_days = fields.Integer(string="Days after the Request", readonly=True)
    is_late = fields.Boolean(readonly=True)
    count = fields.Float(
        string="There by the Requested Date", digits="Product Unit", readonly=True,
        help="So many can be delivered until then, if not all.")
    constraint = fields.Char(readonly=True)
    next_one = fields.Char(string="Then", readonly=True)
    next_two = fields.Char(string="And Then", readonly=True)
