from odoo import api, fields, models
from odoo.exceptions import ValidationError

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

    @api.depends("name")
    def _compute_display_name(self):
        """A request without its number has no name yet: the screen says New in the reader's language."""
        result = super()._compute_display_name()
        for request in self:
            if not request._origin:
                request.display_name = False
        return result

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

    def _check_takes_lines(self):
        """Lines come onto a draft, and by its applicant, whatever the door.

        :raise UserError: it is no draft any more
        """
        self._check_mine()
        self._check_state("draft")
