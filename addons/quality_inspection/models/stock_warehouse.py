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
        """Odoo archives the location with fewer than three receipt steps; the inspection area stays."""
        result = super().write(vals)
        if {"reception_steps", "active", "wh_qc_stock_loc_id"}.intersection(vals):
            self._keep_quality_location()
        return result

    def _update_location_reception(self, new_reception_step):
        """The inspection area is not archived, even while goods stand in it; the input location follows the steps."""
        result = super()._update_location_reception("three_steps")
        self.wh_input_stock_loc_id.write({"active": new_reception_step != "one_step"})
        return result

    def _keep_quality_location(self):
        """The Quality Control location of an active warehouse is active and holds."""
        # sudo: the warehouse's own location
        locations = self.filtered("active").with_context(active_test=False).sudo().wh_qc_stock_loc_id
        wrong = locations.filtered(lambda location: not location.active or not location.is_quality_hold)
        if wrong:
            wrong.write({"active": True, "is_quality_hold": True})

    def _name_quality_location(self):
        """Stock's name of the location reads as a department's in Chinese (质量管理): nobody renamed it, we do."""
        locations = self.with_context(active_test=False).wh_qc_stock_loc_id
        for code, _language in self.env["res.lang"].get_installed():
            stock_terms = code_translations.get_python_translations("stock", code)
            called = locations.filtered_domain([("name", "=", stock_terms.get("Quality Control", "Quality Control"))])
            called.name = self.with_context(lang=code).env._("Inspection Area")
            locations -= called
