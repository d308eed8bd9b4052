from odoo import fields, models


class ServiceDesk(models.Model):
    _inherit = "service.desk"

    ask_delivery = fields.Boolean(
        string="Ask after Delivery", default=True,
        help="The customer is asked once for each order: when all of it is delivered, and the receipt is signed.")
