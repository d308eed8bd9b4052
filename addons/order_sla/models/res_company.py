from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sla_general_manager_id = fields.Many2one(
        "res.users", string="General Manager",
        help="Last level of escalation of a time limit. Left empty: the manager of the topmost department.")
