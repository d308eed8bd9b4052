from odoo import fields, models


class ScanTally(models.Model):
    """Goods that were scanned and are not booked yet: of a transfer, or of one run where there is none.

    A scan only counts here, however large the transfer is; the transfer's own lines are written once, when it is
    finished. Whoever scans the same transfer counts on.
    """

    _name = "scan.tally"
    _description = "Scanned Goods"
    _order = "id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", required=True, index=True, default=lambda self: self.env.uid,
                              ondelete="cascade")
    run = fields.Char(required=True, index=True)
    picking_id = fields.Many2one(
        "stock.picking", string="Transfer", index="btree_not_null", ondelete="cascade", check_company=True)
    move_id = fields.Many2one(
        "stock.move", string="Line", index="btree_not_null", ondelete="cascade", check_company=True)
    product_id = fields.Many2one("product.product", required=True, index=True, ondelete="cascade", check_company=True)
    lot_id = fields.Many2one("stock.lot", index="btree_not_null", ondelete="cascade", check_company=True)
    lot_name = fields.Char(string="New Lot/Serial Number")
    package_id = fields.Many2one("stock.package", index="btree_not_null", ondelete="cascade", check_company=True)
    location_id = fields.Many2one(
        "stock.location", string="From", index="btree_not_null", ondelete="cascade", check_company=True)
    location_dest_id = fields.Many2one(
        "stock.location", string="To", index="btree_not_null", ondelete="cascade", check_company=True)
    quantity = fields.Float(digits="Product Unit", aggregator=None, help="In the unit of the product.")
