from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _unprocure(self):
        """The demand is gone: what was procured for it falls by Odoo's own rules, as for a quantity that is lowered."""
        procurements = []
        for move in self.filtered(lambda move: move.procure_method == "make_to_order"):
            coming = move.move_orig_ids.filtered(lambda before: before.state not in ("done", "cancel"))
            if move.move_orig_ids and not coming:
                continue
            procurements.append(self.env["stock.rule"].Procurement(
                move.product_id, -move.product_uom_qty, move.product_uom, move.location_id, move.reference,
                move.origin, move.company_id, move._prepare_procurement_values()))
        if procurements:
            self.env["stock.rule"].run(procurements)
