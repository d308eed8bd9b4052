from odoo import api, fields, models


class ServiceVisitKind(models.Model):
    """What somebody goes to a customer for, with its checklist (AFT-3)."""

    _name = "service.visit.kind"
    _inherit = ["document.number.mixin"]
    _description = "Kind of Visit"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    needs_ready = fields.Boolean(
        string="Waits for the Customer", help="Planned once the customer says that his site is ready.")
    is_commissioning = fields.Boolean(
        string="Puts into Operation",
        help="A signed visit of this kind is the day on which the goods were commissioned.")
    line_ids = fields.One2many("service.visit.kind.line", "kind_id", string="Checklist", copy=True)

    @api.model
    def _default_kind(self):
        return self.search([], limit=1)
