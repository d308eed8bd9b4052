from odoo import api, fields, models

LOGISTICS = "order_delivery.group_delivery_logistics"
DESK = "order_delivery.group_delivery_desk"
HEAD = "order_delivery.group_delivery_manager"
#: What the order desk writes, until the notice is released.
PAPER = {
    "partner_id", "date_planned", "date_arrival", "place", "contact_name", "contact_phone", "packing", "note",
    "carriage",
}
#: What logistics finds out afterwards: who drives.
CARRIAGE = {"forwarder_id", "vehicle", "driver", "driver_phone", "waybill"}
#: Shipped dates are told anew by a report of a delay, everything else by a new release.
DATES = {"date_planned", "date_arrival"}


class DeliveryNotice(models.Model):
    """发货通知单: what leaves for which order, when it arrives, where, how packed and by whom (DLV-1)."""

    _name = "delivery.notice"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Delivery Notice"
    _order = "date_planned desc, id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "delivery.notice"
    _technical_fields = ("override_asked_codes", "override_codes")

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    state = fields.Selection(
        [("draft", "Draft"), ("released", "Released"), ("shipped", "Shipped"), ("signed", "Signed"),
         ("closed", "Closed"), ("cancelled", "Cancelled")],
        string="Status", required=True, readonly=True, default="draft", copy=False, index=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="restrict")
    order_id = fields.Many2one(
        "sale.order", string="Sales Order", required=True, readonly=True, index=True, ondelete="restrict",
        check_company=True)
    customer_id = fields.Many2one(related="order_id.partner_id", string="Customer", store=True, index=True)
    sales_user_id = fields.Many2one(
        related="order_id.user_id", string="Salesperson", store=True, index="btree_not_null")
    user_id = fields.Many2one(
        "res.users", string="Order Desk", required=True, readonly=True, index=True, ondelete="restrict")
    picking_ids = fields.One2many("stock.picking", "delivery_notice_id", string="Transfers", readonly=True)
    line_ids = fields.One2many("delivery.notice.line", "notice_id", string="Goods", readonly=True)

    date_planned = fields.Datetime(string="Leaves", tracking=True, help="When the goods leave the store.")
    date_arrival = fields.Datetime(string="Arrives", tracking=True, help="When they are expected at the site.")
    partner_id = fields.Many2one(
        "res.partner", string="Delivery Address", required=True, index=True, ondelete="restrict")
    place = fields.Char(string="Place on Site", help="Gate, hall, floor: where the goods are unloaded.")
    contact_name = fields.Char(string="Contact on Site")
    contact_phone = fields.Char(string="Phone on Site")
    packing = fields.Char(help="Crates, pallets, protection against rain.")
    note = fields.Text(string="Remarks")
    carriage = fields.Selection([("own", "Own Vehicle"), ("carrier", "Carrier"), ("customer", "Customer Fetches It")],
                                required=True, default="carrier")
    forwarder_id = fields.Many2one(
        "res.partner", string="Carrier", index="btree_not_null", ondelete="restrict", tracking=True)
    vehicle = fields.Char(string="Vehicle Plate")
    driver = fields.Char()
    driver_phone = fields.Char(string="Driver's Phone")
    waybill = fields.Char(string="Waybill / Tracking", tracking=True)

    released_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    released_on = fields.Datetime(readonly=True, copy=False)
    shipped_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    shipped_on = fields.Datetime(readonly=True, copy=False, index="btree_not_null")
    planned_day = fields.Date(compute="_compute_days", help="Day on which the goods are to leave, of the company.")
    shipped_day = fields.Date(compute="_compute_days", help="Day on which the goods have left, of the company.")
    informed_on = fields.Datetime(string="Customer Told", readonly=True, copy=False)
    closed_on = fields.Datetime(readonly=True, copy=False)
    can_edit = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_carry = fields.Boolean(compute="_compute_can", export_string_translation=False)
    gate_pass_count = fields.Integer(compute="_compute_gate_pass_count")

    @api.depends("date_planned", "shipped_on", "company_id")
    def _compute_days(self):
        for notice in self:
            notice.planned_day = notice.company_id._get_day(notice.date_planned)
            notice.shipped_day = notice.company_id._get_day(notice.shipped_on)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        for notice in self:
            free = notice._get_open_fields()
            notice.can_edit = "partner_id" in free
            notice.can_carry = "waybill" in free

    def _compute_gate_pass_count(self):
        # sudo: how many there are is shown to whoever reads the notice
        counts = dict(self.env["stock.gate.pass"].sudo()._read_group(
            [("delivery_notice_id", "in", self.ids)], ["delivery_notice_id"], ["__count"]))
        for notice in self:
            notice.gate_pass_count = counts.get(notice._origin, 0)

    def _get_open_fields(self):
        user = self.env.user
        if self.state == "draft" and user.has_group(DESK):
            return PAPER | CARRIAGE
        if self.state in ("draft", "released", "shipped") and user.has_group(LOGISTICS):
            return CARRIAGE if self.state != "shipped" else {"waybill"}
        return set()

    def _get_frozen_fields(self):
        if self.state == "draft" or self._is_frozen():
            return super()._get_frozen_fields()
        done = DATES if self.state != "released" else set()
        return (PAPER - DATES) | done | {"order_id", "company_id", "name", "released_by", "released_on"} - (
            {"released_by", "released_on"} if self.state == "released" else set())

    def _get_living_fields(self):
        return super()._get_living_fields() | {
            "customer_id", "sales_user_id", "picking_ids", "line_ids", "crate_ids", "gate_pass_count", "is_to_follow",
            "clocks_on", "has_report"}

    def _is_frozen(self):
        return self.state in ("closed", "cancelled")
