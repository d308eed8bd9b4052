from odoo import fields, models


class TestOrderSlaLine(models.Model):
    """A line that can be watched itself and makes its document be looked at."""
    _name = "test.order.sla.line"
    _description = "SLA Test Line"
    _inherit = ["sla.mixin"]

    name = fields.Char()
    document_id = fields.Many2one("test.order.sla.document", index=True, ondelete="cascade")
    amount = fields.Integer()
    is_ready = fields.Boolean()
