from odoo import fields, models


class MaterialPeggingRequest(models.Model):
    """A product that something happened to: its pegs are computed anew after the transaction. Rows are only added."""

    _name = "material.pegging.request"
    _description = "Pegging Request"
    _log_access = False

    product_id = fields.Integer(required=True)
