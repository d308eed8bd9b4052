from odoo import models


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "project.plan.load.mixin"]

    _load_fields = ("state", "date_start", "plan_task_id", "project_id")

    def _get_load_resources(self):
        return self.filtered("workorder_ids")  # without any an order lies on no work center
