from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    order_evaluation_from = fields.Date(
        string="Evaluate orders from", default=fields.Date.context_today,
        help="Orders placed from this day on are evaluated by themselves when they are delivered and paid. Empty: "
        "none.")
