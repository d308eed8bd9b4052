from odoo import api, models
from odoo.tools.translate import code_translations


class StockWarehouse(models.Model):
    """Every warehouse has its inspection area, whatever the number of its receipt steps (REC-1)."""
    _inherit = "stock.warehouse"

    def _get_locations_values(self, vals, code=False):
        values = super()._get_locations_values(vals, code)
        values["wh_qc_stock_loc_id"].update(
            {"name": self.env._("Inspection Area"), "active": True, "is_quality_hold": True})
        return values

    @api.model_create_multi
    def create(self, vals_list):
        warehouses = super().create(vals_list)
        warehouses._keep_quality_location()
        return warehouses

    def write(self, vals):
        """Odoo archives the location with fewer than three receipt steps; the inspection area stays.

        A warehouse that comes back from the archive has the locations that its steps need, as in plain Odoo; its
        inspection area comes back with the first goods, see :meth:`_get_inspection_area`.
        """
        if vals.get("active"):
            self = self.with_context(quality_area_rests=True)
        result = super().write(vals)
        if {"reception_steps", "wh_qc_stock_loc_id"}.intersection(vals):
            self._keep_quality_location()
        return result

    def _update_location_reception(self, new_reception_step):
        """The inspection area is not archived, even while goods stand in it; the input location follows the steps."""
        if self.env.context.get("quality_area_rests"):
            return super()._update_location_reception(new_reception_step)
        result = super()._update_location_reception("three_steps")
        self.wh_input_stock_loc_id.write({"active": new_reception_step != "one_step"})
        return result

    def _keep_quality_location(self):
        """The Quality Control location of an active warehouse is active and holds."""
        if self.env.context.get("quality_area_rests"):
            return
        # sudo: the warehouse's own location
        locations = self.filtered("active").with_context(active_test=False).sudo().wh_qc_stock_loc_id
        wrong = locations.filtered(lambda location: not location.active or not location.is_quality_hold)
        if wrong:
            wrong.write({"active": True, "is_quality_hold": True})

    def _get_inspection_area(self):
        """Inspection area (待检区) of the warehouse, as superuser; taken into use again if it rests."""
        # sudo: the area may be hidden from who receives, makes or isolates the goods
        warehouse = self.sudo()
        if not warehouse.wh_qc_stock_loc_id.active:
            warehouse.with_context(quality_area_rests=False)._keep_quality_location()
        return warehouse.wh_qc_stock_loc_id

    def _name_quality_location(self):
        """Stock's name of the location reads as a department's in Chinese (质量管理): nobody renamed it, we do."""
        locations = self.with_context(active_test=False).wh_qc_stock_loc_id
        for code, _language in self.env["res.lang"].get_installed():
            stock_terms = code_translations.get_python_translations("stock", code)
            called = locations.filtered_domain([("name", "=", stock_terms.get("Quality Control", "Quality Control"))])
            called.name = self.with_context(lang=code).env._("Inspection Area")
            locations -= called
