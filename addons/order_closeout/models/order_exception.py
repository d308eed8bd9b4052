from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

from .order_evaluation import MANAGEMENT

TODO = "order_closeout.mail_activity_type_exception_%s"
REPORT = {"order_id", "kind", "description", "solution", "participant_ids"}
RESOURCES = {"owner_id", "measures", "date_due"}
MEETING = {"meeting_on", "participant_ids", "responsible_ids", "decision"}


class OrderException(models.Model):
    """异常: a major problem or delay, with its solution and the resources for it (EXC-1); 责任追究: a serious failure,
    with the meeting, the persons responsible and the decision (EXC-2)."""

    _name = "order.exception"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Order Exception"
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "order.exception"
    _transitions = {
        "assign": Transition(("reported",), "assigned", groups=(MANAGEMENT,)),
        "meet": Transition(("reported",), "meeting", groups=(MANAGEMENT,)),
        "decide": Transition(("meeting",), "decided", groups=(MANAGEMENT,)),
        "close": Transition(("assigned", "decided"), "closed"),
    }

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict",
        default=lambda self: self.env.company)
    kind = fields.Selection(
        [("problem", "Major problem"), ("delay", "Delay"), ("failure", "Serious failure")], required=True,
        default="problem", index=True, tracking=True,
        help="A serious failure is seen by those named in it and by the management only.")
    restricted = fields.Boolean(
        compute="_compute_restricted", store=True, precompute=True, index=True, export_string_translation=False)
    description = fields.Text(string="What happened", required=True)
    solution = fields.Text(string="Proposed solution")
    state = fields.Selection(
        [("reported", "Reported"), ("assigned", "Being solved"), ("meeting", "Review meeting"),
         ("decided", "Decided"), ("closed", "Closed")],
        string="Status", required=True, readonly=True, default="reported", copy=False, index=True, tracking=True)
    order_name = fields.Char(string="Order No.", readonly=True, copy=False)
    partner_name = fields.Char(string="Customer's name", readonly=True, copy=False)
    project_name = fields.Char(readonly=True, copy=False)
    manager_id = fields.Many2one(
        "res.users", string="Decided by", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        help="Who of the management is asked for resources, or calls the meeting.")

    owner_id = fields.Many2one(
        "res.users", copy=False, index="btree_not_null", ondelete="restrict", domain="[('share', '=', False)]",
        help="Who brings the order back on its way.")
    measures = fields.Text(string="Measures and resources", copy=False)
    date_due = fields.Date(string="Until", copy=False)
    assigned_on = fields.Datetime(readonly=True, copy=False)

    meeting_on = fields.Datetime(string="Review meeting on", copy=False)
    participant_ids = fields.Many2many(
        "res.users", "order_exception_participant_rel", string="Participants", copy=False,
        domain="[('share', '=', False)]")
    responsible_ids = fields.Many2many(
        "res.users", "order_exception_responsible_rel", string="Persons responsible", copy=False,
        domain="[('share', '=', False)]")
    decision = fields.Text(copy=False)
    decided_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    decided_on = fields.Datetime(readonly=True, copy=False)

    correction = fields.Text(readonly=True, copy=False, help="What was corrected so that it does not happen again.")
    closed_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    closed_on = fields.Datetime(readonly=True, copy=False)
    is_management = fields.Boolean(compute="_compute_is_management", export_string_translation=False)
    can_close = fields.Boolean(compute="_compute_can_close", export_string_translation=False)

    @api.depends("kind")
    def _compute_restricted(self):
        for exception in self:
            exception.restricted = exception.kind == "failure"

    @api.depends_context("uid")
    def _compute_is_management(self):
        self.is_management = self.env.user.has_group(MANAGEMENT)

    @api.depends("state", "owner_id")
    @api.depends_context("uid")
    def _compute_can_close(self):
        manages = self.env.user.has_group(MANAGEMENT)
        for exception in self:
            exception.can_close = (
                exception.state == "decided" and manages
                or exception.state == "assigned" and (manages or exception.owner_id == self.env.user))

    @api.depends("name", "order_name", "restricted")
    def _compute_display_name(self):
        """Of a restricted one the number only: names are shown in places that ask no rule of the record."""
        result = super()._compute_display_name()
        for exception in self.filtered(lambda exception: exception.order_name and not exception.restricted):
            exception.display_name = f"{exception.display_name} ({exception.order_name})"
        return result

    @api.onchange("order_id")
    def _onchange_order_id(self):
        self.update(self._prepare_order_values(self.order_id))

    @api.model_create_multi
    def create(self, vals_list):
        exceptions = super().create(vals_list)
        exceptions.sudo()._ask_management()  # to-dos of others
        return exceptions

    @api.model
    def _prepare_created(self, vals_list):
        for vals in vals_list:
            order = self.env["sale.order"].browse(vals.get("order_id"))
            order.check_access("read")
            vals.update(self._prepare_order_values(order.sudo()))  # names that the report keeps
            vals["manager_id"] = self._find_manager(order.sudo()).id  # who it is is no secret
        return super()._prepare_created(vals_list)

    @api.model
    def _prepare_order_values(self, order):
        return {
            "company_id": order.company_id.id or self.env.company.id, "order_name": order.name,
            "partner_name": order.partner_id.display_name, "project_name": order.project_name}

    @api.model
    def _find_manager(self, order):
        """The general manager where he belongs to the management, else the first of it."""
        users = self.env.ref(MANAGEMENT).sudo().all_user_ids.filtered(
            lambda user: user.active and not user.share and order.company_id in user.company_ids)
        general = order.desk_department_id._get_general_manager(order.company_id).sudo()
        return ((general & users) or users)[:1]

    def action_assign(self):
        """The management gives an owner, measures and a date (EXC-1).

        :raise UserError: one of them is missing
        """
        self._check_transition("assign")
        for exception in self:
            if exception.restricted:
                raise UserError(self.env._("%(exception)s: a serious failure needs a review meeting.",
                                           exception=exception.name))
            if not (exception.owner_id and exception.date_due and is_reason(exception.measures)):
                raise UserError(self.env._(
                    "%(exception)s: name the owner, the measures and resources, and the date.",
                    exception=exception.name))
        self._write_transition("assign", assigned_on=fields.Datetime.now())
        for exception in self.sudo():  # to-dos of others
            exception.activity_unlink([TODO % "decide"])
            exception._remind("solve", exception.owner_id, exception.date_due)
        return True

    def action_meet(self):
        """The management calls the review meeting of a serious failure (EXC-2).

        :raise UserError: date or participants are missing
        """
        self._check_transition("meet")
        for exception in self:
            if not (exception.restricted and exception.meeting_on and exception.participant_ids):
                raise UserError(self.env._(
                    "%(exception)s: a review meeting is of a serious failure, and needs its date and participants.",
                    exception=exception.name))
        self._write_transition("meet")
        for exception in self.sudo():  # to-dos of others
            exception.activity_unlink([TODO % "decide"])
            for user in exception.participant_ids:
                exception._remind("meet", user, exception.company_id._get_day(exception.meeting_on))
        return True

    def action_decide(self):
        """The meeting's decision, with the persons responsible, is signed; nobody decides about himself.

        :raise UserError: one of them is missing
        """
        self._check_transition("decide")
        for exception in self:
            if not (exception.responsible_ids and is_reason(exception.decision)):
                raise UserError(self.env._(
                    "%(exception)s: name the persons responsible, and the decision.", exception=exception.name))
            if self.env.user in exception.responsible_ids:
                raise AccessError(self.env._("%(exception)s: nobody decides about himself.", exception=exception.name))
        self._write_transition("decide", decided_by=self.env.uid, decided_on=fields.Datetime.now())
        self.sudo().activity_unlink([TODO % "meet"])  # sudo: to-dos of others
        return True

    def action_close(self, correction):
        """Close it with what was corrected.

        :raise AccessError: not the owner's or the management's to close
        :raise UserError: nothing is said
        """
        self.ensure_one()
        self._check_transition("close")
        if not self.can_close:
            raise AccessError(self.env._(
                "%(exception)s is closed by its owner or by the management.", exception=self.name))
        if not is_reason(correction):
            raise UserError(self.env._("%(exception)s: say what was corrected.", exception=self.name))
        self._write_transition(
            "close", correction=correction, closed_by=self.env.uid, closed_on=fields.Datetime.now())
        self.sudo().activity_unlink([TODO % step for step in ("decide", "solve", "meet")])  # sudo: as above
        return True

    def action_open_close(self):
        """The window in which the correction is written."""
        self.ensure_one()
        return {
            "name": self.env._("Close"), "type": "ir.actions.act_window", "res_model": "order.closeout.word",
            "view_mode": "form", "target": "new",
            "context": {"default_res_model": self._name, "default_res_id": self.id, "default_operation": "close"},
        }

    def _ask_management(self):
        for exception in self:
            exception._remind("decide", exception.manager_id)

    def _remind(self, step, user, date=None):
        if user and user.active:
            summary = self.name if self.restricted else ", ".join(
                filter(None, (self.name, self.order_name, self.partner_name, self.project_name)))
            self.activity_schedule(TODO % step, user_id=user.id, summary=summary, date_deadline=date)

    @api.model
    def _get_creatable_fields(self):
        return REPORT

    def _get_open_fields(self):
        manages = self.env.user.has_group(MANAGEMENT)
        if self.state == "reported":
            own = {"description", "solution"} if self.create_uid == self.env.user or not self._origin else set()
            return own | (RESOURCES | MEETING | {"description", "solution"} if manages else set())
        return {"assigned": RESOURCES, "meeting": MEETING}.get(self.state, set()) if manages else set()

    def _get_frozen_fields(self):
        if self.state == "decided":
            return MEETING | REPORT | {"decided_by", "decided_on"}
        return super()._get_frozen_fields()

    def _is_frozen(self):
        return self.state == "closed"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reported(self):
        self._check_state("reported")
        if others := self.filtered(lambda exception: exception.create_uid != self.env.user):
            raise AccessError(self.env._(
                "%(exception)s was reported by a colleague: only he can withdraw it.", exception=others[:1].name))
