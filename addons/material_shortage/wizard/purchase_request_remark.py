from odoo import api, fields, models


class PurchaseRequestRemark(models.TransientModel):
    _inherit = "purchase.request.remark"

    purpose = fields.Selection(
        selection_add=[("refuse_measure", "Why it is refused")], ondelete={"refuse_measure": "cascade"})

    @api.model
    def _get_purposes(self):
        return {**super()._get_purposes(), "refuse_measure": ("material.measure", "action_refuse")}
