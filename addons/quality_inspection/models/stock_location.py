from odoo import api, fields, models, tools
from odoo.exceptions import UserError


class StockLocation(models.Model):
    """Hold locations: goods under inspection stand there and cannot be used (REC-1, REC-7)."""
    _name = "stock.location"
    _inherit = ["stock.location", "document.cached.mixin"]

    is_quality_hold = fields.Boolean(
        string="Quality Hold", help="Goods under inspection, and nonconforming ones, cannot be used from here nor from "
        "the locations below. Goods that nobody inspects pass through.")

    @api.model
    def _get_cached_fields(self):
        """Fields that decide where goods are held."""
        return (super()._get_cached_fields() or set()) | {
            "is_quality_hold", "location_id", "usage", "active", "company_id"}

    def write(self, vals):
        """A location with held goods stays a hold location."""
        touched = self._get_cached_fields().intersection(vals)
        before = self._get_quality_hold_location_ids() if touched else frozenset()
        result = super().write(vals)
        if touched:
            self._check_no_held_goods(before - self._get_quality_hold_location_ids())
        return result

    def _check_no_held_goods(self, location_ids):
        """:raise UserError: goods are held in locations that are hold locations no longer"""
        if not location_ids:
            return
        # sudo: goods are held whoever may see them
        quants = self.env["stock.quant"].sudo().search([("location_id", "in", tuple(location_ids))])
        if held := quants._filter_held(location_ids):
            raise UserError(self.env._(
                "%(location)s holds %(product)s, which is not released. It stays a quality hold location until its "
                "goods are released, returned or scrapped.", location=held[0].location_id.display_name,
                product=held[0].product_id.display_name))

    @api.model
    @tools.ormcache()
    def _quality_hold_tree(self):
        """Ids of the hold locations with all below them, and of all above them."""
        # sudo: goods are held for everybody
        Location = self.env["stock.location"].sudo().with_context(active_test=False)
        tops = Location.search([("is_quality_hold", "=", True)])
        inside = Location.search([("id", "child_of", tops.ids)]) if tops else tops
        above = {int(part) for top in tops for part in (top.parent_path or "").split("/") if part}
        return frozenset(inside.ids), frozenset(above)

    @api.model
    def _get_quality_hold_location_ids(self):
        """Ids of the locations in which goods can be held: those marked and all below them (frozenset, cached)."""
        return self._quality_hold_tree()[0]

    def _has_quality_hold(self):
        """Whether goods can be held in this location or below it; no query."""
        inside, above = self._quality_hold_tree()
        return self.id in inside or self.id in above
