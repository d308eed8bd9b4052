from odoo import api, fields, models
from odoo.tools import ormcache

from .sampling_words import plain


class QualityDisposition(models.Model):
    _inherit = "quality.disposition"

    limit_note = fields.Char(
        string="What the Limits Concern Besides", compute="_compute_limit_note", compute_sudo=True,
        help="Goods of the same lot that are in use already: they cannot be told apart from those conceded.")

    @api.depends("state", "kind", "lot_ids", "nonconformity_id", "valid_until", "limited_move_ids",
                 "limited_reference_ids")
    @api.depends_context("lang")
    def _compute_limit_note(self):
        limited = self.filtered(
            lambda row: row.tracking == "lot" and row.state in ("draft", "decided") and row._is_limited())
        used = limited._get_free_quantities()
        for row in self:
            lots = row._get_own_lots()._origin if row in limited else row.lot_ids.browse()
            quantity = sum(used.get(lot, 0.0) for lot in lots)
            row.limit_note = quantity > 0 and row.product_uom_id.compare(quantity, 0.0) > 0 and self.env._(
                "%(quantity)s %(unit)s of %(lots)s were accepted and cannot be told apart from the goods conceded: "
                "from this decision on they, too, are used within its limits only. Without limits, or with a lot "
                "number of its own for what is conceded, they stay free.", quantity=plain(quantity),
                unit=row.product_uom_id.name, lots=", ".join(lots.mapped("name")))

    def _get_free_quantities(self):
        """What of the lots of these tranches stands in own locations that hold nothing: ``{lot: quantity}``."""
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        return dict(self.env["stock.quant"]._read_group([
            ("lot_id", "in", self.mapped(lambda row: row._get_own_lots()).ids), ("quantity", ">", 0),
            ("location_id.usage", "in", ("internal", "transit")), ("location_id", "not in", list(hold_ids)),
        ], ["lot_id"], ["quantity:sum"]))

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
