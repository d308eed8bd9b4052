from odoo import models


class StockMove(models.Model):
    """What comes back because of a request is held: whether it is faulty is what has to be found out (REC-7, AFT-4)."""

    _inherit = "stock.move"

    def _is_held_without_plan(self):
        return super()._is_held_without_plan() or bool(self.service_request_id)

    def _get_returned_place(self):
        """Quality may have released it meanwhile: then it stands in the stock."""
        # sudo: whoever of after-sales sends it back need not read inspections
        inspections = self.sudo().quality_inspection_ids.filtered(lambda inspection: inspection.state != "cancelled")
        if self.quality_release_location_id and inspections and not sum(inspections.mapped("quantity_held")):
            return self.quality_release_location_id
        return super()._get_returned_place()

    def _prepare_quality_source_vals(self):
        return {**super()._prepare_quality_source_vals(), "service_request_id": self.service_request_id.id}
