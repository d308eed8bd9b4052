from odoo.fields import Command

from .common import AftersalesCommon


class GoodsCommon(AftersalesCommon):
    """Three cabinets and five fuses that really left for the customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.engineer.group_ids += cls.env.ref("sales_team.group_sale_salesman")
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.fuse = cls.env["product.product"].create({
            "name": "Fuse", "is_storable": True, "list_price": 30, "standard_price": 20})
        cls.product.standard_price = 5000
        cls.lots = cls.env["stock.lot"].create([
            {"name": f"KYN28-10{number}", "product_id": cls.product.id, "company_id": cls.company.id}
            for number in range(4)])
        for lot in cls.lots:
            cls.env["stock.quant"]._update_available_quantity(cls.product, cls.warehouse.lot_stock_id, 1, lot_id=lot)
        cls.env["stock.quant"]._update_available_quantity(cls.fuse, cls.warehouse.lot_stock_id, 20)
        cls.sold = cls.env["sale.order"].create({
            "partner_id": cls.customer.id, "company_id": cls.company.id, "order_line": [
                Command.create({"product_id": cls.product.id, "product_uom_qty": 3}),
                Command.create({"product_id": cls.fuse.id, "product_uom_qty": 5})]})
        if "order_review_policy" in cls.company:  # how orders are agreed is another addon's
            cls.company.order_review_policy = "none"
        cls.sold.action_confirm()
        cls.delivery = cls.sold.picking_ids
        cls.delivery.action_assign()
        cls.delivery.move_ids.picked = True
        cls.delivery._action_done()
        cls.gone = cls.delivery.move_ids.lot_ids.sorted("name")

    def _do(self, request, action):
        """Press a button; the transfers that came of it."""
        before = request.sudo().move_ids.picking_id
        getattr(request, action)()
        return request.sudo().move_ids.picking_id - before

    def _finish(self, picking):
        picking.move_ids.picked = True
        picking._action_done()
