from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize

#: Who answers requests.
STAFF = "aftersales.group_service_user"
#: What whoever takes the request down writes.
PAPER = {
    "subject", "description", "kind", "source", "priority", "partner_id", "contact_name", "email", "phone", "lot_id",
    "serial", "product_id", "order_id", "needs_visit",
}
OPEN = ("new", "contacted", "in_progress")
#: Sources of what somebody outside has sent himself: the answers go to him, whoever is the customer.
SENT = ("mail", "portal", "page")


class ServiceRequest(models.Model):
    """用户服务、质量信息反馈接受单: what a customer asks of after-sales, and what comes of it (AFT-1, AFT-2, AFT-4)."""

    _name = "service.request"
    _inherit = ["document.control.mixin", "portal.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Service Request"
    _order = "priority desc, id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _primary_email = "email"
    _number_sequence = "service.request"
    _technical_fields = ("page_key",)

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    subject = fields.Char(required=True, tracking=True)
    description = fields.Text(string="What the Customer Says")
    kind = fields.Selection(
        [("quality", "Quality Problem"), ("service", "Installation, Commissioning, Training"),
         ("parts", "Spare Parts"), ("complaint", "Complaint"), ("question", "Question")],
        required=True, default="quality", index=True, tracking=True)
    source = fields.Selection(
        [("phone", "Phone"), ("sales", "Sales"), ("mail", "E-mail"), ("portal", "Portal"), ("page", "QR Code")],
        string="Came by", required=True, default=lambda self: self._default_source(), index=True)
    priority = fields.Selection([("0", "Normal"), ("1", "Power Is Out")], string="Urgency", default="0", tracking=True)
    state = fields.Selection(
        [("new", "New"), ("contacted", "Contacted"), ("in_progress", "In Progress"), ("solved", "Solved"),
         ("closed", "Closed"), ("cancelled", "Cancelled")],
        string="Status", required=True, readonly=True, default="new", copy=False, index=True, tracking=True,
        group_expand="_group_expand_state")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company,
        ondelete="restrict")
    desk_id = fields.Many2one(
        "service.desk", required=True, readonly=True, index=True, ondelete="restrict",
        check_company=True)
    department_id = fields.Many2one(related="desk_id.department_id", string="Department", store=True, index=True)
    dispatcher_id = fields.Many2one(
        "res.users", string="Received by", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        help="Hands the request over to after-sales.")
    user_id = fields.Many2one(
        "res.users", string="Engineer", copy=False, index="btree_not_null", ondelete="restrict", tracking=True,
        domain="[('share', '=', False)]", help="Answers for the request once it is handed over.")

    partner_id = fields.Many2one(
        "res.partner", string="Customer", compute="_compute_partner_id", store=True, readonly=False, precompute=True,
        index="btree_not_null", ondelete="restrict", tracking=True)
    contact_name = fields.Char(
        string="Contact Person", compute="_compute_contact", store=True, readonly=False, precompute=True)
    email = fields.Char(compute="_compute_contact", store=True, readonly=False, precompute=True)
    phone = fields.Char(compute="_compute_contact", store=True, readonly=False, precompute=True)
    contact_of_id = fields.Many2one(
        "res.partner", compute="_compute_contact", store=True, precompute=True, ondelete="set null",
        export_string_translation=False)  # whose name, address and number were filled in
    email_normalized = fields.Char(
        string="Sender", compute="_compute_email_normalized", store=True, precompute=True, index="btree_not_null",
        export_string_translation=False)
    reached_at = fields.Char(
        string="Address Written to", readonly=True, copy=False, help="What we answer leaves from it.")

    lot_id = fields.Many2one(
        "stock.lot", string="Serial Number", index="btree_not_null", check_company=True, ondelete="restrict")
    serial = fields.Char(
        string="Serial Number as Stated",
        help="What the customer read from the plate, where we do not know the number.")
    product_id = fields.Many2one(
        "product.product", compute="_compute_product_id", store=True, readonly=False,
        precompute=True, index="btree_not_null", ondelete="restrict", check_company=True)
    order_id = fields.Many2one(
        "sale.order", compute="_compute_order_id", store=True, readonly=False, precompute=True,
        index="btree_not_null", ondelete="restrict", check_company=True)
    is_other_customer = fields.Boolean(
        compute="_compute_is_other_customer",
        help="The serial number was delivered to somebody else: it may have been resold.")
    warranty_state = fields.Selection(
        [("unknown", "Unknown"), ("in", "In Warranty"), ("out", "Out of Warranty")], string="Warranty",
        compute="_compute_warranty_state", store=True, precompute=True,
        help="On the day on which the request was received.")

    received_on = fields.Datetime(
        string="Received", required=True, readonly=True, copy=False, default=fields.Datetime.now)
    handed_by = fields.Many2one("res.users", string="Handed Over by", readonly=True, copy=False, ondelete="restrict")
    handed_on = fields.Datetime(string="Handed Over", readonly=True, copy=False)
    contacted_on = fields.Datetime(string="First Contact", readonly=True, copy=False)
    needs_visit = fields.Boolean(string="On Site", tracking=True, help="Somebody has to go there.")
    on_site_on = fields.Datetime(string="Arrived on Site", readonly=True, copy=False)
    solution = fields.Text(string="What Was Done", copy=False)
    solved_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    solved_on = fields.Datetime(string="Solved", readonly=True, copy=False)
    closed_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    closed_on = fields.Datetime(string="Closed", readonly=True, copy=False)
    cancel_reason = fields.Char(string="Why Cancelled", copy=False)
    contact_ids = fields.One2many("service.contact", "request_id", string="Contacts", readonly=True)
    repair_ids = fields.One2many("repair.order", "service_request_id", string="Repairs", readonly=True)
    repair_count = fields.Integer(compute="_compute_repair_count")
    quotation_ids = fields.One2many("sale.order", "service_request_id", string="Quotations", readonly=True)
    quotation_count = fields.Integer(compute="_compute_quotation_count")
    page_key = fields.Char(readonly=True, copy=False, export_string_translation=False)
    can_edit = fields.Boolean(compute="_compute_can_edit", export_string_translation=False)

    _page_key_uniq = models.UniqueIndex("(page_key) WHERE page_key IS NOT NULL", "This report was sent already.")

    @api.model
    def _group_expand_state(self, states, _domain):
        """Columns of the board, in the order of the way: the open ones always, others where something is in them."""
        return [state for state in self._get_selection_labels("state") if state in OPEN or state in states]

    @api.model
    def _default_source(self):
        return "phone" if self.env.user.has_group(STAFF) else "sales"

    @api.depends("lot_id")
    def _compute_partner_id(self):
        for request in self:
            request.partner_id = request.partner_id or request.lot_id.service_partner_id

    @api.depends("lot_id")
    def _compute_product_id(self):
        for request in self:
            request.product_id = request.lot_id.product_id or request.product_id

    @api.depends("lot_id")
    def _compute_order_id(self):
        for request in self:
            request.order_id = request.lot_id.service_order_id or request.order_id

    @api.depends("partner_id")
    def _compute_contact(self):
        """What the customer brings. What the former one brought goes with him; what was typed, or came with the
        report, stays: it is of the person who has called or written."""
        names = ("contact_name", "email", "phone")
        for request in self:
            if request._is_frozen():
                brought = {}
            else:
                former = request.contact_of_id._get_service_contact() if request.source not in SENT else {}
                brought = request.partner_id._get_service_contact()
                brought = {name: brought[name] for name in names
                           if not request[name] or request[name] == former.get(name)}
            for name in names:
                request[name] = brought.get(name, request[name])
            request.contact_of_id = request.partner_id

    @api.depends("email")
    def _compute_email_normalized(self):
        for request in self:
            request.email_normalized = email_normalize(request.email or "")

    @api.depends("lot_id", "partner_id")
    def _compute_is_other_customer(self):
        for request in self:
            owner = request.lot_id.service_partner_id.commercial_partner_id
            request.is_other_customer = bool(
                owner and request.partner_id and owner != request.partner_id.commercial_partner_id)

    @api.depends("lot_id.commissioned_on", "lot_id.warranty_extension_ids.days", "received_on")
    def _compute_warranty_state(self):
        for request in self:
            if request._is_frozen():
                request.warranty_state = request.warranty_state  # as it was when the request was closed
            else:
                day = (request.company_id or self.env.company)._get_day(request.received_on)
                # sudo: what the number brings is shown with the request
                request.warranty_state = request.lot_id.sudo()._judge_warranty(day)

    def _compute_repair_count(self):
        # sudo: how many there are is shown to whoever reads the request
        counts = dict(self.env["repair.order"].sudo()._read_group(
            [("service_request_id", "in", self.ids)], ["service_request_id"], ["__count"]))
        for request in self:
            request.repair_count = counts.get(request._origin, 0)

    def _compute_quotation_count(self):
        # sudo: as above
        counts = dict(self.env["sale.order"].sudo()._read_group(
            [("service_request_id", "in", self.ids)], ["service_request_id"], ["__count"]))
        for request in self:
            request.quotation_count = counts.get(request._origin, 0)

    @api.depends("state", "handed_on", "dispatcher_id")
    @api.depends_context("uid")
    def _compute_can_edit(self):
        for request in self:
            request.can_edit = not request.id or "subject" in request._get_open_fields()

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for request in self:
            request.access_url = f"/my/service/{request.id}"
        return result

    @api.depends("name", "subject")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for request in self.filtered("id"):
            request.display_name = f"{request.name} {request.subject or ''}".strip()
        return result

    def _get_customer_domain(self, partner):
        """Requests that the customer sees on his portal: those of his company."""
        return Domain("partner_id", "child_of", partner.commercial_partner_id.ids)

    @api.model
    def _open_new(self, **defaults):
        """The form of a new request, filled in."""
        self.check_access("create")
        return {
            "type": "ir.actions.act_window", "res_model": self._name, "view_mode": "form",
            "name": self.env._("New Service Request"), "context": defaults,
        }

    @api.model
    def _open_list(self, domain):
        """The requests of another document."""
        action = self.env["ir.actions.act_window"]._for_xml_id("aftersales.service_request_action")
        return {**action, "domain": domain, "context": {}}

    @api.model
    def _get_creatable_fields(self):
        return self._get_paper_fields() | {"company_id", "user_id"}

    @api.model
    def _get_paper_fields(self):
        """Names of the fields that whoever takes the request down writes."""
        return PAPER

    def _get_open_fields(self):
        if self.state not in OPEN:
            return set()
        if self.env.user.has_group(STAFF):
            return self._get_paper_fields() - {"source"} | {"user_id", "solution", "cancel_reason"}
        is_mine = self.dispatcher_id == self.env.user and not self.handed_on
        return self._get_paper_fields() - {"source"} | {"user_id", "cancel_reason"} if is_mine else set()

    def _get_frozen_fields(self):
        return super()._get_frozen_fields() - {"access_token"}

    def _get_living_fields(self):
        return super()._get_living_fields() | {
            "is_to_follow", "repair_ids", "quotation_ids", "contact_ids", "department_id"}

    def _is_frozen(self):
        return self.state in ("closed", "cancelled")
