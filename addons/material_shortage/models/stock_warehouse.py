from odoo import api, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    @api.model
    def web_name_search(self, name, specification, domain=None, operator="ilike", limit=100):
        """Whoever misses a part chooses among the warehouses of the group that have it, a sister company's too, of
        which he sees nothing else: their names are what he was offered (MAT-7).

        :raise AccessError: ``material_shortage_id`` of the context is not his to see
        """
        shortage = self.env["material.shortage"].browse(self.env.context.get("material_shortage_id") or ())
        if not shortage:
            return super().web_name_search(name, specification, domain, operator, limit)
        shortage.check_access("read")
        wizard = self.env["material.shortage.act"].new({"kind": "transfer", "shortage_id": shortage.id})
        offered = [("id", "in", [place.id for place, _quantity in wizard._get_sisters()])]
        # sudo: names of those that are offered, nothing else of them
        return super(StockWarehouse, self.sudo()).web_name_search(
            name, {"display_name": {}}, offered, operator, limit)
