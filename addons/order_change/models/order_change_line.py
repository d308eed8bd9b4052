from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date, formatLang

from .order_change import LEVELS, SALES

KINDS = [
    ("quantity", "Quantity"), ("product", "Product"), ("price", "Price"), ("new", "New line"),
    ("date", "Delivery date"), ("text", "Specification"), ("design", "Design"),
    ("document", "Document"),
]
#: Kinds about one line of the order.
OF_LINE = ("quantity", "product", "price")
#: What the order itself says after the change; the other kinds are told beside it.
OF_ORDER = (*OF_LINE, "new", "date", "text")
#: Level that each kind proposes; a quantity's depends on where it goes.
LEVEL = {"product": "structural", "price": "structural", "new": "structural", "date": "delivery"}
TEXTS = ("technical_requirements", "quality_requirements", "packing_requirements")


class OrderChangeLine(models.Model):
    """One thing that changes: what it was, and what it becomes (CHG-8)."""

    _name = "order.change.line"
    _inherit = ["document.control.mixin"]
    _description = "Line of a Change Notice"
    _order = "change_id desc, sequence, id"
    _check_company_auto = True

    change_id = fields.Many2one("order.change", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="change_id.company_id", store=True, index=True, precompute=True)
    order_id = fields.Many2one(related="change_id.order_id")
    currency_id = fields.Many2one(related="change_id.currency_id")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, string="What changes", required=True, default="quantity")
    level = fields.Selection(LEVELS, compute="_compute_level", store=True, precompute=True)
    order_line_id = fields.Many2one(
        "sale.order.line", string="Order line", index="btree_not_null", ondelete="restrict",
        domain="[('order_id', '=', order_id), ('display_type', '=', False), ('is_downpayment', '=', False)]")
    line_name = fields.Char(
        string="Line", compute="_compute_before", store=True, precompute=True, help="As it was called then.")
    unit_id = fields.Many2one("uom.uom", compute="_compute_before", store=True, precompute=True, ondelete="restrict")
    quantity_before = fields.Float(
        digits="Product Unit", aggregator=False, compute="_compute_before", store=True, precompute=True)
    quantity = fields.Float(string="New quantity", digits="Product Unit", aggregator=False)
    quantity_unit_id = fields.Many2one(
        "uom.uom", string="In", compute="_compute_quantity_unit_id", store=True, readonly=False, precompute=True,
        ondelete="restrict", help="Unit in which the new quantity is given; it is converted to the line's.")
    quantity_after = fields.Float(
        digits="Product Unit", aggregator=False, compute="_compute_quantity_after", store=True, precompute=True,
        help="In the unit of the order line.")
    product_before_id = fields.Many2one(
        "product.product", compute="_compute_before", store=True, precompute=True, ondelete="restrict")
    product_id = fields.Many2one(
        "product.product", string="New product", ondelete="restrict", index="btree_not_null", check_company=True,
        domain="[('sale_ok', '=', True)]")
    price_before = fields.Float(
        digits="Product Price", compute="_compute_before", store=True, precompute=True, groups=SALES)
    price = fields.Float(
        string="New price", digits="Product Price", compute="_compute_price", store=True, readonly=False,
        precompute=True, groups=SALES, help="Unit price in the order's currency; of a product that of the price list.")
    date_before = fields.Date(compute="_compute_before", store=True, precompute=True)
    date = fields.Date(string="New date")
    text_field = fields.Selection(
        [("technical_requirements", "Technical requirements"), ("quality_requirements", "Quality requirements"),
         ("packing_requirements", "Packing requirements")], string="Which", default="technical_requirements")
    text_before = fields.Text(
        string="Present text", compute="_compute_before", store=True, precompute=True, readonly=False)
    text = fields.Text(string="New text")
    release_id = fields.Many2one(
        "document.release", string="Release superseded", ondelete="restrict", index="btree_not_null",
        check_company=True, domain="[('state', 'in', ('released', 'acknowledged')), ('replaced_by_id', '=', False)]")
    document_id = fields.Many2one(
        "order.document", string="Document superseded", ondelete="restrict", index="btree_not_null",
        domain="[('order_id', '=', order_id), ('state', '=', 'in_force')]")
    new_document_id = fields.Many2one(
        "order.document", string="New version", ondelete="restrict", index="btree_not_null",
        domain="[('order_id', '=', order_id), ('state', '=', 'draft')]")
    before = fields.Char(compute="_compute_words")
    after = fields.Char(compute="_compute_words")

    _once = models.UniqueIndex(
        "(change_id, order_line_id, kind) WHERE order_line_id IS NOT NULL",
        "This change already says that of the order line: correct the line that is there.")
    _one_date = models.UniqueIndex(
        "(change_id) WHERE kind = 'date'", "A change names one new delivery date.")

    @api.depends("kind", "quantity_before", "quantity_after")
    def _compute_level(self):
        for line in self:
            if line.kind == "quantity":
                line.level = line._get_quantity_level()
            else:
                line.level = LEVEL.get(line.kind, "minor")

    def _get_quantity_level(self):
        """More has to be planned; nothing any more is another order."""
        if not self.quantity_after:
            return "structural"
        return "delivery" if self.quantity_after > self.quantity_before else "minor"

    @api.depends("order_line_id")
    def _compute_quantity_unit_id(self):
        for line in self:
            line.quantity_unit_id = line.order_line_id.sudo().product_uom_id or (  # the unit is no secret
                line.product_id.uom_id)

    @api.depends("kind", "quantity", "quantity_unit_id", "order_line_id", "product_id")
    def _compute_quantity_after(self):
        for line in self:
            unit = line._get_line_unit()
            if line.quantity_unit_id and unit and line.quantity_unit_id._has_common_reference(unit):
                line.quantity_after = line.quantity_unit_id._compute_quantity(
                    line.quantity, unit, rounding_method="HALF-UP", raise_if_failure=False)
            else:
                line.quantity_after = line.quantity

    @api.depends("kind", "order_line_id", "text_field", "change_id.order_id")
    def _compute_before(self):
        """What the order says now; from the assessment on it stays as it was then."""
        for line in self:
            if line.change_id.state in (False, "draft"):
                line.update(line._prepare_before())

    @api.depends("product_id", "kind", "order_line_id")
    def _compute_price(self):
        for line in self:
            if line.kind in ("product", "new") and line.product_id:
                line.price = line._get_list_price()
            elif line.kind == "price":
                line.price = line.price or line.order_line_id.sudo().price_unit

    @api.depends("kind", "quantity_after", "quantity_before", "product_id", "price", "date", "text", "text_before",
                 "release_id", "document_id", "new_document_id")
    @api.depends_context("uid", "lang")
    def _compute_words(self):
        shows_prices = self.env.user.has_group(SALES)
        for line in self:
            line.before, line.after = line._describe_change(shows_prices)

    @api.onchange("kind")
    def _onchange_kind(self):
        """What is not about one line of the order names none."""
        if self.kind not in OF_LINE:
            self.order_line_id = False

    def _prepare_before(self):
        """What the order says now of what the line changes."""
        line, order = self.order_line_id.sudo(), self.change_id.order_id.sudo()  # kept for whoever reads the notice
        return {
            "line_name": line.product_id.display_name or line.name,
            "unit_id": line.product_uom_id.id,
            "quantity_before": line.product_uom_qty,
            "product_before_id": line.product_id.id,
            "price_before": line.price_unit,
            "date_before": order and self.kind == "date" and order._get_requested_date(),
            "text_before": self._get_text_before(order),
        }

    def _get_text_before(self, order):
        """Of a specification what the order says; of the design what somebody has written."""
        if self.kind == "design":
            return self.text_before
        return order[self.text_field] if order and self.kind == "text" and self.text_field else False

    def _get_line_unit(self):
        return self.order_line_id.sudo().product_uom_id or self.product_id.uom_id

    def _get_list_price(self):
        """Price of the new product in the order's currency, by its price list where it has one."""
        order = self.change_id.order_id.sudo()  # which list it has
        quantity = self.quantity_after or self.order_line_id.sudo().product_uom_qty or 1.0
        if order.pricelist_id:
            return order.pricelist_id._get_product_price(
                self.product_id, quantity, currency=order.currency_id, uom=self._get_line_unit(),
                date=order.date_order)
        company = order.company_id or self.env.company
        return self.product_id.currency_id._convert(
            self.product_id.lst_price, order.currency_id or company.currency_id, company, fields.Date.today())

    def _describe_change(self, shows_prices):
        """Before and after in the words of whoever reads them: a pair of texts."""
        unit = self.unit_id.name or ""

        def quantity(value, unit=unit):
            digits = {"digits": 0} if float(value).is_integer() else {"dp": "Product Unit"}
            return f"{formatLang(self.env, value, **digits)} {unit}".strip()

        def price(value):
            return formatLang(self.env, value, dp="Product Price") if shows_prices else "***"
        return {
            "quantity": lambda: (quantity(self.quantity_before), quantity(self.quantity_after)),
            "product": lambda: (self.product_before_id.display_name, self.product_id.display_name),
            "price": lambda: (price(self.sudo().price_before), price(self.sudo().price)),  # hidden above
            "new": lambda: ("-", f"{self.product_id.display_name or ''} × "
                            + quantity(self.quantity_after, self.product_id.uom_id.name or "")),
            "date": lambda: tuple(format_date(self.env, day) or "-" for day in (self.date_before, self.date)),
            "text": lambda: (self.text_before or "-", self.text or "-"),
            "design": lambda: (self.text_before or "-", self.text or "-"),
            "document": lambda: (
                self.sudo().release_id.display_name or self.sudo().document_id.display_name or "-",  # its name only
                self.sudo().new_document_id.name or self.env._("superseded")),
        }.get(self.kind, lambda: ("", ""))()

    def _stands_on_order(self):
        """Whether the order itself shows it, before and after; a component, a design, a document it does not."""
        return self.kind in OF_ORDER

    def _is_agreed_upon(self):
        """Whether it changes what was agreed with the customer; our own design and releases were not."""
        return self.kind != "design" and not (self.kind == "document" and not self.document_id)

    def _get_title(self):
        """What the line is about, for messages: the order line, or what of the order."""
        what = self._get_selection_label("kind")
        return f"{self.line_name}, {what}" if self.line_name else what

    @api.depends("kind", "line_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line._get_title()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_drawn_up()
        lines._check_same_order()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"order_line_id", "document_id", "new_document_id", "change_id"}:
            self._check_same_order()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_others(self):
        self.change_id._check_open({"line_ids": []})  # who works on the draft

    def _check_drawn_up(self):
        """Lines are added to a draft, by who works on it."""
        for change in self.change_id:
            change._check_state("draft")
            if not self.env.su and not change._may_draw_up():
                change._check_open({"line_ids": [Command.clear()]})

    def _check_same_order(self):
        for line in self.sudo():  # which order it is
            for record in (line.order_line_id, line.document_id, line.new_document_id):
                if record and record.order_id != line.change_id.order_id:
                    raise UserError(self.env._(
                        "%(record)s does not belong to order %(order)s.", record=record.display_name,
                        order=line.change_id.order_name))

    @api.model
    def _get_creatable_fields(self):
        return {"change_id", "sequence", "kind", "order_line_id", "quantity", "quantity_unit_id", "product_id", "price",
                "date", "text_field", "text_before", "text", "release_id", "document_id", "new_document_id"}

    def _get_open_fields(self):
        if self.change_id.state == "draft" and self.change_id._may_draw_up():
            return self._get_creatable_fields() - {"change_id"}
        return set()

    def _get_frozen_fields(self):
        return set(self._fields) - {"before", "after"} if self.change_id.state != "draft" else set()

    def _is_frozen(self):
        return self.change_id.state != "draft"
