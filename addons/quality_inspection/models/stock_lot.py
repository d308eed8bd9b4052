from odoo import fields, models


class StockLot(models.Model):
    """Lots with their inspections, certificates and instructions (REC-8, REC-9)."""
    _inherit = "stock.lot"

    quality_state = fields.Selection(
        [("released", "Released"), ("held", "Held"), ("rejected", "Rejected"), ("urgent", "Urgently Released")],
        compute="_compute_quality_state", compute_sudo=True,
        help="Rejected: a concluded inspection or a nonconformity still holds it. Urgently released: in use before "
        "its verdict, at least in part. Held: it waits for its verdict.")
    inspection_count = fields.Integer(compute="_compute_inspection_count", compute_sudo=True)
    quality_document_ids = fields.One2many(
        "quality.lot.document", "lot_id", string="Certificates and Instructions")

    def _compute_quality_state(self):
        states = dict.fromkeys(self.ids, "released")
        found = {"held": set(), "urgent": set(), "rejected": set()}
        for inspection in self._get_quality_inspections():
            if inspection.quantity_held:
                found["rejected" if inspection.state == "done" else "held"].update(inspection.held_lot_ids.ids)
            for release in inspection.urgent_release_ids:
                found["urgent"].update(release._get_outstanding_lots().ids)
        for state, lot_ids in found.items():
            states.update(dict.fromkeys(lot_ids.intersection(states), state))
        for lot_id in self._get_nonconforming_ids():
            states[lot_id] = "rejected"
        for lot in self:
            lot.quality_state = states.get(lot._origin.id, "released")

    def _get_quality_inspections(self):
        """Inspections that hold these lots, or have let them out urgently; one query."""
        return self.env["quality.inspection"].search([
            "|", ("held_lot_ids", "in", self.ids),
            "&", "|", ("quantity_urgent", ">", 0), ("quantity_used", ">", 0),
            "|", ("lot_id", "in", self.ids), ("lot_ids", "in", self.ids)])

    def _get_nonconforming_ids(self):
        """Ids of those of these lots that other documents than inspections hold."""
        found = set()
        for name in self.env["quality.hold.mixin"]._get_hold_models():
            if name != "quality.inspection":
                documents = self.env[name].search([("held_lot_ids", "in", self.ids), ("quantity_held", ">", 0)])
                found.update(documents.held_lot_ids.ids)
        return found.intersection(self.ids)

    def _compute_inspection_count(self):
        counts = dict.fromkeys(self.ids, 0)
        for inspection in self.env["quality.inspection"].search(self._get_inspection_domain()):
            for lot in inspection.lot_id | inspection.lot_ids:
                if lot.id in counts:
                    counts[lot.id] += 1
        for lot in self:
            lot.inspection_count = counts.get(lot._origin.id, 0)

    def _get_inspection_domain(self):
        return ["|", ("lot_id", "in", self.ids), ("lot_ids", "in", self.ids)]

    def action_view_inspections(self):
        """Open the inspections of these lots."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Inspections"),
            "res_model": "quality.inspection",
            "view_mode": "list,form",
            "domain": self._get_inspection_domain(),
        }
