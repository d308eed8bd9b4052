from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

REVIEW = "quality_inspection.mail_activity_type_material_review"
OPINIONS = [("pending", "Waiting"), ("agree", "Agrees"), ("disagree", "Disagrees")]


class QualityReviewLine(models.Model):
    """One department's signed opinion on what is to be done with nonconforming goods (NCR-6)."""

    _name = "quality.review.line"
    _inherit = ["document.control.mixin"]
    _description = "Material Review Opinion"
    _order = "nonconformity_id, sequence, id"
    _check_company_auto = True

    nonconformity_id = fields.Many2one("quality.nonconformity", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="nonconformity_id.company_id", store=True, index=True, precompute=True)
    sequence = fields.Integer(default=10)
    round = fields.Integer(
        compute="_compute_round", store=True, precompute=True, readonly=True,
        help="A review asked again is a new round; the former one stays.")
    department_id = fields.Many2one(
        "hr.department", required=True, index=True, ondelete="restrict", check_company=True)
    user_id = fields.Many2one(
        "res.users", string="Reviewer", index=True, ondelete="restrict", compute="_compute_user_id", store=True,
        readonly=False, domain="[('share', '=', False)]")
    opinion = fields.Selection(OPINIONS, required=True, readonly=True, default="pending", copy=False)
    note = fields.Text(help="Why, and on what condition.")
    signed_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    signed_on = fields.Datetime(readonly=True, copy=False)
    can_sign = fields.Boolean(compute="_compute_can_sign")
    disposition_ids = fields.One2many(
        related="nonconformity_id.disposition_ids", string="Proposed Dispositions",
        help="What the department agrees or disagrees with.")

    _department_uniq = models.UniqueIndex(
        "(nonconformity_id, department_id, round)", "This department is already asked to review the nonconformity.")

    @api.depends("nonconformity_id")
    def _compute_round(self):
        for line in self:
            line.round = line.round or line.nonconformity_id.review_round

    @api.depends("department_id")
    def _compute_user_id(self):
        for line in self:
            line.user_id = line.user_id or line.department_id._get_manager(line.company_id)

    @api.depends("opinion", "user_id", "department_id", "nonconformity_id.state")
    @api.depends_context("uid")
    def _compute_can_sign(self):
        for line in self:
            line.can_sign = (
                line.opinion == "pending" and line.nonconformity_id.state == "review" and line._is_reviewer())

    @api.depends("department_id.name", "nonconformity_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.nonconformity_id.name or ''} - {line.department_id.name or ''}"

    @api.constrains("user_id", "department_id")
    def _check_reviewer(self):
        """A department is signed for by one of its own."""
        for line in self.filtered("user_id"):
            # sudo: employees are hidden from most users
            employees = line.user_id.sudo().employee_ids
            department = line.department_id.sudo()  # sudo: as above
            own = self.env["hr.department"].sudo().search([("id", "child_of", department.id)])  # sudo: as above
            if department.manager_id not in employees and not employees.department_id & own:
                raise ValidationError(self.env._(
                    "%(user)s does not belong to %(department)s and cannot review for it.", user=line.user_id.name,
                    department=department.name))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        for line in self:
            if line.nonconformity_id.state == "review" and not self.env.su:
                raise UserError(self.env._(
                    "%(line)s is asked for its opinion. Withdraw the review to change who is asked.",
                    line=line.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        for line in lines:
            if line.nonconformity_id.state not in ("draft", "open", "review"):
                raise UserError(self.env._(
                    "%(document)s is decided: no department can be added to its review.",
                    document=line.nonconformity_id.name))
        lines.filtered(lambda line: line.nonconformity_id.state == "review")._ask()
        return lines

    def action_agree(self, note=None):
        """Sign: the department agrees with the proposed dispositions (NCR-6).

        :param note: remark, optional
        :raise AccessError: not the reviewer, nor the manager of the department
        :raise UserError: already signed, or the nonconformity is not in review
        """
        return self._sign("agree", note)

    def action_disagree(self, note=None):
        """Sign: the department disagrees; the dispositions must be changed or the review asked again (NCR-6).

        :param note: the reason; needed here or already written on the line
        :raise UserError: no reason given; see also :meth:`action_agree`
        """
        return self._sign("disagree", note)

    def _sign(self, opinion, note):
        for line in self:
            line.check_access("read")
            line.nonconformity_id._lock()
            line._check_signer()
            words = (note or line.note or "").strip()
            if opinion == "disagree" and not words:
                raise UserError(self.env._(
                    "%(line)s: write why the department disagrees, and what should be done instead.",
                    line=line.display_name))
            line._write_signed({
                "opinion": opinion, "note": words, "signed_by": self.env.uid, "signed_on": fields.Datetime.now()})
            signed = line.sudo()  # sudo: to-dos of others, and what follows for the report
            signed._done_activity()
            signed.nonconformity_id._on_review_signed(signed)
        return True

    def _check_signer(self):
        if not self._is_reviewer():
            raise AccessError(self.env._(
                "You cannot sign for %(department)s: only its reviewer and its manager can.",
                department=self.department_id.name))
        self.nonconformity_id._check_state("review")
        self._check_state("pending", field="opinion")

    def _is_reviewer(self):
        return self.env.user in (self.user_id | self.department_id._get_manager(self.company_id))

    def _done_activity(self):
        """Whoever of the department signed, its reviewer has nothing to do any more, but for his other departments."""
        for line in self:
            report = line.nonconformity_id
            if report._get_round_lines().filtered(
                    lambda other, line=line: other.opinion == "pending" and other.user_id == line.user_id):
                report._done_one_activity(
                    REVIEW, line.user_id, lambda env, line=line: line.with_env(env)._get_request())
            else:
                report.activity_feedback([REVIEW], user_id=line.user_id.id)

    def _get_request(self):
        return self.env._("Give the opinion of %(department)s.", department=self.department_id.name)

    def _ask(self):
        """Give each pending reviewer an activity on the nonconformity."""
        for line in self.filtered(lambda row: row.opinion == "pending" and row.user_id):
            line.nonconformity_id.activity_schedule(
                REVIEW, user_id=line.user_id.id, summary=line._get_request())

    @api.model
    def _get_creatable_fields(self):
        return {"nonconformity_id", "department_id", "user_id", "sequence"}

    def _get_open_fields(self):
        """The reviewer writes his remark; whom quality asks stands still while the review runs."""
        state = self.nonconformity_id.state
        if self.opinion != "pending" or state not in ("draft", "open", "review"):
            return set()
        mine = {"note"} if self._is_reviewer() else set()
        if state != "review" and self.env.user.has_group("quality_inspection.group_quality_user"):
            mine |= {"department_id", "user_id", "sequence", "nonconformity_id"}
        return mine

    def _is_frozen(self):
        return self.opinion != "pending"
