from odoo import api, models
from odoo.fields import Domain


class ScanFlowPutAway(models.AbstractModel):
    """Put away: what stands outside the stock goes to its shelves (SCN-1)."""

    _name = "scan.flow.put_away"
    _inherit = "scan.transfer"
    _description = "Scanning: Put Away"

    _flow_icon = "fa-inbox"
    _flow_sequence = 20
    _shelf_last = True

    @api.model
    def _flow_label(self):
        return self.env._("Put Away")

    @api.model
    def _get_kind_domain(self):
        stock = self.env["stock.warehouse"].search([("company_id", "=", self.env.company.id)]).lot_stock_id.ids
        return (Domain("picking_type_id.code", "=", "internal") & ~Domain("location_id", "child_of", stock)
                & Domain("location_dest_id", "child_of", stock))

    @api.model
    def _get_expected(self, walk):
        rows = self._get_unshelved(walk)
        if not rows:
            return self.env._("Scan goods")
        places = {line["id"]: line["place"] for line in walk.memory["shown"]}
        return self.env._("Scan the shelf (%(place)s)", place=places.get(rows[0].move_id.id) or "?")
