from odoo import models


class QualityDisposition(models.Model):
    _inherit = "quality.disposition"

    def action_view_pickings(self):
        """Open the transfers that this disposition made."""
        self.ensure_one()
        return self.picking_ids._get_records_action(name=self.env._("Transfers"))

    def action_view_gate_passes(self):
        """Open the gate passes of this disposition."""
        self.ensure_one()
        return self.gate_pass_ids._get_records_action(name=self.env._("Gate Passes"))

    def action_view_reinspections(self):
        """Open the inspections of what was sorted, reworked or repaired."""
        self.ensure_one()
        return self.child_inspection_ids._get_records_action(name=self.env._("Re-inspections"))

    def action_view_scraps(self):
        """Open the scrap orders of this disposition."""
        self.ensure_one()
        return self.scrap_ids._get_records_action(name=self.env._("Scraps"))

    def action_view_nonconformity(self):
        """Open the nonconformity that was decided."""
        self.ensure_one()
        return self.nonconformity_id._get_records_action(name=self.env._("Nonconformity"))

    def action_view_inspection(self):
        """Open the inspection whose goods these are."""
        self.ensure_one()
        return self.inspection_id._get_records_action(name=self.env._("Inspection"))
