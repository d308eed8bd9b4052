from odoo import fields, models


class DeliveryDelayCause(models.Model):
    """Why goods are not shipped as planned (DLV-4, DLV-9)."""

    _name = "delivery.delay.cause"
    _inherit = ["document.number.mixin"]
    _description = "Cause of a Late Delivery"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
