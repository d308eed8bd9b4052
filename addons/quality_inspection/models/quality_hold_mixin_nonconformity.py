from odoo import api, models


class QualityHoldMixin(models.AbstractModel):
    _inherit = "quality.hold.mixin"

    @api.model
    def _get_hold_models(self):
        return [*super()._get_hold_models(), "quality.nonconformity"]
