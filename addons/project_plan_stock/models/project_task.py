from odoo import fields, models


class ProjectTask(models.Model):
    _inherit = "project.task"

    done_rule = fields.Selection(
        selection_add=[("transfer", "Transfers done"), ("delivery", "Delivered to the customer")],
        ondelete={"transfer": "set default", "delivery": "set default"})

    def _is_delivery(self):
        return self.done_rule == "delivery" or super()._is_delivery()
