from odoo import api, models
from odoo.tools import ormcache


class QualityDisposition(models.Model):
    _inherit = "quality.disposition"

    @api.model
    @ormcache()
    def _get_limited_lots(self):
        """Lots under a limited concession: no query when there are none, which is nearly always.

        :return: ``{lot id: tuple of (disposition id, valid until or None, move ids, reference ids)}``; a lot that is
            conceded without limits too is not in it
        """
        # sudo: the gate is the same for everybody
        rows = self.sudo().search([("kind", "=", "concession"), ("state", "=", "done"), ("lot_ids", "!=", False)])
        limited = rows.filtered(lambda row: row._is_limited())
        free = (rows - limited).lot_ids.filtered(lambda lot: lot.product_id.tracking == "lot")
        limits = {}
        for row in limited:
            # the order of a demand, so that its backorders and further moves may use the lot too
            orders = row.limited_reference_ids | row.limited_move_ids.reference_ids
            limit = (row.id, row.valid_until or None, tuple(row.limited_move_ids.ids), tuple(orders.ids))
            for lot in row.lot_ids - free:
                limits[lot.id] = (*limits.get(lot.id, ()), limit)
        return limits

    @api.model
    def _get_lot_concessions(self, lots):
        """Concessions under which lots were released, for their passport (NCR-4).

        :return: ``{lot: dispositions}`` for each of the lots
        """
        # sudo: the passport of a product shows them to whoever may read the lot
        rows = self.sudo().search([("kind", "=", "concession"), ("state", "=", "done"), ("lot_ids", "in", lots.ids)])
        return {lot: rows.filtered(lambda row, lot=lot: lot in row.lot_ids) for lot in lots}
