from odoo import api, models
from odoo.fields import Domain


class ScanFlowPick(models.AbstractModel):
    """Pick: goods leave their shelves for whoever wants them, within the company (SCN-1, MAT-9)."""

    _name = "scan.flow.pick"
    _inherit = "scan.transfer"
    _description = "Scanning: Pick"

    _flow_icon = "fa-shopping-basket"
    _flow_sequence = 30

    @api.model
    def _flow_label(self):
        return self.env._("Pick")

    @api.model
    def _get_subtitle(self, picking):
        """For whom, and where it is brought to."""
        return " → ".join(filter(None, (super()._get_subtitle(picking), picking.location_dest_id.display_name)))

    @api.model
    def _get_kind_domain(self):
        stock = self.env["stock.warehouse"].search([("company_id", "=", self.env.company.id)]).lot_stock_id.ids
        return Domain("picking_type_id.code", "=", "internal") & Domain("location_id", "child_of", stock)
