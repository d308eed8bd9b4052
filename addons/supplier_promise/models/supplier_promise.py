from odoo import api, fields, models

STAFF = ("purchase.group_purchase_user",)
#: What the buyer writes on the form while he has not reported yet.
REPORT = {"countermeasure_kind", "countermeasure"}


class SupplierPromise(models.Model):
    """One date that a supplier has promised for an order line, with its reason; the history stays (PUR-8)."""

    _name = "supplier.promise"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Supplier's Promise"
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    line_id = fields.Many2one(
        "purchase.order.line", string="Order Line", required=True, readonly=True, index=True, ondelete="cascade")
    order_id = fields.Many2one(
        "purchase.order", string="Purchase Order", required=True, readonly=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Supplier", required=True, readonly=True, index=True)
    product_id = fields.Many2one("product.product", readonly=True, index=True)
    product_uom_id = fields.Many2one(related="line_id.product_uom_id")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    date_promised = fields.Datetime(string="Promised Date", required=True, readonly=True)
    former_date = fields.Datetime(readonly=True, help="Planned arrival of the line before this promise.")
    needed_date = fields.Datetime(
        string="Needed By", readonly=True, help="When the goods are needed by what waits for them, as known then.")
    quantity = fields.Float(
        digits="Product Unit", readonly=True, aggregator=None,
        help="Less than what is open: the rest keeps the date that it had.")
    is_whole = fields.Boolean(string="All That Is Open", readonly=True)
    days_moved = fields.Integer(
        readonly=True, aggregator="sum", help="Days by which the arrival moves; negative where it comes earlier.")
    is_late = fields.Boolean(
        string="Too Late", readonly=True, help="Later than planned, or later than needed.")
    source = fields.Selection(
        [("supplier", "Supplier, by link"), ("buyer", "Buyer, by phone or mail")], required=True, readonly=True)
    reason = fields.Text(readonly=True)
    state = fields.Selection(
        [("proposed", "To Be Decided"), ("accepted", "Accepted"), ("refused", "Refused"), ("replaced", "Replaced")],
        string="Status", required=True, readonly=True, default="proposed", index=True, tracking=True)
    author_id = fields.Many2one("res.partner", string="Said By", readonly=True)
    user_id = fields.Many2one("res.users", string="Buyer", readonly=True, index=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    decided_by = fields.Many2one("res.users", readonly=True)
    decided_on = fields.Datetime(readonly=True)
    countermeasure_kind = fields.Selection([
        ("urge", "Urge the supplier"), ("borrow", "Borrow from a sister company"), ("partial", "Partial delivery"),
        ("elsewhere", "Cancel and buy elsewhere"), ("substitute", "Other brand or model, with engineering and sales"),
        ("none", "None needed: the date does no harm")], string="Countermeasure")
    countermeasure = fields.Text(string="What Is Done")
    reported_on = fields.Datetime(readonly=True, tracking=True)
    reported_by = fields.Many2one("res.users", readonly=True)
    head_id = fields.Many2one("res.users", string="Reported To", readonly=True)

    @api.depends("order_id.name", "product_id", "date_promised")
    def _compute_display_name(self):
        for promise in self:
            # sudo: whoever reads the promise may know which goods it is about
            sudo = promise.sudo()
            day = sudo.order_id._get_local_day(sudo.date_promised) if sudo.date_promised else ""
            promise.display_name = f"{sudo.order_id.name} {sudo.product_id.display_name or ''} {day}".strip()

    def _get_open_fields(self):
        if self.reported_on or self.state in ("refused", "replaced") or not self.env.user.has_group(*STAFF):
            return set()
        return REPORT

    def _get_frozen_fields(self):
        return set(self._fields) - self._get_living_fields()

    def _get_living_fields(self):
        """What was said stays from the beginning; the decision and the report come later, each once."""
        living = set() if self.reported_on else REPORT | {"reported_on", "reported_by", "head_id"}
        if self.state == "proposed":
            living |= {"state", "decided_by", "decided_on"}
        return living

    def _is_frozen(self):
        return True

    def _has_closed_history(self):
        """People talk about a promise until it is decided."""
        return self.state != "proposed"
