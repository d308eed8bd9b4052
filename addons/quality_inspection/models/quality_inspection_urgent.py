from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.tools.entered_values import check_quantity


class QualityInspection(models.Model):
    """Asking for an urgent release."""
    _inherit = "quality.inspection"

    def action_request_urgent_release(self, reason, quantity, lot_ids=None):
        """Ask that goods be used before the verdict (REC-8): only goods with lots, which can be recalled.

        :param reason: why they are needed now
        :param quantity: in the product's unit, at most what is held
        :param lot_ids: ids of the serial numbers; by default the inspection's lot
        :return: action that opens the request
        :raise UserError: concluded, no lot, no reason, or a quantity that is not held
        """
        self.ensure_one()
        self.check_access("read")
        self._check_state("pending", "in_progress")
        if self.product_id.tracking == "none":
            raise UserError(self.env._(
                "%(product)s is not tracked by lot or serial number: what is urgently released could not be recalled. "
                "Track the product by lots, or have the inspection done now.", product=self.product_id.display_name))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the goods are needed before their inspection."))
        check_quantity(self.env, self.name, quantity)
        lots = self._get_release_lots(quantity, lot_ids)
        # sudo: whoever may see the inspection may ask; another person decides
        release = self.env["quality.urgent.release"].sudo().create({
            "inspection_id": self.id,
            "quantity": quantity,
            "reason": reason,
            "lot_ids": [fields.Command.set(lots.ids)],
            "requested_by": self.env.uid,
        })
        release._check_available()
        release._ask_deciders()
        return {"type": "ir.actions.act_window", "res_model": release._name, "res_id": release.id,
                "view_mode": "form"}

    def _get_release_lots(self, quantity, lot_ids):
        mine = self.lot_id | self.lot_ids
        lots = mine.browse(lot_ids) if lot_ids else mine if self.product_id.tracking == "lot" else mine.browse()
        if not lots or lots - mine:
            raise UserError(self.env._(
                "Choose the lots or serial numbers of inspection %(name)s that are needed.", name=self.name))
        if self.product_id.tracking == "serial" and len(lots) != quantity:
            raise UserError(self.env._("Choose as many serial numbers as the quantity says."))
        return lots
