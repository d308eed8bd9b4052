from odoo import fields, models


class ProjectPlanCause(models.Model):
    """Why an item was late (PLN-5)."""

    _name = "project.plan.cause"
    _inherit = ["document.number.mixin"]
    _description = "Cause of Lateness"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(copy=False, help="Stable name for imports and other addons.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Left empty: all companies.")

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0)) WHERE code IS NOT NULL", "Another cause already has this code.")
