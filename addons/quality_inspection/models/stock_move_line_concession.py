from odoo import fields, models
from odoo.exceptions import UserError

INSIDE = ("internal", "transit")
DISPOSED = ("supplier", "inventory", "view")


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _check_concession(self):
        """A lot conceded for given orders or until a day is used for them and until then only (NCR-4).

        :raise UserError: names the lot, its concession and its limits
        """
        limits = self.env["quality.disposition"]._get_limited_lots()
        if not limits:
            return
        for line in self:
            if line.lot_id.id in limits and line.quantity and line.state not in ("done", "cancel") \
                    and (problem := line.move_id._get_concession_problem(limits[line.lot_id.id], line.lot_id)):
                raise UserError(problem)


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_refused_lots(self):
        """Ids of the product's lots that a concession does not let this move use."""
        limits = self.env["quality.disposition"]._get_limited_lots()
        if not limits or self.product_id.tracking == "none":
            return set()
        # sudo: whoever reserves need not read all lots
        lots = self.env["stock.lot"].sudo().browse(limits).filtered(lambda lot: lot.product_id == self.product_id)
        return {lot.id for lot in lots if self._get_concession_problem(limits[lot.id], lot)}

    def _get_concession_problem(self, limits, lot):
        """Why this move may not use a conceded lot; None when it may.

        :param limits: tuple of ``(disposition id, valid until, move ids, reference ids)``
        """
        if self.quality_disposition_id or self.location_dest_id.usage in DISPOSED or self.is_inventory:
            return None
        if self.location_dest_id.usage in INSIDE and not self.reference_ids and not self.move_dest_ids:
            return None
        problems = [self._get_limit_problem(limit, lot) for limit in limits]
        return None if None in problems else problems[0]

    def _get_limit_problem(self, limit, lot):
        disposition_id, valid_until, move_ids, reference_ids = limit
        # sudo: whoever is refused may know by which concession
        row = self.env["quality.disposition"].sudo().browse(disposition_id)
        today = fields.Date.context_today(self.with_company(self.company_id))
        if valid_until and today > valid_until:
            return self.env._(
                "%(lot)s of %(product)s was conceded until %(date)s (%(document)s). Ask quality for a new decision.",
                lot=lot.name, product=lot.product_id.display_name, date=fields.Date.to_string(valid_until),
                document=row.nonconformity_id.name)
        if not move_ids and not reference_ids:
            return None
        mine = self._get_concession_moves()
        if mine & set(move_ids) or set(self.reference_ids.ids) & set(reference_ids):
            return None
        orders = row.limited_reference_ids.mapped("name") + row.limited_move_ids.mapped("display_name")
        return self.env._(
            "%(lot)s of %(product)s is conceded for %(orders)s only (%(document)s). Choose another lot.",
            lot=lot.name, product=lot.product_id.display_name, orders=", ".join(orders),
            document=row.nonconformity_id.name)

    def _get_concession_moves(self):
        """Ids of this move and of those that it feeds: a pick is allowed for the delivery that it serves."""
        return {*self.ids, *self._rollup_move_dests()}
