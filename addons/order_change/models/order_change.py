from odoo import api, fields, models
from odoo.exceptions import ValidationError

DESK = "order_review.group_order_review_desk"
SALES = "sales_team.group_sale_salesman"
APPROVER = "order_change.group_order_change_approver"
LEVELS = [("minor", "Minor"), ("delivery", "Delivery date"), ("structural", "Structural")]
OPEN = ("draft", "assessed", "review", "customer", "approved")

#: What whoever draws it up writes.
PAPER = {
    "kind", "source", "asked_by", "reason", "received_on", "level", "level_reason", "line_ids", "attachment_ids",
    "acknowledgement_ids", "note",
}


class OrderChange(models.Model):
    """更改通知单: what changes of a confirmed order, at whose wish, with which effect, and by whose approval."""

    _name = "order.change"
    _inherit = ["document.control.mixin", "portal.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Change Notice"
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "order.change"
    _technical_fields = ("access_token", "scope", "applied_digest", "content_before", "content_after")

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="restrict", check_company=True,
        domain="[('state', '=', 'sale')]")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict",
        default=lambda self: self.env.company)
    kind = fields.Selection(
        [("contract", "Contract change"), ("technical", "Technical change"), ("design", "Design change")],
        compute="_compute_kind", store=True, readonly=False, required=True, precompute=True, index=True, tracking=True,
        help="Contract: what was agreed. Technical: what the customer wants otherwise while it is designed. Design: an "
        "error, or what the workshop cannot make so.")
    source = fields.Selection(
        [("customer", "Customer"), ("engineering", "Engineering"), ("workshop", "Workshop")],
        string="Asked by", required=True, default="customer", tracking=True)
    asked_by = fields.Char(string="Person who asked", help="Who asked for it, at the customer or here.")
    reason = fields.Text(string="What and Why", required=True)
    received_on = fields.Datetime(
        required=True, default=lambda self: fields.Datetime.now(), tracking=True,
        help="When it was asked for: the time limit counts from here.")
    note = fields.Text(string="Notes")
    level_proposed = fields.Selection(
        LEVELS, string="Proposed level", compute="_compute_level_proposed", store=True, precompute=True)
    level = fields.Selection(
        LEVELS, compute="_compute_level", store=True, readonly=False, required=True, precompute=True, index=True,
        tracking=True, help="Minor: a notice. Delivery date: the delivery is reviewed again. Structural: a full review "
        "as of a non-regular order.")
    level_reason = fields.Char(
        string="Why another level", tracking=True, help="Needed where a person overrules the proposed level.")
    line_ids = fields.One2many("order.change.line", "change_id", string="Changes", copy=True)
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files and photos", copy=False, help="The customer's request, photos, new drawings.")
    state = fields.Selection(
        [("draft", "Draft"), ("assessed", "Assessed"), ("review", "In review"), ("customer", "With the customer"),
         ("approved", "Approved"), ("applied", "Applied"), ("rejected", "Rejected"), ("cancelled", "Cancelled")],
        string="Status", required=True, readonly=True, default="draft", copy=False, index=True, tracking=True)

    # The order as it was when the change was drawn up, also for those who may not read sales orders.
    order_name = fields.Char(string="Order No.", readonly=True, copy=False)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True, copy=False, index=True, ondelete="restrict")
    partner_name = fields.Char(string="Customer's name", readonly=True, copy=False)
    project_name = fields.Char(readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users", string="Salesperson", readonly=True, copy=False, index=True, ondelete="restrict")
    currency_id = fields.Many2one("res.currency", readonly=True, copy=False, ondelete="restrict")

    department_id = fields.Many2one(
        "hr.department", string="Answered by", compute="_compute_department_id", store=True, ondelete="restrict",
        help="The order desk answers contract changes, engineering technical and design changes.")
    responsible_id = fields.Many2one(
        "res.users", compute="_compute_responsible_id", store=True, ondelete="restrict",
        index="btree_not_null")
    assessed_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    assessed_on = fields.Datetime(readonly=True, copy=False)
    approved_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    approved_name = fields.Char(compute="_compute_approved_name", store=True, help="As it was then, for the form.")
    approved_on = fields.Datetime(readonly=True, copy=False)
    applied_on = fields.Datetime(readonly=True, copy=False)
    closing_reason = fields.Text(
        string="Why it was not made", readonly=True, copy=False, help="Reason of the refusal or cancellation.")
    previous_id = fields.Many2one(
        "order.change", string="Drawn up anew from", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict")
    acknowledgement_ids = fields.One2many(
        "order.change.acknowledgement", "change_id", string="Departments", copy=False)
    can_acknowledge = fields.Boolean(compute="_compute_can_acknowledge", export_string_translation=False)
    can_edit = fields.Boolean(compute="_compute_can_edit", export_string_translation=False)

    # Whoever has it acts for the customer: it is not for the people here, though their actions hand it out.
    access_token = fields.Char(groups="base.group_system")

    @api.depends("source")
    def _compute_kind(self):
        for change in self:
            change.kind = "contract" if change.source == "customer" else "design"

    @api.depends("kind", "company_id")
    def _compute_department_id(self):
        for change in self:
            role = self.env.ref(
                "order_review.review_role_desk" if change.kind == "contract"
                else "order_review.review_role_engineering", raise_if_not_found=False)
            change.department_id = role and role.sudo()._get_department(change.company_id)  # the same for all

    @api.depends("department_id")
    def _compute_responsible_id(self):
        for change in self:
            change.responsible_id = change.department_id._get_next_manager(change.company_id)

    @api.depends("approved_by")  # not his name: the words stay those of the day
    def _compute_approved_name(self):
        for change in self:
            change.approved_name = change.approved_by.name

    @api.depends("acknowledgement_ids.can_acknowledge")
    @api.depends_context("uid")
    def _compute_can_acknowledge(self):
        for change in self:
            change.can_acknowledge = any(change.acknowledgement_ids.mapped("can_acknowledge"))

    @api.depends("state", "department_id", "responsible_id", "user_id")
    @api.depends_context("uid")
    def _compute_can_edit(self):
        for change in self:
            change.can_edit = change.state == "draft" and change._may_draw_up()

    def _compute_access_url(self):
        for change in self:
            change.access_url = f"/my/changes/{change.id}"

    @api.depends("order_name")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for change in self.filtered("order_name"):
            change.display_name = f"{change.display_name} ({change.order_name})"
        return result

    @api.constrains("received_on")
    def _check_received_on(self):
        for change in self:
            if change.received_on > fields.Datetime.add(fields.Datetime.now(), minutes=5):
                raise ValidationError(self.env._(
                    "%(change)s: the change cannot have been asked for in the future.", change=change.name))

    @api.onchange("order_id")
    def _onchange_order_id(self):
        self.update(self._prepare_order_values(self.order_id))

    @api.model
    def _prepare_created(self, vals_list):
        for vals in vals_list:
            order = self.env["sale.order"].browse(vals.get("order_id"))
            order.check_access("read")
            vals.update(self._prepare_order_values(order.sudo()))  # names that the notice keeps
        return super()._prepare_created(vals_list)

    @api.model
    def _prepare_order_values(self, order):
        """What the notice keeps of its order."""
        return {
            "company_id": order.company_id.id or self.env.company.id,
            "order_name": order.name,
            "partner_id": order.partner_id.id,
            "partner_name": order.partner_id.display_name,
            "project_name": order.project_name,
            "user_id": order.user_id.id,
            "currency_id": order.currency_id.id,
        }

    def _may_draw_up(self):
        """Whether the user works on the draft: who entered it, and who may handle it."""
        return self._may_handle() or self.env.su or not self._origin or self.create_uid == self.env.user

    def _may_handle(self):
        """Whether it is the user's to assess: the order desk, who answers for it, the order's salesperson."""
        self.ensure_one()
        user = self.env.user
        return (
            self.env.su or user.has_group(DESK) or self.responsible_id == user
            or (user.has_group(SALES) and self.user_id == user)
            or bool(self.department_id & user._get_own_departments()))

    @api.model
    def _get_creatable_fields(self):
        return PAPER | {"order_id"}

    def _get_open_fields(self):
        if self.state == "draft" and self._may_draw_up():
            return set(PAPER)
        return set()

    def _get_frozen_fields(self):
        if self.state in OPEN:
            return self._get_signed_fields() if self.customer_state in ("accepted", "refused") else set()
        return set(self._fields) - self._get_living_fields()

    def _get_living_fields(self):
        """Departments acknowledge, and pass the notice on, after it was issued."""
        return super()._get_living_fields() | {"acknowledgement_ids", "next_step", "access_token"}

    def _is_frozen(self):
        return self.state not in OPEN or self.customer_state in ("accepted", "refused")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_drawn_up(self):
        self._check_state("draft")
        self._check_open({"line_ids": []})  # who works on the draft

    # The customer's link, as of sale.order

    def _portal_ensure_token(self):
        return super(OrderChange, self.sudo())._portal_ensure_token()  # for the link of whoever is written to

    def _get_share_url(self, redirect=False, signup_partner=False, pid=None, share_token=True):
        self.check_access("read")
        change = self.sudo() if share_token else self  # for the link of whoever is written to
        return super(OrderChange, change)._get_share_url(
            redirect=redirect, signup_partner=signup_partner, pid=pid, share_token=share_token)

    @api.private
    def get_portal_url(self, suffix=None, report_type=None, download=None, query_string=None, anchor=None):
        """The customer's link; our own code, templates and mails ask for it, no program from outside."""
        return super().get_portal_url(
            suffix=suffix, report_type=report_type, download=download, query_string=query_string, anchor=anchor)

    def _get_dossier_figures(self):
        """Change notices of one order that were applied, by level, and the days that they took (EVA-1)."""
        applied = self.filtered(lambda change: change.state == "applied")
        counts = [f"{label} {len(changes)}" for level, label in self._get_selection_labels("level").items()
                  if (changes := applied.filtered(lambda change, level=level: change.level == level))]
        figures = [(self.env._("Change notices, of these applied"), ", ".join(
            [f"{len(self)}", f"{len(applied)}", *counts]))] if self else []
        if days := sum(applied.mapped("delay_days")):
            figures.append((self.env._("Later by change notices (days)"), str(days)))
        return figures
