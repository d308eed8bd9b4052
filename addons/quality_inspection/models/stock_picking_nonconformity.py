from odoo import api, fields, models
from odoo.fields import Command


class StockPicking(models.Model):
    _inherit = "stock.picking"

    quality_nonconformity_ids = fields.One2many("quality.nonconformity", "picking_id", string="Nonconformities")
    quality_nonconformity_count = fields.Integer(compute="_compute_quality_nonconformity_count")

    def _compute_quality_nonconformity_count(self):
        # sudo: the count belongs to the transfer
        found = dict(self.env["quality.nonconformity"].sudo()._read_group(
            [("picking_id", "in", self.ids)], ["picking_id"], ["__count"]))
        for picking in self:
            picking.quality_nonconformity_count = found.get(picking._origin.sudo(), 0)

    def _complete_chosen_lines(self):
        """Confirm a transfer whose goods were chosen, not reserved by Odoo, and do what its reservation does besides:
        packages that are moved whole stay whole, putaway rules say where the goods go.
        """
        self.move_ids.move_line_ids.write({"picking_id": self.id})  # lines made with their move do not get it
        self.action_confirm()
        self.move_ids._recompute_state()
        self._check_entire_pack()
        self.move_ids.move_line_ids._apply_putaway_strategy()

    @api.model
    def _create_into_hold(self, goods, hold, origin):
        """Transfer of chosen goods of one product into a hold location, confirmed but not done; pallets stay whole.

        :param goods: ``{location: [(quant, quantity)]}``, quantities in the product's unit
        :param origin: name of the document that brings them there
        """
        picking = self.create({
            "picking_type_id": hold.warehouse_id.int_type_id.id, "company_id": hold.company_id.id, "origin": origin,
            "location_id": next(iter(goods)).id, "location_dest_id": hold.id, "move_type": "direct"})
        self.env["stock.move"].create([
            {**self._prepare_hold_move_vals(place, hold, lines, origin), "picking_id": picking.id}
            for place, lines in goods.items()])
        picking._complete_chosen_lines()
        return picking

    @api.model
    def _prepare_hold_move_vals(self, location, hold, lines, origin):
        product = lines[0][0].product_id
        return {
            "origin": origin, "company_id": hold.company_id.id, "product_id": product.id,
            "product_uom": product.uom_id.id, "product_uom_qty": sum(quantity for _quant, quantity in lines),
            "location_id": location.id, "location_dest_id": hold.id, "procure_method": "make_to_stock",
            "move_line_ids": [Command.create({
                "product_id": product.id, "product_uom_id": product.uom_id.id, "quantity": quantity,
                "location_id": location.id, "location_dest_id": hold.id, "lot_id": quant.lot_id.id,
                "package_id": quant.package_id.id, "owner_id": quant.owner_id.id,
            }) for quant, quantity in lines],
        }

    def action_view_quality_nonconformities(self):
        """Open the nonconformities of this transfer."""
        self.ensure_one()
        return self.quality_nonconformity_ids._get_records_action(name=self.env._("Nonconformities"))
