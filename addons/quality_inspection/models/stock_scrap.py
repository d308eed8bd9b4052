from odoo import fields, models


class StockScrap(models.Model):
    _inherit = "stock.scrap"

    quality_disposition_id = fields.Many2one(
        "quality.disposition", string="Disposition", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict", check_company=True)

    def _prepare_move_values(self):
        """Scrapped by a disposition: the goods may leave the hold location."""
        vals = super()._prepare_move_values()
        if self.quality_disposition_id:
            vals["quality_disposition_id"] = self.quality_disposition_id.id
        return vals
