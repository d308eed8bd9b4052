from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    service_hour_cost = fields.Monetary(
        string="Cost of a Technician's Hour",
        help="For the cost of quality: working and travel hours of signed visits.")

    _service_hour_cost_positive = models.Constraint(
        "CHECK(service_hour_cost >= 0)", "The cost of a technician's hour is zero or more.")
