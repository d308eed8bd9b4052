from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_landings(self):
        return [*super()._get_landings(), (
            "mrp.group_mrp_user", ("mrp.group_mrp_manager",), "quality_production.process_card_action")]
