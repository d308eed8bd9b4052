from odoo import api, models


class ScanFlowGateOut(models.AbstractModel):
    """The gate, out (NCR-5)."""

    _name = "scan.flow.gate_out"
    _inherit = "scan.gate"
    _description = "Scanning: Gate Out"

    _flow_icon = "fa-sign-out"
    _flow_sequence = 70
    _way = "out"

    @api.model
    def _flow_label(self):
        return self.env._("Let Out at the Gate")
