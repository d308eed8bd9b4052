from odoo import api, models
from odoo.fields import Domain


class ScanFlowReceive(models.AbstractModel):
    """Receive against a purchase order, a delivery note or the transfer itself (SCN-1, REC-1)."""

    _name = "scan.flow.receive"
    _inherit = "scan.transfer"
    _description = "Scanning: Receive"

    _flow_icon = "fa-truck"
    _flow_sequence = 10
    _shelf_last = True

    @api.model
    def _flow_label(self):
        return self.env._("Receive")

    @api.model
    def _get_kind_domain(self):
        return Domain("picking_type_id.code", "=", "incoming")

    @api.model
    def _get_expected(self, walk):
        return self.env._("Scan goods; then their shelf, if they go to another one")
