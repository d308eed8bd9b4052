from odoo import fields, models


class DeliveryClaimCause(models.Model):
    """Why goods are damaged or lost (DLV-7): the analysis of logistics ends with one."""

    _name = "delivery.claim.cause"
    _inherit = ["document.number.mixin"]
    _description = "Cause of a Damage"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
