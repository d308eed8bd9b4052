from odoo import fields, models


class ProjectPlanPreparationSubject(models.Model):
    """What a workshop checks before it begins: people, machines, material, and what others have to bring (PLN-13)."""

    _name = "project.plan.preparation.subject"
    _inherit = ["document.number.mixin"]
    _description = "Subject of the Preparation Check"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    question = fields.Char(translate=True, help="What is looked at.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
