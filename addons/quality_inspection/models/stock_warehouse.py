from odoo import api, models
from odoo.tools.translate import code_translations

#: Modules that name operation types of a warehouse.
NAMING = ("stock", "mrp", "repair", "quality_inspection")


class StockWarehouse(models.Model):
    """Every warehouse has its inspection area, whatever the number of its receipt steps (REC-1).

    Its operation types have a name in each language: Odoo 19 gives all languages the words of whoever makes the
    warehouse, and in Chinese its receipts are those of a bill (收据), its quality control is a department's (质量管理).
    """
    _inherit = "stock.warehouse"

    def _get_picking_type_create_values(self, max_sequence):
        values, following = super()._get_picking_type_create_values(max_sequence)
        values["in_type_id"]["name"] = self.env._("Receipts")
        values["qc_type_id"]["name"] = self.env._("Quality Control")
        values["store_type_id"]["name"] = self.env._("Storage")
        values["pack_type_id"]["name"] = self.env._("Pack")
        return values, following

    def _get_locations_values(self, vals, code=False):
        values = super()._get_locations_values(vals, code)
        values["wh_qc_stock_loc_id"].update(
            {"name": self.env._("Inspection Area"), "active": True, "is_quality_hold": True})
        return values

    @api.model_create_multi
    def create(self, vals_list):
        warehouses = super().create(vals_list)
        warehouses._keep_quality_location()
        warehouses._name_operation_types()
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

    def _name_operation_types(self):
        """Name operation types in every language; what somebody has called otherwise stays."""
        languages = [code for code, _language in self.env["res.lang"].get_installed()]
        for warehouse in self.with_context(active_test=False):
            named = {code: warehouse.with_context(lang=code)._get_picking_type_create_values(0)[0]
                     for code in {*languages, "en_US"}}
            for kind, values in named["en_US"].items():
                term = values["name"]
                untouched = {code_translations.get_python_translations(module, code).get(term, term)
                             for module in NAMING for code in languages}
                for code in languages:
                    operation = warehouse[kind].with_context(lang=code)
                    if operation.name in untouched and operation.name != named[code][kind]["name"]:
                        operation.name = named[code][kind]["name"]
