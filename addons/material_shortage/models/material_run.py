from odoo import api, models

from .material_shortage import CHASER


class MaterialRun(models.Model):
    _inherit = "material.run"

    @api.model
    def _get_starter_groups(self):
        """Planning answers for the material of the orders: it starts the run, too (MAT-1)."""
        return (*super()._get_starter_groups(), CHASER)

    def _get_answering(self):
        """The company's planner, where one is named."""
        planner = self.company_id.shortage_planner_id
        return planner if self.env["material.shortage"]._can_own(planner, self.company_id) else super()._get_answering()
