from odoo import fields, models


class ProductionInstruction(models.Model):
    _inherit = "production.instruction"

    payment_plan_summary = fields.Text(related="order_id.payment_plan_summary", related_sudo=True)
