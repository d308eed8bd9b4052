from odoo import fields, models

MOVED = {"state", "plan_progress", "actual_finish"}


class ProjectTask(models.Model):
    _inherit = "project.task"

    done_rule = fields.Selection(
        selection_add=[("transfer", "Transfers done"), ("delivery", "Delivered to the customer")],
        ondelete={"transfer": "set default", "delivery": "set default"})

    def write(self, vals):
        result = super().write(vals)
        if not MOVED.isdisjoint(vals) and (done := self.filtered(lambda item: item.is_plan_item and item.is_closed)):
            done.project_id._settle_unshipped()
        return result
