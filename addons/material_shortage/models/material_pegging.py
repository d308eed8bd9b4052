from odoo import api, models


class MaterialPegging(models.AbstractModel):
    _inherit = "material.pegging"

    @api.model
    def _on_refreshed(self, product_ids):
        """Chase lines, swaps and checks follow what was found."""
        result = super()._on_refreshed(product_ids)
        shortages = self.env["material.shortage"]
        facts = shortages._get_peg_facts(product_ids)
        shortages._follow_pegs(product_ids, facts)
        self.env["material.swap"]._pay_back(facts, product_ids)
        return result
