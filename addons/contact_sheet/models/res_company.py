from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    expedite_department_id = fields.Many2one(
        "hr.department", string="Production Department", check_company=True,
        help="Its manager is told of every expedite notice, whoever it is sent to; the general manager is told too.")
