from odoo import models
from odoo.exceptions import UserError

#: How goods are counted decides how they are held.
GUARDED = {"is_storable", "type", "tracking", "uom_id"}


class ProductTemplate(models.Model):
    """Goods under inspection do not leave their hold by becoming another kind of product (REC-7)."""
    _inherit = "product.template"

    def write(self, vals):
        changed = self.filtered(lambda template: any(
            (template[name].id if name == "uom_id" else template[name]) != vals[name]
            for name in GUARDED.intersection(vals)))
        changed._check_nothing_held()
        return super().write(vals)

    def _check_nothing_held(self):
        """:raise UserError: goods of these products are held"""
        if not self:
            return
        # sudo: variants that are archived or of other companies may be held too
        products = self.sudo().with_context(active_test=False).product_variant_ids
        held = {product_id for _company, product_id in self.env["quality.hold.mixin"]._get_held(products.ids)}
        for product in products.filtered(lambda one: one.id in held):
            documents = self.env["quality.hold.mixin"]._get_hold_documents(product)
            raise UserError(self.env._(
                "%(product)s is held by quality (%(documents)s): whether it is stored, how it is tracked and its unit "
                "cannot be changed until it is released.", product=product.display_name,
                documents=", ".join(document.display_name for document in documents)))
