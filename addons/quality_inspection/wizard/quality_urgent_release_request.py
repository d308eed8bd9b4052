from odoo import api, fields, models


class QualityUrgentReleaseRequest(models.TransientModel):
    _name = "quality.urgent.release.request"
    _inherit = ["document.number.mixin"]
    _description = "Request an Urgent Release"

    inspection_id = fields.Many2one(
        "quality.inspection", required=True, readonly=True, ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"))
    product_id = fields.Many2one(related="inspection_id.product_id")
    product_uom_id = fields.Many2one(related="inspection_id.product_uom_id")
    available_lot_ids = fields.Many2many(related="inspection_id.lot_ids", string="Serial Numbers of the Inspection")
    lot_ids = fields.Many2many("stock.lot", string="Serial Numbers", domain="[('id', 'in', available_lot_ids)]")
    quantity = fields.Float(
        digits="Product Unit", compute="_compute_quantity", store=True, readonly=False,
        help="What is needed before the verdict, in the product's unit.")
    reason = fields.Text(required=True)

    @api.depends("inspection_id", "lot_ids")
    def _compute_quantity(self):
        for wizard in self:
            wizard.quantity = len(wizard.lot_ids) or wizard.quantity or wizard.inspection_id.quantity_open

    def action_confirm(self):
        """Ask for the release; another person authorises it (REC-8).

        :raise UserError: the goods are not tracked by lot or serial number, or less than the quantity is held
        """
        self.ensure_one()
        answer = self.inspection_id.action_request_urgent_release(
            self.reason, self.quantity, self.lot_ids.ids or None)
        return answer if isinstance(answer, dict) else {"type": "ir.actions.act_window_close"}
