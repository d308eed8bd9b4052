from odoo import api, fields, models

from odoo.addons.document_control.models.document_control_mixin import Transition

from .supplier_promise import STAFF

DIFFERENCE = "supplier_promise.mail_activity_type_difference"


class SupplierConfirmation(models.Model):
    """What the supplier says about an order line, beside what was ordered (PUR-4)."""

    _name = "supplier.confirmation"
    _inherit = ["document.control.mixin"]
    _description = "Supplier's Confirmation"
    _order = "id desc"
    _check_company_auto = True
    _transitions = {
        "take": Transition(("differs",), "taken", STAFF),
        "refuse": Transition(("differs",), "refused", STAFF),
        "replace": Transition(("differs",), "replaced"),
    }

    line_id = fields.Many2one(
        "purchase.order.line", string="Order Line", required=True, readonly=True, index=True, ondelete="cascade")
    order_id = fields.Many2one(
        "purchase.order", string="Purchase Order", required=True, readonly=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Supplier", required=True, readonly=True, index=True)
    product_id = fields.Many2one("product.product", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    name_ordered = fields.Text(string="Article Ordered", readonly=True)
    name_said = fields.Text(string="Article Said", readonly=True)
    quantity_ordered = fields.Float(digits="Product Unit", aggregator=None, readonly=True)
    quantity_said = fields.Float(digits="Product Unit", aggregator=None, readonly=True)
    price_ordered = fields.Float(digits="Product Price", aggregator=None, readonly=True)
    price_said = fields.Float(digits="Product Price", aggregator=None, readonly=True)
    date_ordered = fields.Datetime(readonly=True)
    date_said = fields.Datetime(readonly=True)
    promise_id = fields.Many2one("supplier.promise", readonly=True, index="btree_not_null")
    differs_name = fields.Boolean(compute="_compute_differs", export_string_translation=False)
    differs_quantity = fields.Boolean(compute="_compute_differs", export_string_translation=False)
    differs_price = fields.Boolean(compute="_compute_differs", export_string_translation=False)
    differs_date = fields.Boolean(compute="_compute_differs", export_string_translation=False)
    author_id = fields.Many2one("res.partner", string="Said By", readonly=True)
    state = fields.Selection([
        ("confirmed", "Confirmed"), ("differs", "Differs"), ("taken", "Adopted"), ("refused", "Refused"),
        ("replaced", "Replaced")], string="Status", required=True, readonly=True, index=True)
    decided_by = fields.Many2one("res.users", readonly=True)
    decided_on = fields.Datetime(readonly=True)

    @api.depends("name_ordered", "name_said", "quantity_ordered", "quantity_said", "price_ordered", "price_said",
                 "promise_id")
    def _compute_differs(self):
        for answer in self:
            answer.differs_name = answer.name_said != answer.name_ordered
            unit = answer.line_id.product_uom_id
            answer.differs_quantity = bool(unit and unit.compare(answer.quantity_said, answer.quantity_ordered))
            answer.differs_price = answer.line_id._is_other_price(answer.price_said, answer.price_ordered)
            answer.differs_date = bool(answer.promise_id)

    @api.depends("line_id")
    def _compute_display_name(self):
        for answer in self:
            answer.display_name = answer.line_id.display_name

    def action_take_over(self):
        """Take over what the supplier says into the order: article, quantity, price, date (PUR-4).

        :raise AccessError: no buyer
        :raise UserError: decided already, or the order is cancelled or closed
        """
        self._decide("take")
        for answer in self:
            answer.line_id.write(answer._prepare_line())
        self.promise_id.filtered(lambda promise: promise.state == "proposed").action_accept()
        return True

    def action_refuse(self):
        """Insist on what was ordered: the supplier has to confirm once more.

        :raise AccessError: no buyer
        :raise UserError: decided already
        """
        self._decide("refuse")
        self.promise_id.filtered(lambda promise: promise.state == "proposed").action_refuse()
        return True

    def _decide(self, operation):
        self.check_access("read")
        orders = self.sudo().order_id  # sudo: to be locked, whoever decides
        orders._lock()
        self._check_transition(operation)
        if operation == "take":
            orders._check_answerable()
        self._sign(operation)

    def _sign(self, operation):
        self._write_transition(operation, decided_by=self.env.uid, decided_on=fields.Datetime.now())
        self.sudo().order_id._forget_differences()  # sudo: to-dos of others

    def _prepare_line(self):
        """Values of the order line that the answer changes; the date comes by its promise."""
        vals = {}
        if self.differs_quantity:
            vals["product_qty"] = self.quantity_said
        if self.differs_price or self.differs_quantity:  # else another quantity brings another price of the list
            vals["price_unit"] = self.price_said
        if self.differs_name:
            vals["name"] = self.name_said
        return vals

    def _after_promises(self):
        """Where nothing but the date differed, the decision about the date is the one about the answer."""
        for answer in self.filtered(lambda answer: answer.state == "differs" and answer.promise_id):
            if answer._prepare_line() or answer.promise_id.state not in ("accepted", "refused"):
                continue
            answer.sudo()._sign(  # sudo: the right was checked where the promise was decided
                "take" if answer.promise_id.state == "accepted" else "refuse")

    def _get_frozen_fields(self):
        living = {"state", "decided_by", "decided_on"} if self.state == "differs" else set()
        return set(self._fields) - living

    def _is_frozen(self):
        return True
