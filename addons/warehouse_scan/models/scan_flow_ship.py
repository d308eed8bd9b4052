from odoo import api, models
from odoo.fields import Domain


class ScanFlowShip(models.AbstractModel):
    """Ship: deliveries leave, each line checked by its code (SCN-1, DLV-2)."""

    _name = "scan.flow.ship"
    _inherit = "scan.transfer"
    _description = "Scanning: Ship"

    _flow_icon = "fa-paper-plane"
    _flow_sequence = 60

    @api.model
    def _flow_label(self):
        return self.env._("Ship")

    @api.model
    def _get_kind_domain(self):
        return Domain("picking_type_id.code", "=", "outgoing")
