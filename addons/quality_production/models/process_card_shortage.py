from odoo import models
from odoo.exceptions import UserError

from odoo.addons.document_control.tools.entered_values import check_quantity


class ProcessCard(models.Model):
    """Missing parts are written on the card (MAT-10, FQC-4)."""

    _inherit = "process.card"

    def action_report_missing(self, product_id, quantity, note=None, line_id=None):
        """Write a missing part on the card, from where one stands (MAT-10); planners and store are told.

        :param int product_id: the part; a component of the order, or another product
        :param float quantity: in the product's unit
        :param int line_id: operation where it is missing
        :return: the record
        :raise AccessError: the user belongs neither to production nor to quality
        """
        self.ensure_one()
        self.check_access("read")
        self._check_groups("mrp.group_mrp_user", "quality_inspection.group_quality_user")
        self._check_missing_open()
        check_quantity(self.env, self.name, quantity)
        self.env["process.card.missing"].new({"product_id": product_id, "quantity": quantity})._check_quantity()
        if line_id and line_id not in self.line_ids.ids:
            raise UserError(self.env._("This operation is not on process card %(name)s.", name=self.name))
        # sudo: written by this action only, the right was checked above
        part = self.env["process.card.missing"].sudo().create({
            "card_id": self.id, "product_id": product_id, "quantity": quantity, "note": note or False,
            "line_id": line_id or False, "reported_by": self.env.uid})
        self.sudo()._on_missing(part)  # tells people, the card is not written
        return part.sudo(False)

    def _check_missing_open(self):
        """Missing parts are written while the card runs, and until its final inspection is concluded."""
        self.ensure_one()
        inspections = self.sudo().inspection_ids.filtered(lambda i: i.trigger == "final")  # facts, whoever asks
        waiting = inspections.filtered(lambda i: i.state not in ("done", "cancelled"))
        if self.state == "cancelled" or (self.state == "done" and not waiting):
            self._check_running()

    def _on_missing(self, part):
        """Tell the material controller; the shortage addon extends this (MAT-10)."""
        self._tell(
            self.company_id._get_material_controller(self.production_id),
            self.env._("Missing part: %(quantity)s %(uom)s %(product)s", product=part.product_id.display_name,
                       quantity=f"{part.quantity:g}", uom=part.product_uom_id.name), part.note or "")
