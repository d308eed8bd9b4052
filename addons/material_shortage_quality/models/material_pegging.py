from odoo import api, models
from odoo.tools import SQL


class MaterialPegging(models.AbstractModel):
    _inherit = "material.pegging"

    @api.model
    def _get_usable_quant_sql(self):
        """What quality holds is no supply (REC-7): the quants that are held, by quality's own answer; two queries."""
        usable = super()._get_usable_quant_sql()
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        # sudo: goods are held whoever may see them
        inside = self.env["stock.quant"].sudo().search_fetch(
            [("location_id", "in", tuple(hold_ids)), ("quantity", ">", 0)],
            ["location_id", "product_id", "lot_id", "company_id"]) if hold_ids else ()
        held = inside._filter_held() if inside else ()
        return SQL("%s AND q.id <> ALL(%s)", usable, list(held._ids)) if held else usable

    @api.model
    def _get_unconfirmed_order_sql(self):
        """Of several offers for one need the first counts, then the chosen one (PUR-3)."""
        return SQL("%s AND (po.rfq_first_id IS NULL OR po.rfq_chosen_on IS NOT NULL)",
                   super()._get_unconfirmed_order_sql())
