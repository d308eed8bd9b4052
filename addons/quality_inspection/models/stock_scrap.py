from odoo import api, fields, models

from odoo.addons.document_control.models.document_fence_mixin import Vouched


class StockScrap(models.Model):
    _name = "stock.scrap"
    _inherit = ["stock.scrap", "document.fence.mixin"]

    quality_disposition_id = fields.Many2one(
        "quality.disposition", string="Disposition", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict", check_company=True)

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"quality_disposition_id"}

    def _prepare_move_values(self):
        """Scrapped by a disposition: the goods may leave the hold location."""
        vals = super()._prepare_move_values()
        if self.quality_disposition_id:
            vals["quality_disposition_id"] = Vouched(self.quality_disposition_id.id)
        return vals
