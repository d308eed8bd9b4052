from odoo import fields, models


class ProductProduct(models.Model):
    """What is held is not free to use (REC-7)."""
    _inherit = "product.product"

    quality_held_qty = fields.Float(
        string="Held by Quality", digits="Product Unit", compute="_compute_quality_held_qty", compute_sudo=True,
        help="Quantity that stands in hold locations and is not released, in the product's unit.")
    quality_inspection_count = fields.Integer(compute="_compute_quality_inspection_count")

    def _compute_quality_held_qty(self):
        quantities = self._get_held_quantities([("company_id", "in", self.env.companies.ids)])
        for product in self:
            product.quality_held_qty = quantities.get(product._origin.id, (0.0, 0.0))[0]

    def _compute_quality_inspection_count(self):
        # sudo: the count belongs to the product, whoever may read it
        counts = dict(self.env["quality.inspection"].sudo()._read_group(
            [("product_id", "in", self.ids), ("company_id", "in", self.env.companies.ids)],
            ["product_id"], ["__count"]))
        for product in self:
            product.quality_inspection_count = counts.get(product._origin, 0)

    def _get_held_quantities(self, domain):
        """``{product id: (held, held and not reserved)}`` of quants within a domain; one query when nothing is held."""
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        held = self.env["quality.hold.mixin"]._get_held(self.ids) if hold_ids else {}
        if not held:
            return {}
        # sudo: the balance is shown to whoever sees the product's
        quants = self.env["stock.quant"].sudo().search([
            *domain, ("product_id", "in", list({product for _company, product in held})),
            ("location_id", "in", tuple(hold_ids)), ("quantity", ">", 0)])
        quantities = {}
        for quant in quants._filter_held():
            total, free = quantities.get(quant.product_id.id, (0.0, 0.0))
            quantities[quant.product_id.id] = (
                total + quant.quantity, free + quant.quantity - quant.reserved_quantity)
        return quantities

    def _compute_quantities_dict(self, lot_id, owner_id, package_id, from_date=False, to_date=False):
        """Free to use is what is not held; on hand and forecast count it, for it is there."""
        result = super()._compute_quantities_dict(lot_id, owner_id, package_id, from_date, to_date)
        products = self._origin.filtered(lambda product: result.get(product.id, {}).get("free_qty"))
        if not products:
            return result
        domain = [*products._get_domain_locations()[0]]
        for name, value in (("lot_id", lot_id), ("owner_id", owner_id), ("package_id", package_id)):
            if value is not None:
                domain.append((name, "=", value))
        for product_id, (_total, free) in products._get_held_quantities(domain).items():
            values = result[product_id]
            values["free_qty"] = self.browse(product_id).uom_id.round(max(values["free_qty"] - free, 0.0))
        return result

    def action_view_quality_inspections(self):
        """Open the inspections of these products."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Inspections"),
            "res_model": "quality.inspection",
            "view_mode": "list,form",
            "domain": [("product_id", "in", self.ids)],
        }
