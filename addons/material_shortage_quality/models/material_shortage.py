from operator import attrgetter

from odoo import api, models


class MaterialShortage(models.Model):
    _inherit = "material.shortage"

    @api.model
    def _get_uninspected(self, facts):
        """What has come into the warehouse of the order and waits for its inspection is no supply (REC-7), and nobody
        has to bring it any more: a constant number of queries, however many lines."""
        result = super()._get_uninspected(facts)
        short = sorted((fact for fact in facts.values() if fact.short), key=attrgetter("needed_by"))
        left = self._get_held_by_warehouse([fact.product_id for fact in short])
        if not left:
            return result
        found = {name: self.env[model].browse({getattr(fact, name) for fact in short} - {False}) for name, model in (
            ("production_id", "mrp.production"), ("picking_id", "stock.picking"), ("product_id", "product.product"))}
        for fact in short:
            production, picking, product = (
                records.browse(getattr(fact, name) or ()).with_prefetch(records.ids) for name, records in found.items())
            key = (production or picking).picking_type_id.warehouse_id, product
            here = left.get(key, 0.0)
            enough = product.uom_id.compare(here, fact.short) >= 0
            result[fact[:3]] = fact.short if enough else here
            left[key] = here - fact.short if enough else 0.0
        return result

    @api.model
    def _get_held_by_warehouse(self, product_ids):
        """``{(warehouse, product): what waits there for its inspection}``"""
        # sudo: what is here does not depend on who may see inspections
        left = {}
        for location, product, quantity in self.env["quality.inspection"].sudo()._read_group(
                [("product_id", "in", product_ids), ("state", "in", ("pending", "in_progress")),
                 ("quantity_held", ">", 0)], ["location_id", "product_id"], ["quantity_held:sum"]):
            key = location.warehouse_id, product
            left[key] = left.get(key, 0.0) + quantity
        return left
