from odoo import api, models


class ScanFlowGateIn(models.AbstractModel):
    """The gate, in (NCR-5)."""

    _name = "scan.flow.gate_in"
    _inherit = "scan.gate"
    _description = "Scanning: Gate In"

    _flow_icon = "fa-sign-in"
    _flow_sequence = 71
    _way = "in"

    @api.model
    def _flow_label(self):
        return self.env._("Take In at the Gate")
