from odoo import fields, models


class TestOrderSlaPlain(models.Model):
    """A document with nothing but the mixin: no company, no messages, no activities."""
    _name = "test.order.sla.plain"
    _description = "SLA Test Plain Document"
    _inherit = ["sla.mixin"]

    name = fields.Char()
    is_open = fields.Boolean()
    user_id = fields.Many2one("res.users")
