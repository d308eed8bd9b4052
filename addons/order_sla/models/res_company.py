from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sla_general_manager_id = fields.Many2one(
        "res.users", string="General Manager",
        help="Last level of escalation of a time limit. Left empty: the manager of the topmost department.")

    def write(self, vals):
        result = super().write(vals)
        if {"resource_calendar_id", "sla_general_manager_id"}.intersection(vals):
            self.env["sla.clock"]._wake_later(companies=self)
        return result
