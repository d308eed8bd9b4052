from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        """Material is issued, goods are shipped: a superseded drawing of their order warns (CHG-8)."""
        orders = {picking: picking._get_orders_of_change() for picking in self}  # done, moves may lose what follows
        result = super()._action_done()
        releases = self.env["document.release"]
        if releases._get_superseded_of(self.env["sale.order"].union(*orders.values())):  # as a rule none: asked once
            for picking in self:
                releases._warn_of_superseded_of(orders[picking], picking)
        return result

    def _get_orders_of_change(self):
        """Sales orders that the goods are shipped for, or the material is issued for."""
        picking = self.sudo()  # whose order it is
        if picking.picking_type_code == "outgoing":
            return picking.move_ids.sale_line_id.order_id
        productions = picking.move_ids.move_dest_ids.raw_material_production_id
        return productions.sale_line_id.order_id | productions.reference_ids.sale_ids
