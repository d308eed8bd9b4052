from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

from .service_request import STAFF

MANAGER = "aftersales.group_service_manager"
#: What after-sales writes until the department is asked.
PAPER = {"request_id", "category_id", "department_id", "user_id", "finding", "date_due"}


class ServiceCause(models.Model):
    """Why a customer had to ask, back to the department that can remove it (AFT-5).

    The department is asked by a contact sheet: its answer with the promised day, its clock, what is sent back and what
    is accepted are that sheet's.
    """

    _name = "service.cause"
    _inherit = ["document.control.mixin", "mail.thread"]
    _description = "Cause"
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "service.cause"
    _dossier_path = "request_id"
    _transitions = {
        "ask": Transition(("draft",), "sent", (MANAGER,)),
        "conclude": Transition(("draft",), "closed", (MANAGER,)),
    }

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    state = fields.Selection(
        [("draft", "Draft"), ("sent", "Asked"), ("answered", "Answered"), ("closed", "Concluded")], string="Status",
        compute="_compute_state", store=True, index=True, tracking=True)
    request_id = fields.Many2one(
        "service.request", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="request_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="request_id.partner_id", string="Customer", store=True)
    order_id = fields.Many2one(related="request_id.order_id", store=True)
    product_id = fields.Many2one(related="request_id.product_id", store=True)
    part_id = fields.Many2one(related="request_id.part_id", string="Faulty Part", store=True)
    supplier_id = fields.Many2one(related="request_id.supplier_id", string="Supplier", store=True)
    category_id = fields.Many2one(
        "service.cause.category", string="Cause", required=True, index=True, ondelete="restrict", tracking=True)
    is_ours = fields.Boolean(related="category_id.is_ours")
    department_id = fields.Many2one(
        "hr.department", compute="_compute_department_id", store=True, readonly=False, precompute=True,
        index="btree_not_null", ondelete="restrict", check_company=True, tracking=True,
        help="Can remove the cause: engineering, purchase, production, logistics.")
    user_id = fields.Many2one(
        "res.users", string="Person Asked", compute="_compute_user_id", store=True, readonly=False, precompute=True,
        index="btree_not_null", ondelete="restrict", domain="[('share', '=', False)]",
        help="Proposed: the department's manager.")
    finding = fields.Text(string="What Was Found", required=True)
    date_due = fields.Datetime(
        string="Answer by", compute="_compute_date_due", store=True, readonly=False, precompute=True)
    sheet_id = fields.Many2one(
        "contact.sheet", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", check_company=True)
    answer = fields.Text(related="sheet_id.answer", string="Measure")
    promised_date = fields.Datetime(related="sheet_id.promised_date", string="Done by")
    answered_by = fields.Many2one(related="sheet_id.answered_by")
    concluded_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")

    @api.depends("sheet_id.state", "concluded_by")
    def _compute_state(self):
        """That of its sheet; a sheet that was taken back leaves the cause to be asked anew."""
        states = {"sent": "sent", "answered": "answered", "closed": "closed"}
        for cause in self:
            cause.state = "closed" if cause.concluded_by else states.get(cause.sheet_id.state, "draft")

    @api.depends("category_id", "request_id")
    def _compute_department_id(self):
        for cause in self:
            company = cause.company_id or cause.request_id.company_id or self.env.company
            cause.department_id = cause.category_id.with_company(company).department_id or cause.department_id

    @api.depends("department_id")
    def _compute_user_id(self):
        for cause in self:
            cause.user_id = cause.department_id._get_next_manager(cause.company_id or self.env.company)

    @api.depends("category_id")
    def _compute_date_due(self):
        for cause in self:
            days = timedelta(days=cause.category_id.answer_days or 5)
            cause.date_due = fields.Datetime.now().replace(second=0, microsecond=0) + days

    @api.depends("name", "category_id")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for cause in self.filtered("id"):
            cause.display_name = f"{cause.name} {cause.category_id.name or ''}".strip()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        for cause in self:
            if cause.sheet_id:
                raise UserError(self.env._("%(cause)s: a department was asked; it stays on record.", cause=cause.name))

    def action_ask(self):
        """Ask the department by a contact sheet, in the name of the head of after-sales (AFT-5).

        :raise AccessError: not the head
        :raise UserError: no department, nobody who can be reached there, nothing found, or a date that has passed
        """
        self._check_transition("ask")
        for cause in self:
            sheet = self.env["contact.sheet"].create(cause._prepare_sheet_vals())
            sheet.action_send()
            cause._write_signed({"sheet_id": sheet.id})
        return True

    def action_conclude(self):
        """Nobody of ours can remove it: concluded as it was found.

        :raise AccessError: not the head
        :raise UserError: a department of ours answers for this category
        """
        self._check_transition("conclude")
        self._write_signed({"concluded_by": self.env.uid})
        return True

    def action_view_sheet(self):
        """Open the contact sheet: there the answer is accepted or sent back."""
        self.ensure_one()
        return self.sheet_id._get_records_action(name=self.env._("Contact Sheet"))

    def _check_transition(self, operation):
        result = super()._check_transition(operation)
        for cause in self:
            if not is_reason(cause.finding):
                raise UserError(self.env._("%(cause)s: write what was found.", cause=cause.name))
            if operation == "ask" and not cause.department_id:
                raise UserError(self.env._(
                    "%(cause)s: name the department that can remove the cause.", cause=cause.name))
            if operation == "conclude" and cause.is_ours:
                raise UserError(self.env._(
                    "%(cause)s: \"%(category)s\" is ours. Ask the department, and accept its answer.",
                    cause=cause.name, category=cause.category_id.name))
        return result

    def _prepare_sheet_vals(self):
        goods = self.request_id.lot_id or self.part_id or self.product_id
        return {
            "company_id": self.company_id.id, "to_department_id": self.department_id.id, "to_user_id": self.user_id.id,
            "subject": " ".join(filter(None, (self.category_id.name, goods.display_name))), "question": self.finding,
            "date_due": self.date_due, "res_model": self._name, "res_id": self.id,
        }

    @api.model
    def _get_creatable_fields(self):
        return PAPER

    def _get_open_fields(self):
        is_open = self.state == "draft" and self.env.user.has_group(STAFF)
        return PAPER - {"request_id"} if is_open else set()

    def _get_frozen_fields(self):
        asked = {"finding", "category_id", "department_id", "request_id"} if self.state != "draft" else set()
        return super()._get_frozen_fields() | asked

    def _get_living_fields(self):  # what is shown of others, and the state, which follows from the sheet
        return super()._get_living_fields() | {"state", "answer", "promised_date", "answered_by", "partner_id",
                                               "order_id", "product_id", "part_id", "supplier_id", "company_id"}

    def _is_frozen(self):
        return self.state == "closed"
