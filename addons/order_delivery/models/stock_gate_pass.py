from odoo import api, fields, models


class StockGatePass(models.Model):
    """The pass of a delivery: goods and transfer are the notice's (NCR-5)."""

    _inherit = "stock.gate.pass"

    reason = fields.Selection(
        selection_add=[("delivery", "Delivery to Customer"), ("other",)], ondelete={"delivery": "set default"})
    delivery_notice_id = fields.Many2one(
        "delivery.notice", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", check_company=True)

    @api.depends("delivery_notice_id")
    def _compute_is_from_document(self):
        result = super()._compute_is_from_document()
        self.filtered("delivery_notice_id").is_from_document = True
        return result

    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | (set() if self.state == "draft" else {"delivery_notice_id"})
