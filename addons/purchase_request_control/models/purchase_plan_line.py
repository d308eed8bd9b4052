from odoo import api, fields, models
from odoo.exceptions import UserError

#: What is noted of the requested line when it comes onto the plan.
FIGURES = {"date_required": "date_required", "order_by": "order_by", "lead_days": "lead_days",
           "qty_on_hand": "qty_on_hand", "qty_incoming": "qty_incoming", "qty_free": "qty_free"}


class PurchasePlanLine(models.Model):
    """One need on the plan, with what was known on the day: stock, lead time, the day to order (PUR-2)."""

    _name = "purchase.plan.line"
    _description = "Line of a Purchase Plan"
    _inherit = ["document.control.mixin"]
    _order = "order_by, id"
    _check_company_auto = True

    plan_id = fields.Many2one("purchase.plan", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    request_line_id = fields.Many2one(
        "purchase.request.line", string="Requested Line", required=True, index=True, ondelete="restrict",
        check_company=True)
    request_id = fields.Many2one(related="request_line_id.request_id")
    production_id = fields.Many2one(related="request_line_id.production_id")
    product_id = fields.Many2one(related="request_line_id.product_id", store=True, index=True)
    product_uom_id = fields.Many2one(related="request_line_id.product_uom_id")
    supplier_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="restrict", check_company=True)
    quantity = fields.Float(digits="Product Unit", aggregator=False)
    date_required = fields.Date(readonly=True)
    lead_days = fields.Integer(string="Lead Time", readonly=True, aggregator="max")
    order_by = fields.Date(readonly=True)
    qty_on_hand = fields.Float(string="On Hand", digits="Product Unit", aggregator=False, readonly=True)
    qty_incoming = fields.Float(string="Incoming", digits="Product Unit", aggregator=False, readonly=True)
    qty_free = fields.Float(string="Free", digits="Product Unit", aggregator=False, readonly=True)
    is_late = fields.Boolean(compute="_compute_is_late")

    _once = models.UniqueIndex("(plan_id, request_line_id)", "A line comes onto a plan once.")

    @api.depends("order_by")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.is_late = bool(line.order_by and line.order_by < today)

    @api.depends("product_id", "quantity")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.product_id.display_name} {line.quantity:g}"

    @api.model
    def _prepare_created(self, vals_list):
        """What is known of the need, on the day on which it comes onto the plan."""
        asked = self.env["purchase.request.line"].browse([
            vals["request_line_id"] for vals in vals_list if vals.get("request_line_id")])
        figures = {line.id: line for line in asked}
        for vals in vals_list:
            if line := figures.get(vals.get("request_line_id")):
                vals.update(self._prepare_figures(line))
                vals.setdefault("quantity", line.qty_to_order)
                vals.setdefault("supplier_id", line.supplier_id.id)
        return super()._prepare_created(vals_list)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.plan_id._check_state("draft")
        lines._check_quantity()
        lines.plan_id._note_author()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if "quantity" in vals:
            self._check_quantity()
        self.plan_id._note_author(vals)
        return result

    def unlink(self):
        plans = self.plan_id
        result = super().unlink()
        plans._note_author()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self.plan_id.filtered(lambda plan: plan.state != "cancelled")._check_state("draft")

    @api.model
    def _get_creatable_fields(self):
        return {"plan_id", "request_line_id", "supplier_id", "quantity"}

    def _get_open_fields(self):
        return {"supplier_id", "quantity"} if self.plan_id.state == "draft" else set()

    def _get_frozen_fields(self):
        return set() if self.plan_id.state == "draft" else set(self._fields)

    def _check_quantity(self):
        """
        :raise UserError: no quantity, or more than is asked for and not ordered yet
        """
        for line in self:
            product, asked = line.product_id.display_name, line.request_line_id.qty_to_order
            unit = line.product_uom_id
            if line.quantity <= 0 or unit.compare(line.quantity, asked) > 0:
                raise UserError(self.env._(
                    "%(product)s of %(request)s: %(quantity)s cannot be planned, %(asked)s %(uom)s are approved and "
                    "not ordered yet.", product=product, request=line.request_id.name, quantity=f"{line.quantity:g}",
                    asked=f"{asked:g}", uom=unit.name))

    def _take_figures(self):
        for line in self:
            line._write_signed({
                **self._prepare_figures(line.request_line_id),
                "quantity": min(line.quantity, line.request_line_id.qty_to_order)})

    @api.model
    def _prepare_figures(self, asked):
        return {name: asked[source] for name, source in FIGURES.items()}

    def _make_rfq(self):
        """One request for quotation of these lines: of one supplier and one place of receipt.

        :return: purchase.order
        """
        wizard = self.env["purchase.request.line.make.purchase.order"].create(
            {"supplier_id": self.supplier_id.id, "plan_id": self.plan_id.id})
        self.env["purchase.request.line.make.purchase.order.item"].create([{
            **{name: value for name, value in wizard._prepare_item(line.request_line_id).items()
               if name not in ("request_id", "product_id")},
            "wiz_id": wizard.id, "product_qty": line.quantity} for line in self])
        return self.env["purchase.order"].browse(wizard.make_purchase_order()["domain"][0][2]).exists()
