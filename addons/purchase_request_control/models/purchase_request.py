from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.entered_values import check_quantity
from odoo.addons.document_control.tools.reason import is_reason

APPROVAL = "purchase_request_control.mail_activity_type_request_approval"
BUYERS = ("purchase.group_purchase_user",)
MANAGERS = "purchase_request.group_purchase_request_manager"
#: What the applicant writes.
PAPER = {
    "request_kind", "requested_by", "department_id", "production_id", "origin", "date_start", "description",
    "picking_type_id", "company_id", "line_ids",
}
#: What of it stands once it is decided.
DECIDED = ("approved", "in_progress", "done", "rejected")


class PurchaseRequest(models.Model):
    """物料需求申请单: what is asked for is approved by another person, and is bought as approved (PUR-1, MAT-2)."""

    _name = "purchase.request"
    _inherit = ["purchase.author.mixin", "purchase.request"]  # the fence stands before what purchase_request adds
    _dossier_path = "line_ids.move_dest_ids.raw_material_production_id"
    _check_company_auto = True
    _transitions = {
        "submit": Transition(("draft",), "to_approve"),
        "approve": Transition(("to_approve",), "approved"),
        "reject": Transition(("to_approve", "approved"), "rejected"),
        "reset": Transition(("to_approve", "approved", "in_progress", "rejected"), "draft"),
        "progress": Transition(("approved", "in_progress"), "in_progress", BUYERS),
        "finish": Transition(("approved", "in_progress"), "done", BUYERS),
    }

    name = fields.Char(readonly=True, copy=False)
    state = fields.Selection(
        selection_add=[("to_approve", "To Approve"), ("in_progress", "Being Bought")], readonly=True)
    assigned_to = fields.Many2one(readonly=True, copy=False, domain=[])
    description = fields.Text(string="Reason")
    date_start = fields.Date(string="Requested On")
    estimated_cost = fields.Monetary(string="Estimated Cost in Total")
    requested_by = fields.Many2one(string="Applicant")
    # whoever decides on a request need not see orders and transfers
    purchase_count = fields.Integer(compute_sudo=True)
    move_count = fields.Integer(compute_sudo=True)
    is_name_editable = fields.Boolean(default=False)
    request_kind = fields.Selection(
        [("plan", "Plan and Safety Stock"), ("advance", "Advance Purchase"), ("change", "Engineering Change"),
         ("first", "First-Time Material"), ("special", "Special Material"), ("shortage", "Shortage")],
        string="Kind", required=True, default="special", index=True, tracking=True)
    department_id = fields.Many2one(
        "hr.department", compute="_compute_department_id", store=True, readonly=False,
        check_company=True, index="btree_not_null", tracking=True)
    production_id = fields.Many2one(
        "mrp.production", string="Manufacturing Order", check_company=True, index="btree_not_null", copy=False)
    reference_ids = fields.Many2many(
        "stock.reference", "purchase_request_stock_reference_rel", "request_id", "reference_id", readonly=True,
        copy=False, string="References", help="Sales and manufacturing orders whose need this is.")
    run_id = fields.Many2one("material.run", string="Material Run", readonly=True, copy=False, index="btree_not_null")
    approver_ids = fields.Many2many(
        "res.users", "purchase_request_approver_rel", "request_id", "user_id", string="Approvers", readonly=True,
        copy=False, help="Whoever of them decides first; the approver is asked.")
    approval_amount = fields.Monetary(
        readonly=True, copy=False, help="What the lines cost at the suppliers' prices or as estimated, the higher one.")
    approved_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict", tracking=True)
    approved_on = fields.Datetime(readonly=True, copy=False)
    rejected_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    rejected_on = fields.Datetime(readonly=True, copy=False)
    reject_reason = fields.Text(string="Reason of the Rejection", readonly=True, copy=False, tracking=True)
    can_decide = fields.Boolean(compute="_compute_can_decide")

    @api.depends("requested_by", "company_id")
    def _compute_department_id(self):
        for request in self:
            request.department_id = request._get_own_departments()[:1]

    @api.depends("state", "requested_by", "submitted_by", "author_ids", "department_id", "approval_amount",
                 "request_kind")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for request in self:
            request.can_decide = request.state == "to_approve" and request._may_decide()

    def _check_department(self):
        """Whose manager approves is not chosen freely; what the system asks for has the department of its planner.

        :raise ValidationError: neither the applicant's department nor one that he manages, himself or from above
        """
        if self.env.su:
            return
        for request in self:
            department, applicant, own = request.department_id, request.requested_by, request._get_own_departments()
            managers = [user for _department, user in department._get_managers(request.company_id)]
            if applicant not in managers and (department or own) and department not in own:
                raise ValidationError(self.env._(
                    "%(user)s asks for his own department (%(departments)s) or one that he manages, not for "
                    "%(department)s.", user=applicant.name, departments=", ".join(own.mapped("name")) or "–",
                    department=department.name or "–"))

    def _get_own_departments(self):
        # sudo: employees are hidden from most users
        employees = self.requested_by.sudo().employee_ids
        return employees.filtered(lambda employee: employee.company_id == self.company_id).department_id

    @api.model_create_multi
    def create(self, vals_list):
        requests = super().create(vals_list)
        requests._check_department()  # a constraint would not know who creates it
        return requests

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"department_id", "requested_by", "company_id"}:
            self._check_department()
        return result

    def copy_data(self, default=None):
        """A copy begins anew: with a number of its own, as a draft."""
        default = {name: value for name, value in (default or {}).items() if name not in ("name", "state")}
        return super().copy_data(default)

    # What is written, and by whom

    @api.model
    def _get_creatable_fields(self):
        return PAPER | {"is_name_editable"}

    def _get_open_fields(self):
        return PAPER if self.state == "draft" and self._is_mine() else set()

    def _get_frozen_fields(self):
        return PAPER | {"name"} if self.state in DECIDED else set()

    def _is_frozen(self):
        return self.state in DECIDED

    def _is_mine(self):
        """Whether the user is the applicant, or administers requests."""
        return self.env.su or self.env.user == self.requested_by or self.env.user.has_group(MANAGERS)

    def _get_authors(self):
        return super()._get_authors() | self.sudo().requested_by  # sudo: as there

    def _may_decide(self):
        """Whether the current user may approve: one of those whom the level names, and not the one who asks."""
        return self.env.su or self.env.user in self._get_approvers()

    def _get_approvers(self):
        """Users who may decide, the one to be asked first."""
        self.ensure_one()
        return self.env["purchase.request.level"]._get_approvers(self)

    def _check_transition(self, operation):
        if operation in ("submit", "reset"):
            self._check_mine()
        elif operation in ("approve", "reject"):
            self._check_decider()
        result = super()._check_transition(operation)
        if operation == "submit":
            self.line_ids._check_complete()
            self._check_complete()
        elif operation in ("reset", "reject"):
            self._check_not_ordered()
        return result

    def _check_mine(self):
        for request in self:
            if not request._is_mine():
                raise AccessError(self.env._(
                    "%(request)s is the request of %(user)s: he or an administrator of requests does this.",
                    request=request._describe(), user=request.sudo().requested_by.name))

    def _check_decider(self):
        for request in self.filtered(lambda request: not request._may_decide()):
            if request.has_access("read") and request._is_own(self.env.user):
                raise AccessError(self.env._(
                    "%(request)s was requested by you: another person decides on it.", request=request._describe()))
            raise AccessError(self.env._(
                "%(request)s: this is decided by %(users)s.", request=request._describe(),
                users=", ".join(request.sudo()._get_approvers().mapped("name")) or "–"))

    def _check_complete(self):
        for request in self:
            if not request.line_ids.filtered(lambda line: not line.cancelled):
                raise UserError(self.env._("%(request)s names no material.", request=request.name))
            if not is_reason(request.description) and not self.env.su:
                raise UserError(self.env._("%(request)s: give the reason of the request.", request=request.name))

    def _check_not_ordered(self):
        for request in self:
            orders = request.sudo().line_ids.purchase_lines.order_id.filtered(lambda order: order.state != "cancel")
            if orders:
                raise UserError(self.env._(
                    "%(request)s is on its way: %(orders)s. Cancel them first, or agree a reduction.",
                    request=request.name, orders=", ".join(orders.mapped("name"))))

    def _check_takes_lines(self):
        """Lines come onto a draft, and by its applicant, whatever the door.

        :raise UserError: it is no draft any more
        """
        self._check_mine()
        self._check_state("draft")

    # Its way

    def button_to_approve(self):
        """Ask for the approval: the approver is named by kind and amount, and gets a to-do (MAT-2, PUR-1).

        :raise AccessError: another's request
        :raise UserError: no material, a quantity that is none, no reason
        """
        self._check_transition("submit")
        for request in self.sudo():  # sudo: the approver and what it costs are written by this action only
            request.write({"approval_amount": sum(request.line_ids._get_expected_cost().values())})
            request.write({"submitted_by": self.env.uid})  # whom to ask depends on who asks
            approvers = request._get_approvers()
            request._write_transition(
                "submit", submitted_on=fields.Datetime.now(), assigned_to=approvers[:1].id,
                approver_ids=[Command.set(approvers.ids)])
            request._ask_approver()
        return True

    def button_approved(self):
        """Approve: from here on nobody changes the request (PUR-1).

        :raise AccessError: not his to approve, or his own request
        """
        self._transit("approve", approved_by=self.env.uid, approved_on=fields.Datetime.now())
        self.sudo().activity_unlink([APPROVAL])  # sudo: the to-do may be another's
        return True

    def button_rejected(self):
        """Ask for the reason, then reject."""
        self.ensure_one()
        self._check_decider()
        return self.env["purchase.request.remark"]._get_remark_action("reject", self)

    def action_reject(self, reason=None):
        """Reject with a reason; the applicant may reset and correct it.

        :raise AccessError: not his to decide
        :raise UserError: no reason, or something was ordered already
        """
        self._check_transition("reject")
        if not is_reason(reason):
            raise UserError(self.env._("%(request)s: say why it is rejected.", request=self[:1].name))
        self._write_transition(
            "reject", rejected_by=self.env.uid, rejected_on=fields.Datetime.now(), reject_reason=reason.strip(),
            approved_by=False, approved_on=False)
        self.sudo().activity_unlink([APPROVAL])  # sudo: the to-do may be another's
        for request in self:
            request.message_post(body=self.env._("Rejected: %(reason)s", reason=reason.strip()),
                                 partner_ids=request.sudo().requested_by.partner_id.ids)
        return True

    def button_draft(self):
        """Take the request back to correct it; what was approved is not any more.

        :raise UserError: something was ordered already
        """
        self._transit(
            "reset", assigned_to=False, approver_ids=[Command.clear()], approved_by=False, approved_on=False,
            submitted_by=False, submitted_on=False, rejected_by=False, rejected_on=False, reject_reason=False,
            approval_amount=0)
        self.sudo().activity_unlink([APPROVAL])  # sudo: the to-do may be another's
        self.sudo().line_ids.filtered("cancelled").write({"cancelled": False})  # sudo: the action's own doing
        return True

    def button_in_progress(self):
        """Purchasing works on it."""
        self._transit("progress")
        return True

    def button_done(self):
        """What was asked for is here, or is not wanted any more."""
        self._transit("finish")
        return True

    def check_auto_reject(self):
        """A request of which every line was cancelled is rejected; the cancelling was checked."""
        for request in self.filtered(lambda request: request.state != "rejected"):
            if request.line_ids and all(request.line_ids.mapped("cancelled")):
                request._write_signed({"state": "rejected", "reject_reason": self.env._("All lines were cancelled.")})

    def _ask_approver(self):
        if self.assigned_to:
            self.activity_schedule(APPROVAL, user_id=self.assigned_to.id, automated=True, summary=self.env._(
                "%(request)s of %(user)s waits for your approval", request=self.name, user=self.requested_by.name))

    # Made by others

    @api.model
    def _make_for_shortage(self, product, quantity, uom, date_required, production, reason):
        """Draft request for what is missing of a product: one per manufacturing order, never merged across orders.

        :param quantity: all that is missing, in that unit; a draft line of the product is corrected to it
        :param date_required: date, datetime
        :param production: mrp.production, may be empty
        :return: purchase.request, in the name of the current user
        :raise UserError: a quantity that is none
        """
        if check_quantity(self.env, product.display_name, quantity) <= 0:
            raise UserError(self.env._(
                "%(product)s: nothing is missing (%(quantity)s). A request needs a quantity above zero.",
                product=product.display_name, quantity=f"{quantity:g}"))
        requests = self.sudo()  # sudo: whoever reports a shortage asks for it; purchasing and approval come later
        company = production.company_id or self.env.company
        request = production and requests.search([
            ("state", "=", "draft"), ("request_kind", "=", "shortage"), ("production_id", "=", production.id),
            ("company_id", "=", company.id)], limit=1)
        if not request:
            receipts = production.picking_type_id.warehouse_id.in_type_id
            request = requests.with_company(company).with_context(company_id=company.id).create({
                **({"picking_type_id": receipts.id} if receipts else {}),
                "request_kind": "shortage", "production_id": production.id, "origin": production.name,
                "company_id": company.id, "requested_by": self.env.uid, "description": reason,
                "reference_ids": [Command.set(production.reference_ids.ids)]})
        day = fields.Date.to_date(date_required) or fields.Date.context_today(self)
        line = request.line_ids.filtered(
            lambda line: line.product_id == product and line.product_uom_id == uom and not line.cancelled)[:1]
        if line:
            line.write({"product_qty": quantity, "date_required": min(line.date_required, day)})
        else:
            request.line_ids.create({
                "request_id": request.id, "product_id": product.id, "name": product.display_name,
                "product_qty": quantity, "product_uom_id": (uom or product.uom_id).id, "date_required": day})
        return request.sudo(self.env.su)
