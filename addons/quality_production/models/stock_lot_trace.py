from odoo import models
from odoo.tools import SQL

#: Deeper structures than this do not exist; it only ends a circle in wrong data.
MAX_LEVELS = 50


class StockLot(models.Model):
    """From which lots a lot was made, and into which it went: one query per level, whatever the width (REC-8)."""

    _inherit = "stock.lot"

    def _get_consumed(self):
        """What was consumed directly to make these lots.

        :return: list of tuples: made lot id, product id, consumed lot id or None, manufacturing order id, quantity
            in the product's unit
        """
        return self._query_consumption("made.lot_id")

    def _get_built_into(self):
        """What these lots were built into directly; tuples as those of :meth:`_get_consumed`, made lot may be None."""
        return self._query_consumption("used.lot_id")

    def _query_consumption(self, column):
        if not self.ids:
            return []
        lines = self.env["stock.move.line"]
        lines.flush_model(["lot_id", "product_id", "quantity_product_uom", "state", "move_id", "consume_line_ids"])
        self.env["stock.move"].flush_model(["raw_material_production_id"])
        field = lines._fields["consume_line_ids"]
        return self.env.execute_query(SQL(
            """WITH pair AS (
                   SELECT DISTINCT made.lot_id AS made_lot_id, used.id AS used_id
                     FROM stock_move_line used
                     JOIN %(relation)s rel ON rel.%(used)s = used.id
                     JOIN stock_move_line made ON made.id = rel.%(made)s AND made.state = 'done'
                    WHERE used.state = 'done' AND %(column)s = ANY(%(lots)s))
               SELECT pair.made_lot_id, used.product_id, used.lot_id, move.raw_material_production_id,
                      SUM(used.quantity_product_uom)
                 FROM pair
                 JOIN stock_move_line used ON used.id = pair.used_id
                 JOIN stock_move move ON move.id = used.move_id
                WHERE move.raw_material_production_id IS NOT NULL
             GROUP BY pair.made_lot_id, used.product_id, used.lot_id, move.raw_material_production_id
             ORDER BY pair.made_lot_id, used.product_id, used.lot_id""",
            made=SQL.identifier(field.column1), used=SQL.identifier(field.column2),
            relation=SQL.identifier(field.relation), column=SQL(column), lots=self.ids))

    def _get_composition(self):
        """All that these lots are made of, through all levels; a circle in the data ends where it closes.

        :return: ``{made lot id: [(product id, lot id or None, manufacturing order id, quantity)]}``
        """
        composition, seen, level = {}, set(self.ids), self
        for _depth in range(MAX_LEVELS):
            following = set()
            for made, product, used, production, quantity in level._get_consumed():
                composition.setdefault(made, []).append((product, used, production, quantity))
                if used and used not in seen:
                    following.add(used)
            if not following:
                break
            seen |= following
            level = self.browse(sorted(following))
        return composition

    def _get_where_used(self):
        """All that these lots went into: for a recall of what was released urgently (REC-8).

        :return: ``{"lot_ids", "production_ids", "picking_ids"}``: lots built with them through all levels, the
            orders that consumed them, and the deliveries of them or of what they were built into
        """
        seen, productions, level = set(self.ids), set(), self
        for _depth in range(MAX_LEVELS):
            following = set()
            for made, _product, _used, production, _quantity in level._get_built_into():
                productions.add(production)
                if made and made not in seen:
                    following.add(made)
            if not following:
                break
            seen |= following
            level = self.browse(sorted(following))
        # sudo: a recall finds all deliveries, whoever asks
        shipped = self.env["stock.move.line"].sudo()._read_group(
            [("lot_id", "in", list(seen)), ("state", "=", "done"), ("location_dest_id.usage", "=", "customer"),
             ("picking_id", "!=", False)], ["picking_id"])
        return {"lot_ids": sorted(seen - set(self.ids)), "production_ids": sorted(productions),
                "picking_ids": [picking.id for [picking] in shipped]}
