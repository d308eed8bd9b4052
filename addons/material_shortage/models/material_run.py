from odoo import api, models

from .material_shortage import CHASER


class MaterialRun(models.Model):
    _inherit = "material.run"

    @api.model
    def _get_starter_groups(self):
        """Planning answers for the material of the orders: it starts the run, too (MAT-1)."""
        return (*super()._get_starter_groups(), CHASER)
