from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.material_shortage import CAUSES
from ..models.material_shortage_flow import REPORTERS


class MaterialShortageReport(models.TransientModel):
    """A part is missing here: which, how many, a photo (MAT-10)."""

    _name = "material.shortage.report"
    _inherit = ["document.number.mixin"]
    _description = "Report a Missing Part"

    production_id = fields.Many2one("mrp.production", string="Manufacturing Order", readonly=True)
    picking_id = fields.Many2one("stock.picking", string="Transfer", readonly=True)
    component_ids = fields.Many2many(
        "product.product", compute="_compute_component_ids", export_string_translation=False)
    product_id = fields.Many2one("product.product", string="Part", required=True)
    quantity = fields.Float(
        string="How Many", digits="Product Unit", compute="_compute_quantity", store=True, readonly=False,
        help="In the product's unit.")
    product_uom_id = fields.Many2one(related="product_id.uom_id")
    cause = fields.Selection(CAUSES, help="Left empty: as the part is procured.")
    note = fields.Text()
    photo = fields.Image(max_width=1280, max_height=1280)

    @api.depends("production_id", "picking_id")
    def _compute_component_ids(self):
        for wizard in self:
            wizard.component_ids = wizard._get_moves().product_id

    @api.depends("product_id")
    def _compute_quantity(self):
        """What the order has not reserved of it; where all is reserved, all that it needs."""
        for wizard in self:
            moves = wizard._get_moves().filtered(lambda move, wizard=wizard: move.product_id == wizard.product_id)
            needed = sum(moves.mapped("product_qty"))
            here = sum(moves.move_line_ids.mapped("quantity_product_uom"))
            wizard.quantity = max(needed - here, 0) or needed or 1

    def _get_moves(self):
        moves = self.production_id.move_raw_ids or self.picking_id.move_ids
        return moves.filtered(lambda move: move.state not in ("done", "cancel"))

    @api.model
    def _get_action(self, production=None, picking=None):
        action = self.env["ir.actions.act_window"]._for_xml_id("material_shortage.material_shortage_report_action")
        return {**action, "context": {
            "default_production_id": production.id if production else False,
            "default_picking_id": picking.id if picking else False}}

    def action_report(self):
        """Report it; whoever brings it is asked.

        :raise AccessError: neither production, store nor planning
        :raise UserError: no such quantity, or the order has ended
        """
        self.ensure_one()
        shortages = self.env["material.shortage"]
        shortages._check_groups(*REPORTERS)
        order = self.production_id or self.picking_id
        if not order:
            raise UserError(self.env._("Report it from the manufacturing order or the transfer that misses the part."))
        order.check_access("read")
        line = shortages._report(
            self.product_id, self.quantity, self.production_id, self.cause, self.note, self.picking_id, self.photo)
        return {
            "type": "ir.actions.client", "tag": "display_notification", "params": {
                "type": "success", "message": self.env._(
                    "%(line)s: %(owner)s is asked to bring it.", line=line.display_name,
                    owner=line.sudo().owner_id.name or "–"),  # sudo: the name only
                "next": {"type": "ir.actions.act_window_close"}}}
