from odoo import api, models
from odoo.fields import Command


class StockRule(models.Model):
    _inherit = "stock.rule"

    @api.model
    def _run_manufacture(self, procurements):
        """What an order makes more is for whoever asked for more (CHG-8).

        Odoo adds the quantity to the manufacturing order that is there, and leaves the further demand without a
        supply: it would wait for ever beside the finished goods.
        """
        result = super()._run_manufacture(procurements)
        for procurement, rule in procurements:
            asking = (procurement.values.get("move_dest_ids") or self.env["stock.move"]).filtered(
                lambda move: not move.created_production_id and not move.move_orig_ids)
            if not asking or procurement.product_uom.compare(procurement.product_qty, 0) <= 0:
                continue
            bom = rule._get_matching_bom(procurement.product_id, procurement.company_id, procurement.values)
            # sudo: as Odoo, which has just raised it, whoever sells
            production = self.env["mrp.production"].sudo().search(rule._make_mo_get_domain(procurement, bom), limit=1)
            made = production.move_finished_ids.filtered(
                lambda move, product=procurement.product_id: move.product_id == product
                and move.state not in ("done", "cancel"))
            made.move_dest_ids = [Command.link(move.id) for move in asking]
            asking.created_production_id = production
        return result
