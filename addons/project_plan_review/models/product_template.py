from odoo import models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def _get_plan_kind(self):
        """How a plan for these products is made (PLN-1, PLN-2): complete set before non-regular before regular."""
        classes = set(self.mapped("design_class"))
        if "complete_set" in classes:
            return "complete_set"
        return "nonregular" if classes & {"new_design", "non_standard"} else "regular"
