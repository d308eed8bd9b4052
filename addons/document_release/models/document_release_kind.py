from odoo import fields, models


class DocumentReleaseKind(models.Model):
    """What is released, to whom by default, and how long before production (PLN-17)."""

    _name = "document.release.kind"
    _inherit = ["document.number.mixin"]
    _description = "Kind of Document Release"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(copy=False, help="Stable name for imports and other addons.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Left empty: all companies.")
    department_ids = fields.Many2many(
        "hr.department", string="Receivers",
        help="Departments that receive and acknowledge a release of this kind, unless others are named on it; of each "
        "company its own.")
    lead_days = fields.Integer(
        string="Days before Production", help="Working days before the start of production by which it is released.")
    needs_files = fields.Boolean(
        string="With Files", default=True, help="Nothing is released without the files; they are sealed.")
    needs_discipline = fields.Boolean(
        string="Electrical or Mechanical", help="The release says which of the two it is for.")
    purpose = fields.Char(translate=True, help="What the receivers use it for, e.g. as basis of the inspection.")

    _lead_days_positive = models.Constraint(
        "CHECK(lead_days BETWEEN 0 AND 365)", "Give between 0 and 365 days before production.")
    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0)) WHERE code IS NOT NULL", "Another kind already has this code.")
