from odoo import api, fields, models
from odoo.exceptions import UserError


class StockGatePassLine(models.Model):
    """What leaves under a gate pass, and how much of it is back (NCR-5)."""

    _name = "stock.gate.pass.line"
    _inherit = ["document.control.mixin"]
    _description = "Goods of a Gate Pass"
    _order = "pass_id, sequence, id"
    _check_company_auto = True

    pass_id = fields.Many2one("stock.gate.pass", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="pass_id.company_id", store=True, index=True, precompute=True)
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one("product.product", index="btree_not_null", ondelete="restrict", check_company=True)
    name = fields.Char(string="Description", compute="_compute_name", store=True, readonly=False, precompute=True)
    lot_id = fields.Many2one(
        "stock.lot", string="Lot/Serial", index="btree_not_null", ondelete="restrict", check_company=True,
        domain="[('product_id', '=', product_id)]")
    uom_id = fields.Many2one(
        "uom.uom", string="Unit", compute="_compute_uom_id", store=True, readonly=False, precompute=True)
    # No totals: kilograms are not added to pieces.
    quantity = fields.Float(digits="Product Unit", required=True, default=1.0, aggregator=None)
    quantity_out = fields.Float(string="Out", digits="Product Unit", readonly=True, copy=False, aggregator=None)
    quantity_in = fields.Float(string="Back", digits="Product Unit", readonly=True, copy=False, aggregator=None)
    quantity_settled = fields.Float(
        string="Settled", digits="Product Unit", readonly=True, copy=False, aggregator=None,
        help="Does not come back any more.")
    balance = fields.Float(
        digits="Product Unit", compute="_compute_balance", store=True, aggregator=None,
        help="Out, and must still come back.")

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "Goods of a gate pass need a quantity.")
    _out_within = models.Constraint(
        "CHECK(COALESCE(quantity_out, 0) BETWEEN 0 AND quantity + 0.000001)", "More cannot go out than the pass says.")
    _in_within = models.Constraint(
        "CHECK(COALESCE(quantity_in, 0) >= 0 AND COALESCE(quantity_settled, 0) >= 0 AND COALESCE(quantity_in, 0) "
        "+ COALESCE(quantity_settled, 0) <= COALESCE(quantity_out, 0) + 0.000001)",
        "More cannot come back than went out.")

    @api.depends("product_id")
    def _compute_name(self):
        for line in self:
            line.name = line.name or line.product_id.display_name

    @api.depends("product_id")
    def _compute_uom_id(self):
        for line in self:
            line.uom_id = line.uom_id or line.product_id.uom_id

    @api.depends("quantity_out", "quantity_in", "quantity_settled", "pass_id.must_return")
    def _compute_balance(self):
        for line in self:
            left = line.quantity_out - line.quantity_in - line.quantity_settled
            line.balance = left if line.pass_id.must_return and left > 1e-9 else 0.0

    @api.depends("name", "lot_id.name", "balance", "uom_id.name")
    def _compute_display_name(self):
        for line in self:
            lot = f" [{line.lot_id.name}]" if line.lot_id else ""
            line.display_name = f"{line.name or ''}{lot} {line.balance or line.quantity:g} {line.uom_id.name or ''}"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if gate := lines.pass_id.filtered(lambda gate: gate.state != "draft" or (
                gate.is_from_document and not self.env.su)):
            raise UserError(self.env._("%(gate)s: its goods cannot be changed any more.", gate=gate[0].name))
        return lines

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_document(self):
        for line in self:
            if line.pass_id.is_from_document and not self.env.su:
                raise UserError(self.env._(
                    "%(gate)s: its goods cannot be changed any more.", gate=line.pass_id.name))

    def _get_product_quantity(self, quantity):
        """A quantity of the line in its product's unit."""
        return self.uom_id._compute_quantity(quantity, self.product_id.uom_id, rounding_method="HALF-UP")

    @api.model
    def _get_creatable_fields(self):
        return {"sequence", "product_id", "name", "lot_id", "uom_id", "quantity", "pass_id"}

    def _get_open_fields(self):
        gate = self.pass_id
        return self._get_creatable_fields() if gate.state == "draft" and not gate.is_from_document else set()

    def _get_frozen_fields(self):
        if self.pass_id.state == "draft":
            return set()
        return set(self._fields) - (
            set() if self.pass_id._is_frozen() else {"quantity_out", "quantity_in", "quantity_settled", "balance"})

    def _is_frozen(self):
        return self.pass_id.state != "draft"
