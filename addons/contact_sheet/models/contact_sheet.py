from odoo import api, fields, models
from odoo.exceptions import UserError

#: What the sender writes.
PAPER = {
    "kind", "subject", "from_department_id", "to_department_id", "to_user_id", "copy_department_ids", "question",
    "date_due", "last_date",
}
#: What the one who is asked writes.
ANSWER = {"answer", "promised_date"}


class ContactSheet(models.Model):
    """跨部门工作联系单 and 催促单: what another department is to solve by when, and its answer (PLN-12, PLN-13)."""

    _name = "contact.sheet"
    _inherit = ["document.control.mixin", "document.link.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Contact Sheet"
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "contact.sheet"

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    kind = fields.Selection(
        [("contact", "Contact Sheet"), ("expedite", "Expedite Notice")], required=True, default="contact", index=True)
    subject = fields.Char(required=True, tracking=True)
    state = fields.Selection(
        [("draft", "Draft"), ("sent", "Sent"), ("answered", "Answered"), ("closed", "Closed"),
         ("cancelled", "Cancelled")],
        string="Status", required=True, readonly=True, default="draft", copy=False, index=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company,
        ondelete="restrict")
    from_user_id = fields.Many2one(
        "res.users", string="From", readonly=True, copy=False, required=True, index=True, ondelete="restrict",
        default=lambda self: self.env.user)
    from_department_id = fields.Many2one(
        "hr.department", compute="_compute_from_department_id", store=True, readonly=False,
        precompute=True, index="btree_not_null", ondelete="restrict", check_company=True)
    to_department_id = fields.Many2one(
        "hr.department", required=True, index=True, ondelete="restrict", check_company=True,
        tracking=True)
    to_user_id = fields.Many2one(
        "res.users", string="To", compute="_compute_to_user_id", store=True, readonly=False, precompute=True,
        index="btree_not_null", ondelete="restrict", domain="[('share', '=', False)]", tracking=True,
        help="Who is asked for the answer. Proposed: the department's manager.")
    copy_department_ids = fields.Many2many(
        "hr.department", string="Copy to", check_company=True, help="Their managers are told; they need not answer.")
    informed_user_ids = fields.Many2many("res.users", string="Informed", readonly=True, copy=False)
    question = fields.Text(string="What Is to Be Solved", required=True)
    date_due = fields.Datetime(string="By When", required=True, tracking=True)
    last_date = fields.Date(
        copy=False, tracking=True,
        help="Of an expedite notice: the last day on which the goods can leave.")
    sent_on = fields.Datetime(readonly=True, copy=False)
    answer = fields.Text(copy=False)
    promised_date = fields.Datetime(string="Promised", copy=False, tracking=True, help="When it is solved.")
    is_late_promise = fields.Boolean(
        string="Promised Later", compute="_compute_is_late_promise", store=True,
        help="Promised for later than asked.")
    answered_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict", tracking=True)
    answered_on = fields.Datetime(readonly=True, copy=False)
    return_reason = fields.Text(
        string="What Is Missing", copy=False, help="Why the answer does not settle it: needed to send it back.")
    return_ids = fields.One2many("contact.sheet.return", "sheet_id", string="Answers Sent Back", readonly=True)
    closed_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    closed_on = fields.Datetime(readonly=True, copy=False)
    can_send = fields.Boolean(compute="_compute_can_act", export_string_translation=False)
    can_answer = fields.Boolean(compute="_compute_can_act", export_string_translation=False)

    @api.depends("from_user_id", "company_id")
    def _compute_from_department_id(self):
        for sheet in self:
            employees = sheet.from_user_id.sudo().employee_ids  # sudo: hr data of oneself
            mine = employees.filtered(lambda employee, sheet=sheet: employee.company_id == sheet.company_id)
            sheet.from_department_id = mine[:1].department_id

    @api.depends("to_department_id", "company_id")
    def _compute_to_user_id(self):
        for sheet in self:
            sheet.to_user_id = sheet.to_department_id._get_next_manager(sheet.company_id)

    @api.depends("promised_date", "date_due")
    def _compute_is_late_promise(self):
        for sheet in self:
            sheet.is_late_promise = bool(
                sheet.promised_date and sheet.date_due and sheet.promised_date > sheet.date_due)

    @api.depends("state", "from_user_id", "to_user_id", "to_department_id", "from_department_id")
    @api.depends_context("uid")
    def _compute_can_act(self):
        mine = self.env.user._get_own_departments()
        for sheet in self:
            sheet.can_send = sheet.state not in ("closed", "cancelled") and sheet._is_sender()
            sheet.can_answer = sheet.state == "sent" and sheet._is_asked(mine)

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for sheet in self:
            number = sheet.name if sheet._origin else ""  # a new one has none: the screen says New
            sheet.display_name = f"{number} {sheet.subject or ''}".strip()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        for sheet in self:
            if sheet.state != "draft":
                raise UserError(self.env._("%(sheet)s was sent and stays on record. Cancel it.", sheet=sheet.name))

    def _is_sender(self):
        """Whether the current user sends it, judges the answer, takes it back; for who has left, who manages him."""
        user = self.env.user
        return user == self.from_user_id or user.has_group("contact_sheet.group_contact_sheet_manager") or (
            not self.from_user_id.sudo().active and user == self._get_judge())  # sudo: whether he is still here

    def _get_judge(self):
        """Who is asked whether an answer settles it: the sender; once he has left, the manager of his department."""
        if self.from_user_id.sudo().active:  # sudo: as above
            return self.from_user_id
        return self.from_department_id._get_next_manager(self.company_id)

    def _is_asked(self, departments=None):
        """Whether the current user may answer: who is asked, and whoever speaks for the department.

        :param departments: those of the user, where they are known already
        """
        departments = self.env.user._get_own_departments() if departments is None else departments
        return self.env.user != self.from_user_id and (
            self.env.user == self.to_user_id or self.to_department_id._origin in departments)

    @api.model
    def _get_creatable_fields(self):
        return PAPER | self._get_link_fields() | {"company_id"}

    def _get_open_fields(self):
        if self.state == "draft" and self._is_sender():
            return PAPER | self._get_link_fields()
        if self.state == "sent" and self._is_asked():
            return ANSWER
        return {"return_reason"} if self.state == "answered" and self._is_sender() else set()

    def _get_frozen_fields(self):
        if self._is_frozen():
            return super()._get_frozen_fields()
        if self.state == "draft":
            return set()
        sent = PAPER | self._get_link_fields() | {
            "name", "company_id", "from_user_id", "sent_on", "document_name", "informed_user_ids"}
        return sent if self.state == "sent" else sent | ANSWER | {"answered_by", "answered_on"}

    def _is_frozen(self):
        return self.state in ("closed", "cancelled")
