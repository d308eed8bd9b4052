from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.document_control.models.document_control_mixin import Transition

ANSWERS = [("pending", "Waiting"), ("agree", "Agrees"), ("conditional", "Agrees if"), ("disagree", "Disagrees")]
STANDARD_LIMIT = 8


class OrderReviewLine(models.Model):
    """One department's opinion in a round, signed and dated (REV-3)."""

    _name = "order.review.line"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Department's Opinion"
    _order = "review_id desc, sequence, id"
    _check_company_auto = True
    _mail_post_access = "read"
    _transitions = {answer: Transition(("pending",), answer) for answer in ("agree", "conditional", "disagree")}

    review_id = fields.Many2one("order.review", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="review_id.company_id", store=True, index=True, precompute=True)
    sequence = fields.Integer(default=10)
    department_id = fields.Many2one(
        "hr.department", required=True, index=True, ondelete="restrict", check_company=True)
    department_name = fields.Char(
        compute="_compute_department_name", store=True, help="The department's name when it was asked, for the form.")
    user_id = fields.Many2one(
        "res.users", string="Reviewer", index=True, ondelete="restrict", tracking=True,
        domain="[('share', '=', False)]")
    state = fields.Selection(ANSWERS, string="Opinion", required=True, readonly=True, default="pending", copy=False,
                             index=True, tracking=True)
    review_state = fields.Selection(related="review_id.state", store=True, string="Round's state")
    required = fields.Boolean(default=True, help="The round cannot be concluded before this opinion.")
    limit_hours = fields.Integer(string="Limit (working hours)", default=STANDARD_LIMIT)
    check_ids = fields.One2many("order.review.check", "line_id", string="Criteria")
    opinion = fields.Text(string="Remarks")
    condition_ids = fields.One2many("order.review.condition", "line_id", string="Conditions")
    lead_time_days = fields.Integer(string="Lead time (days)", help="Calendar days from today.")
    earliest_date = fields.Date(
        compute="_compute_earliest_date", store=True, readonly=False,
        help="Earliest date that this department can promise.")
    attachment_ids = fields.Many2many("ir.attachment", string="Attachments", copy=False, bypass_search_access=True)
    signed_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict", tracking=True)
    signed_name = fields.Char(
        compute="_compute_signed_name", store=True, help="The signer's name when he signed, for the form.")
    signed_on = fields.Datetime(readonly=True, copy=False)
    is_my_department = fields.Boolean(compute="_compute_is_my_department", search="_search_is_my_department")
    can_sign = fields.Boolean(compute="_compute_can_sign")
    has_open_criteria = fields.Boolean(compute="_compute_has_open_criteria")

    # What is reviewed, beside the opinion
    order_id = fields.Many2one(related="review_id.order_id", related_sudo=True)
    order_name = fields.Char(related="review_id.order_name")
    partner_name = fields.Char(related="review_id.partner_name")
    project_name = fields.Char(related="review_id.project_name")
    requested_date = fields.Date(related="review_id.requested_date")
    order_class = fields.Selection(related="review_id.order_class", store=True)
    technical_requirements = fields.Text(related="review_id.technical_requirements")
    quality_requirements = fields.Text(related="review_id.quality_requirements")
    packing_requirements = fields.Text(related="review_id.packing_requirements")
    item_ids = fields.One2many(related="review_id.item_ids")
    document_ids = fields.Many2many(related="review_id.document_ids")

    _limit_positive = models.Constraint("CHECK(limit_hours > 0)", "The limit must be longer than zero hours.")
    _department_uniq = models.UniqueIndex(
        "(review_id, department_id)", "This department is already asked in this round.")
    _lead_time_positive = models.Constraint("CHECK(lead_time_days >= 0)", "A lead time cannot be negative.")

    @api.depends("department_id")  # not its name: the words stay those of the day
    def _compute_department_name(self):
        for line in self:
            line.department_name = line.department_id.name

    @api.depends("signed_by")  # not his name: as above
    def _compute_signed_name(self):
        for line in self:
            line.signed_name = line.signed_by.name

    @api.depends("lead_time_days")
    def _compute_earliest_date(self):
        for line in self:
            if line.lead_time_days:
                today = (line.company_id or self.env.company)._get_today()
                line.earliest_date = fields.Date.add(today, days=line.lead_time_days)
            else:
                line.earliest_date = line.earliest_date

    @api.depends("department_id", "user_id")
    @api.depends_context("uid")
    def _compute_is_my_department(self):
        mine = set(self.env.user._get_review_department_ids())
        for line in self:
            line.is_my_department = line.user_id == self.env.user or line.department_id._origin.id in mine

    @api.depends("state", "review_id.state", "is_my_department")
    @api.depends_context("uid")
    def _compute_can_sign(self):
        for line in self:
            line.can_sign = line._is_answerable() and line.is_my_department

    @api.depends("check_ids.result")
    def _compute_has_open_criteria(self):
        for line in self:
            line.has_open_criteria = any(not check.result for check in line.check_ids)

    @api.depends("department_id.name", "review_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.review_id.name or ''} - {line.department_id.name or ''}"

    @api.model
    def _search_is_my_department(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = Domain("user_id", "=", self.env.uid) | Domain(
            "department_id", "in", self.env.user._get_review_department_ids())
        return (mine if True in value else Domain.FALSE) | (~mine if False in value else Domain.FALSE)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        for line in lines:
            if line.review_id.state not in ("draft", "in_review"):
                raise UserError(self.env._("%(review)s is concluded: no department can be added.",
                                           review=line.review_id.name))
        lines._fill_reviewer()
        lines.filtered(lambda line: line.review_id.state == "in_review")._announce()
        return lines

    def write(self, vals):
        former = {line: line.user_id for line in self} if "user_id" in vals else {}
        result = super().write(vals)
        self.filtered(lambda line: line in former and line.user_id != former[line]
                      and line.review_id.state == "in_review")._announce()
        return result

    def action_meet_all(self):
        """Answer the criteria that are still open as met; what was answered otherwise stays.

        :return: the dialog, opened anew, where it was called from there: a button that returns nothing closes it
        :raise AccessError: not one's department
        """
        self.check_ids.filtered(lambda check: not check.result).result = "ok"
        if not self.env.context.get("opinion_dialog"):
            return True
        return {**self._get_records_action(name=self.department_name, target="new"),
                "context": {"form_view_ref": "order_review.order_review_line_view_form_dialog"}}

    def action_agree(self):
        """Sign: the department agrees.

        :raise AccessError: not one's department
        :raise UserError: criteria unanswered or not met, or the round is not open
        """
        return self._sign("agree")

    def action_conditional(self):
        """Sign: the department agrees on conditions, which become commitments (REV-5).

        :raise UserError: no condition given; see also :meth:`action_agree`
        """
        return self._sign("conditional")

    def action_disagree(self):
        """Sign: the department disagrees.

        :raise UserError: no reason given; see also :meth:`action_agree`
        """
        return self._sign("disagree")

    def action_view_review(self):
        """Open the round."""
        self.ensure_one()
        return self.review_id._get_records_action(name=self.env._("Review"))

    def _sign(self, answer):
        for line in self:
            line._check_transition(answer)
            signed = line.sudo()  # the round, and files of others
            # All attachments, also those that the signer cannot see: reading them is checked there.
            signed.attachment_ids = signed.attachment_ids.sudo(False)._adopt(line)
            signed.attachment_ids._seal()
            now = fields.Datetime.now()
            # The round is written too, so that of two departments who sign at once the second one
            # starts again and sees the first one's opinion.
            signed.review_id.write({"last_signed_on": now})
            signed._write_transition(answer, signed_by=self.env.uid, signed_on=now)
            signed._close_activities()
            signed.review_id._ask_decider()
        return True

    def _check_transition(self, operation):
        """The department signs while the round is open, and what it says is whole."""
        self.check_access("read")
        if others := self.filtered(lambda line: not line.is_my_department):
            raise AccessError(self.env._(
                "You cannot sign for %(department)s: only its members, its manager and the reviewer can.",
                department=others[0].department_id.name))
        result = super()._check_transition(operation)
        for line in self:
            line.review_id._check_state("in_review")
            line._check_complete(operation)
        return result

    def _check_complete(self, answer):
        open_checks = self.check_ids.filtered(lambda check: check.required and not check.result)
        if open_checks:
            raise UserError(self.env._(
                "%(department)s: answer these criteria before signing: %(criteria)s.",
                department=self.department_id.name, criteria=", ".join(open_checks.mapped("name"))))
        failed = self.check_ids.filtered(lambda check: check.result == "not_ok")
        if answer == "agree" and failed:
            raise UserError(self.env._(
                "%(department)s: these criteria are not met: %(criteria)s. Agree on conditions, or disagree.",
                department=self.department_id.name, criteria=", ".join(failed.mapped("name"))))
        if answer == "conditional" and not self.condition_ids:
            raise UserError(self.env._("%(department)s: write down at least one condition.",
                                       department=self.department_id.name))
        if answer == "disagree":
            self.env["order.review"]._check_reason(self.opinion, self.env._(
                "%(department)s: give the reason in the remarks.", department=self.department_id.name))
        if self.earliest_date and self.earliest_date < self.company_id._get_today():
            raise UserError(self.env._(
                "%(department)s: the earliest date %(date)s is past. Give a day on which the order can be delivered.",
                department=self.department_id.name, date=self.earliest_date))

    def _is_answerable(self):
        """Whether the opinion may still be worked on."""
        return self.state == "pending" and self.review_id.state in ("draft", "in_review")

    def _fill_reviewer(self):
        for line in self.filtered(lambda line: not line.user_id):
            line.sudo().user_id = line.department_id._get_next_manager(line.company_id)  # a default, as if given

    def _announce(self):
        """Tell the reviewers: an activity, and the e-mail with the button to the line."""
        template = self.env.ref("order_review.mail_template_review_line", raise_if_not_found=False)
        for line in self.sudo().filtered(lambda line: line.user_id and line.state == "pending"):  # reviewer's activity
            line._close_activities()
            line.activity_schedule(
                "order_review.mail_activity_type_review", user_id=line.user_id.id,
                summary=line.review_id._get_todo_summary())
            if template and line.user_id.partner_id.email:
                template.send_mail(line.id)

    def _close_activities(self):
        self.sudo().activity_unlink(["order_review.mail_activity_type_review"])  # of whoever was asked

    def _prepare_chip(self):
        """What the board's chip shows of the department."""
        return {
            "line_id": self.id,
            "department": self.department_id.name,
            "state": self.state,
            "mine": self.is_my_department,
            "late": self.state == "pending" and self.sla_state == "late",
            "user": self.user_id.name,
            "deadline": fields.Datetime.to_string(self.sla_deadline) or False,
        }

    @api.model
    def _get_creatable_fields(self):
        """The desk asks a department; what it answers is written by itself, and signed with its buttons."""
        return {"review_id", "department_id", "user_id", "limit_hours", "sequence", "required"}

    def _get_open_fields(self):
        if not self._is_answerable():
            return set()
        names = set()
        if self.is_my_department:
            names |= {"opinion", "check_ids", "condition_ids", "lead_time_days", "earliest_date", "attachment_ids"}
        if self.env.user.has_group("order_review.group_order_review_desk"):
            names |= {"user_id"} if self._is_asked() else {"user_id", *self._get_rule_fields()}
        return names

    def _is_frozen(self):
        return self.state != "pending" or self.review_id.state in ("concluded", "cancelled")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        if any(line.review_id.state != "draft" for line in self):
            raise UserError(self.env._("A department that was asked stays on record."))
