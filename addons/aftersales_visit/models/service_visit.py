from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain

#: Who plans and makes visits; who sees all of them; who says that the customer is ready.
STAFF = "aftersales.group_service_user"
HEAD = "aftersales.group_service_manager"
SALES = "sales_team.group_sale_salesman"
#: What whoever plans a visit writes.
PAPER = {
    "kind_id", "request_id", "partner_id", "contact_name", "phone", "email", "address", "lot_ids", "order_id",
    "technician_id", "technician_ids", "planned_start", "planned_end", "wanted_on", "is_site_ready", "instruction",
}
#: What the salesperson knows of the customer's progress.
PROGRESS = {"wanted_on", "is_site_ready"}
#: What is entered on site.
REPORT = {
    "work_done", "signature", "signer", "unsigned_why", "unsigned_note", "check_ids", "hours_ids", "part_ids"}
OPEN = ("draft", "planned", "under_way")


class ServiceVisit(models.Model):
    """现场服务: somebody goes to a customer, and what comes of it, signed by the customer (AFT-3)."""

    _name = "service.visit"
    _inherit = ["document.control.mixin", "portal.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Visit"
    _order = "planned_start desc, id desc"
    _check_company_auto = True
    _number_sequence = "service.visit"

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    kind_id = fields.Many2one(
        "service.visit.kind", required=True, index=True, ondelete="restrict", tracking=True,
        default=lambda self: self.env["service.visit.kind"]._default_kind())
    state = fields.Selection(
        [("draft", "To Plan"), ("planned", "Arranged"), ("under_way", "Working on Site"), ("done", "Done"),
         ("cancelled", "Cancelled")],
        string="Status", required=True, readonly=True, default="draft", copy=False, index=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict",
        default=lambda self: self.env.company)
    request_id = fields.Many2one(
        "service.request", string="Service Request", index="btree_not_null", check_company=True, ondelete="restrict",
        help="None where nobody has asked: installation or commissioning by contract.")
    order_id = fields.Many2one(
        "sale.order", compute="_compute_from_request", store=True, readonly=False, precompute=True,
        index="btree_not_null", check_company=True, ondelete="restrict")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", compute="_compute_from_request", store=True, readonly=False, precompute=True,
        index="btree_not_null", ondelete="restrict", tracking=True)
    contact_name = fields.Char(
        string="Contact Person", compute="_compute_contact", store=True, readonly=False, precompute=True)
    phone = fields.Char(compute="_compute_contact", store=True, readonly=False, precompute=True)
    email = fields.Char(
        compute="_compute_contact", store=True, readonly=False, precompute=True,
        help="The signed report is sent to it.")
    address = fields.Char(compute="_compute_contact", store=True, readonly=False, precompute=True)
    lot_ids = fields.Many2many(
        "stock.lot", string="Serial Numbers", compute="_compute_lot_ids", store=True, readonly=False, precompute=True,
        check_company=True)
    instruction = fields.Text(string="What Is to Be Done")

    technician_id = fields.Many2one(
        "res.users", index="btree_not_null", ondelete="restrict", tracking=True, copy=False,
        domain="[('share', '=', False)]", help="Answers for the visit.")
    technician_ids = fields.Many2many(
        "res.users", string="Further Technicians", copy=False, domain="[('share', '=', False)]")
    wanted_on = fields.Date(string="Wanted by the Customer", tracking=True)
    is_site_ready = fields.Boolean(string="Site Is Ready", copy=False, tracking=True, help="The customer says so.")
    planned_start = fields.Datetime(string="Begins", index=True, copy=False, tracking=True)
    planned_end = fields.Datetime(string="Ends", copy=False, tracking=True)
    double_booking = fields.Char(
        string="At the Same Time", compute="_compute_double_booking", help="Other visits of the same technicians.")

    arrived_on = fields.Datetime(string="Arrived on Site", readonly=True, copy=False)
    check_ids = fields.One2many("service.visit.check", "visit_id", string="Checklist")
    part_ids = fields.One2many("service.visit.part", "visit_id", string="Parts Used")
    hours_ids = fields.One2many("service.visit.hours", "visit_id")
    work_hours = fields.Float(string="Working Hours", compute="_compute_totals", store=True)
    travel_hours = fields.Float(compute="_compute_totals", store=True)
    travel_cost = fields.Monetary(compute="_compute_totals", store=True)
    labor_cost = fields.Monetary(
        string="Cost of the Hours", readonly=True, copy=False, groups=HEAD,
        help="Working and travel hours, at the company's cost of an hour on the day of the signature.")
    currency_id = fields.Many2one(related="company_id.currency_id")
    work_done = fields.Text(string="What Was Done", copy=False)
    signature = fields.Image(copy=False, max_width=1024, max_height=512)
    signer = fields.Char(string="Signed by", copy=False)
    unsigned_why = fields.Selection(
        [("absent", "Nobody Was There"), ("refused", "Refused to Sign")], string="Not Signed", copy=False,
        tracking=True,
        help="Why the customer has not signed. The report is closed all the same, and begins no warranty.")
    unsigned_note = fields.Char(string="What Happened", copy=False)
    done_by = fields.Many2one("res.users", string="Reported by", readonly=True, copy=False, ondelete="restrict")
    done_on = fields.Datetime(string="Reported on", readonly=True, copy=False)
    sent_on = fields.Datetime(string="Report Sent", readonly=True, copy=False)
    cancel_reason = fields.Char(string="Why Cancelled", copy=False)
    can_edit = fields.Boolean(compute="_compute_can_edit", export_string_translation=False)
    can_report = fields.Boolean(compute="_compute_can_edit", export_string_translation=False)

    @api.depends("request_id")
    def _compute_from_request(self):
        for visit in self:
            request = visit.request_id.sudo()  # sudo: what the request says is shown with the visit
            visit.order_id = request.order_id or visit.order_id
            visit.partner_id = request.partner_id or visit.partner_id

    @api.depends("partner_id", "request_id")
    def _compute_contact(self):
        for visit in self:
            request, partner = visit.request_id.sudo(), visit.partner_id.sudo()  # sudo: as above
            if request.partner_id.commercial_partner_id != partner.commercial_partner_id:
                request = request.browse()  # who has asked is nobody of this customer
            visit.contact_name = request.contact_name or (not partner.is_company and partner.name)
            visit.phone = request.phone or partner.phone
            visit.email = request.email or partner.email
            lines = (partner.state_id.name, partner.city, partner.street, partner.street2)
            visit.address = " ".join(line for line in lines if line)

    @api.depends("request_id")
    def _compute_lot_ids(self):
        for visit in self:
            visit.lot_ids = visit.request_id.sudo().lot_id or visit.lot_ids  # sudo: as above

    @api.depends("hours_ids.work_hours", "hours_ids.travel_hours", "hours_ids.travel_cost")
    def _compute_totals(self):
        for visit in self:
            for name in ("work_hours", "travel_hours", "travel_cost"):
                visit[name] = sum(visit.hours_ids.mapped(name))

    @api.depends("technician_id", "technician_ids", "planned_start", "planned_end", "state")
    def _compute_double_booking(self):
        open_visits = self.filtered(lambda visit: visit.planned_start and visit.planned_end and visit.state in OPEN)
        self.double_booking = False
        if not open_visits:
            return
        people = open_visits.technician_id | open_visits.technician_ids
        # sudo: whoever plans sees that somebody is busy, also with what he may not read
        others = self.sudo().search([
            ("state", "in", OPEN), ("planned_start", "<", max(open_visits.mapped("planned_end"))),
            ("planned_end", ">", min(open_visits.mapped("planned_start"))),
            "|", ("technician_id", "in", people.ids), ("technician_ids", "in", people.ids)])
        for visit in open_visits:
            mine = visit._get_people()
            busy = others.filtered(
                lambda other, visit=visit, mine=mine: other != visit._origin and other._get_people() & mine
                and other.planned_start < visit.planned_end and other.planned_end > visit.planned_start)
            visit.double_booking = ", ".join(
                f"{other.name} ({', '.join((other._get_people() & mine).mapped('name'))})" for other in busy) or False

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_edit(self):
        for visit in self:
            fields_open = PAPER if not visit.id else visit._get_open_fields()
            visit.can_edit, visit.can_report = "kind_id" in fields_open, "work_done" in fields_open

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for visit in self:
            visit.access_url = f"/my/visits/{visit.id}"
        return result

    @api.depends("name", "kind_id.name", "partner_id.name")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for visit in self.filtered("id"):
            partner = visit.partner_id.sudo().name or ""  # sudo: as above
            visit.display_name = " ".join(word for word in (visit.name, visit.kind_id.name, partner) if word)
        return result

    @api.constrains("planned_start", "planned_end")
    def _check_planned(self):
        for visit in self:
            if visit.planned_start and visit.planned_end and visit.planned_start >= visit.planned_end:
                raise ValidationError(self.env._("%(visit)s: it ends after it begins.", visit=visit.name))

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        visits._make_checks()
        visits._ask_next()
        return visits

    def write(self, vals):
        result = super().write(vals)
        if "kind_id" in vals:
            self._make_checks()
        if {"technician_id", "technician_ids"} & vals.keys():
            self._ask_next()
        return result

    def _make_checks(self):
        """The checklist of the kind, as it is today; of another kind than before, anew."""
        for visit in self.sudo():  # sudo: checklists are made by the visit
            lang = visit.company_id.partner_id.lang
            lines = visit.kind_id.with_context(lang=lang).line_ids
            visit.check_ids = [Command.clear(), *(Command.create(line._prepare_check_vals()) for line in lines)]

    def _get_people(self):
        return self.technician_id | self.technician_ids

    def _get_customer_domain(self, partner):
        """Visits that the customer sees on his portal: those of his company that are settled."""
        return Domain("partner_id", "child_of", partner.commercial_partner_id.ids) & Domain("state", "!=", "draft")

    @api.model
    def _get_creatable_fields(self):
        return PAPER | {"company_id"}

    def _get_open_fields(self):
        if self.state not in OPEN:
            return set()
        user = self.env.user
        if not user.has_group(STAFF):
            return PROGRESS if self.state != "under_way" and user.has_group(SALES) else set()
        if self.state != "under_way":
            return PAPER | {"cancel_reason"}
        return REPORT | {"technician_ids", "cancel_reason"}

    def _get_frozen_fields(self):
        return super()._get_frozen_fields() - {"access_token"}

    def _get_living_fields(self):
        return super()._get_living_fields() | {"sent_on"}

    def _is_frozen(self):
        return self.state in ("done", "cancelled")
