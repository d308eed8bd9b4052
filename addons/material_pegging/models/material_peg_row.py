from odoo import fields, models


class MaterialPegRow(models.Model):
    """Pegs as the engine writes them, a hundred thousand at once: numbers, without foreign keys.

    A foreign key is looked up row by row, which took longer than everything else together. What a number stands for may
    be gone: read ``material.peg``, which joins and leaves such rows out. The engine alone reads and writes this.
    """

    _name = "material.peg.row"
    _description = "Peg as Computed"
    _log_access = False

    demand_id = fields.Integer(required=True, index=True)
    production_id = fields.Integer(required=True, help="0: no order, a transfer wants it.")
    product_id = fields.Integer(required=True, index=True)
    kind = fields.Integer(required=True, help="Place in kernel.pegging.KINDS: numbers are compared faster than words.")
    source_id = fields.Integer(
        required=True, help="The move that brings it; minus the purchase line that is not confirmed; 0: neither.")
    quantity = fields.Float(required=True)
    date_available = fields.Datetime(required=True, help="-infinity: here already, infinity: never.")

    _source_index = models.Index("(source_id) WHERE source_id <> 0")
    _production_index = models.Index("(production_id) WHERE production_id <> 0")
