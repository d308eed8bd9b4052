from odoo import api, fields, models


class QualityInspectionSplit(models.TransientModel):
    _name = "quality.inspection.split"
    _inherit = ["document.number.mixin"]
    _description = "Split an Inspection"

    inspection_id = fields.Many2one(
        "quality.inspection", required=True, readonly=True, ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"))
    available_lot_ids = fields.Many2many(related="inspection_id.lot_ids", string="Serial Numbers of the Inspection")
    lot_ids = fields.Many2many("stock.lot", string="Serial Numbers", domain="[('id', 'in', available_lot_ids)]")
    product_uom_id = fields.Many2one(related="inspection_id.product_uom_id")
    quantity = fields.Float(
        string="Quantity to Split Off", digits="Product Unit", compute="_compute_quantity", store=True, readonly=False,
        help="Inspected on its own; in the product's unit.")

    @api.depends("lot_ids")
    def _compute_quantity(self):
        for wizard in self:
            wizard.quantity = len(wizard.lot_ids) or wizard.quantity

    def action_confirm(self):
        """Split the quantity off and open it; see ``quality.inspection.action_split``.

        :raise UserError: the inspection has been started, or the quantity is not part of it
        """
        self.ensure_one()
        part = self.inspection_id.action_split(self.quantity, self.lot_ids.ids or None)
        if isinstance(part, dict):
            return part
        return {"type": "ir.actions.act_window_close"}
