from odoo import api, models

from .purchase_request_allocation import SPLIT


class StockMove(models.Model):
    _inherit = "stock.move"

    @api.constrains("company_id")
    def _check_company_purchase_request(self):
        """Asked for the moves that serve requests only: most receipts serve none."""
        return super(StockMove, self.filtered("purchase_request_allocation_ids"))._check_company_purchase_request()

    def copy_data(self, default=None):
        """A receipt in parts takes its shares along."""
        return super(StockMove, self.with_context(purchase_request_split=SPLIT)).copy_data(default)

    @api.model
    def _prepare_merge_negative_moves_excluded_distinct_fields(self):
        """A demand that falls is taken off the move that has its request, as of a move with a purchase order."""
        return super()._prepare_merge_negative_moves_excluded_distinct_fields() + ["created_purchase_request_line_id"]

    def _get_demanding_production(self):
        """Manufacturing order that needs the goods, whatever the steps between; empty where none or several do."""
        moves, seen = self, self.browse()
        productions = self.env["mrp.production"]
        while moves := moves - seen:
            seen |= moves
            productions |= moves.raw_material_production_id
            moves = moves.move_dest_ids
        productions = productions or self.reference_ids.production_ids.filtered(
            lambda production: production.state not in ("done", "cancel"))
        return productions if len(productions) == 1 else productions.browse()

    def _get_reduced_siblings(self):
        """Moves from which a negative demand is taken: itself where an order's own line fell, else those of the same
        way and the same references."""
        own = self.filtered(lambda move: move.product_uom.compare(move.product_uom_qty, 0) >= 0)
        siblings = own
        for move in self - own:
            siblings |= self.search([
                ("product_id", "=", move.product_id.id), ("location_id", "=", move.location_id.id),
                ("location_dest_id", "=", move.location_dest_id.id), ("company_id", "=", move.company_id.id),
                ("reference_ids", "in", move.reference_ids.ids), ("state", "not in", ("draft", "done", "cancel")),
                ("product_uom_qty", ">", 0)])
        return siblings
