from odoo import api, fields, models
from odoo.fields import Command


class QualityDeliveryNoteWizard(models.TransientModel):
    """Asks for the number of the delivery note while receipts are validated (REC-1)."""

    _name = "quality.delivery.note.wizard"
    _description = "Number of the Delivery Note"

    picking_ids = fields.Many2many("stock.picking", string="Receipts", required=True)
    line_ids = fields.One2many(
        "quality.delivery.note.wizard.line", "wizard_id", compute="_compute_line_ids", store=True, readonly=False,
        precompute=True)

    @api.depends("picking_ids")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear(), *(
                Command.create({"picking_id": picking._origin.id, "delivery_note_ref": picking.delivery_note_ref})
                for picking in wizard.picking_ids)]

    def action_confirm(self):
        """Write the numbers on the receipts and go on validating them.

        :return: what ``stock.picking.button_validate`` returns
        """
        self.ensure_one()
        for line in self.line_ids:
            line.picking_id.delivery_note_ref = line.delivery_note_ref
        pickings = self.env["stock.picking"].browse(
            self.env.context.get("button_validate_picking_ids") or self.picking_ids.ids)
        return pickings.button_validate()


class QualityDeliveryNoteWizardLine(models.TransientModel):
    _name = "quality.delivery.note.wizard.line"
    _description = "Number of the Delivery Note of one Receipt"

    wizard_id = fields.Many2one("quality.delivery.note.wizard", required=True, ondelete="cascade", index=True)
    picking_id = fields.Many2one("stock.picking", string="Receipt", required=True, ondelete="cascade")
    partner_id = fields.Many2one(related="picking_id.partner_id")
    delivery_note_ref = fields.Char(string="Delivery Note")
