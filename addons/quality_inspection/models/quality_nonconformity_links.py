from odoo import api, fields, models


class QualityNonconformity(models.Model):
    _inherit = "quality.nonconformity"

    picking_count = fields.Integer(compute="_compute_link_counts", compute_sudo=True)
    gate_pass_count = fields.Integer(compute="_compute_link_counts", compute_sudo=True)
    reinspection_count = fields.Integer(compute="_compute_link_counts", compute_sudo=True)

    @api.depends("picking_id", "disposition_ids.move_ids.picking_id", "disposition_ids.gate_pass_ids",
                 "disposition_ids.child_inspection_ids")
    def _compute_link_counts(self):
        for record in self:
            record.picking_count = len(record._get_pickings())
            record.gate_pass_count = len(record.disposition_ids.gate_pass_ids)
            record.reinspection_count = len(record.disposition_ids.child_inspection_ids)

    def action_view_inspection(self):
        """Open the inspection that rejected the goods."""
        self.ensure_one()
        return self.inspection_id._get_records_action(name=self.env._("Inspection"))

    def action_view_pickings(self):
        """Open the receipt and the transfers of the dispositions."""
        self.ensure_one()
        # sudo: which transfers there are; opening them is checked there
        return self.sudo()._get_pickings().sudo(False)._get_records_action(name=self.env._("Transfers"))

    def action_view_gate_passes(self):
        """Open the gate passes of the dispositions."""
        self.ensure_one()
        return self.disposition_ids.gate_pass_ids._get_records_action(name=self.env._("Gate Passes"))

    def action_view_reinspections(self):
        """Open the inspections of what was sorted, reworked or repaired."""
        self.ensure_one()
        return self.disposition_ids.child_inspection_ids._get_records_action(name=self.env._("Re-inspections"))

    def _get_pickings(self):
        return self.picking_id | self.disposition_ids.move_ids.picking_id
