from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import plaintext2html

STATES = [
    ("draft", "Team and Problem"), ("analysis", "Analysis"), ("action", "Actions"), ("verification", "Verification"),
    ("closed", "Closed"), ("cancelled", "Cancelled"),
]
OPEN_FIELDS = {
    "subject", "nonconformity_ids", "product_id", "partner_id", "owner_id", "team_ids", "date_due", "problem",
    "containment", "root_cause_method", "root_cause", "correction", "task_ids", "prevention", "recognition",
    "effectiveness_check_on",
}
#: Steps in which the team still writes.
OPEN_STATES = ("draft", "analysis", "action")


class QualityCorrectiveAction(models.Model):
    """Corrective action in the eight disciplines, with its effectiveness check (NCR-7)."""

    _name = "quality.corrective.action"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Corrective Action"
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "quality.corrective.action"
    _dossier_path = "nonconformity_ids"

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    subject = fields.Char(required=True, tracking=True)
    state = fields.Selection(
        STATES, string="Status", required=True, readonly=True, default="draft", copy=False, index=True, tracking=True,
        group_expand="_group_expand_state")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company,
        ondelete="restrict")
    nonconformity_ids = fields.Many2many(
        "quality.nonconformity", "quality_corrective_action_nonconformity_rel", "action_id", "nonconformity_id",
        string="Nonconformities", copy=False, check_company=True)
    nonconformity_count = fields.Integer(compute="_compute_nonconformity_count")
    product_id = fields.Many2one(
        "product.product", index="btree_not_null", ondelete="restrict", check_company=True)
    partner_id = fields.Many2one(
        "res.partner", string="Supplier", index="btree_not_null", ondelete="restrict", check_company=True)
    owner_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict", tracking=True, default=lambda self: self.env.user,
        domain="[('share', '=', False)]", help="Leads the team (D1).")
    team_ids = fields.Many2many(
        "res.users", "quality_corrective_action_team_rel", "action_id", "user_id", string="D1 Team",
        domain="[('share', '=', False)]")
    date_due = fields.Date(string="Due", tracking=True)
    problem = fields.Html(string="D2 Problem", help="What, where, when, how many; and what is not affected.")
    containment = fields.Html(string="D3 Containment", help="What protects the customer until the cause is removed.")
    root_cause_method = fields.Selection(
        [("5why", "5 Why"), ("fishbone", "Fishbone"), ("other", "Other")], string="Method", default="5why")
    root_cause = fields.Html(string="D4 Root Cause", help="Why it happened, and why it was not found.")
    correction = fields.Html(string="D5 Chosen Correction", help="Which correction, and how it was tried.")
    task_ids = fields.One2many("quality.corrective.task", "action_id", string="D6 Actions", copy=False)
    open_task_count = fields.Integer(compute="_compute_open_task_count")
    prevention = fields.Html(
        string="D7 Prevention", help="Which plans, drawings, instructions change, so that it does not come again.")
    recognition = fields.Html(string="D8 Result", help="What was learned; thanks to the team.")
    effectiveness = fields.Selection(
        [("pending", "To Check"), ("effective", "Effective"), ("ineffective", "Not Effective")], required=True,
        readonly=True, default="pending", copy=False, tracking=True)
    effectiveness_check_on = fields.Date(string="Check On", help="Day on which it is checked whether it came again.")
    effectiveness_note = fields.Text(string="Evidence", readonly=True, copy=False)
    verified_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict", tracking=True)
    verified_on = fields.Datetime(readonly=True, copy=False)
    recurrence_count = fields.Integer(
        compute="_compute_recurrence_count", help="Nonconformities of the same defect since the actions were taken.")
    can_lead = fields.Boolean(compute="_compute_can_lead", export_string_translation=False)
    can_verify = fields.Boolean(compute="_compute_can_lead", export_string_translation=False)
    previous_id = fields.Many2one(
        "quality.corrective.action", string="Follows", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict", help="The action that proved not effective.")

    @api.onchange("nonconformity_ids")
    def _onchange_nonconformity_ids(self):
        """What the chosen reports say is not typed again; what was typed stays."""
        if not self.nonconformity_ids or len(self.nonconformity_ids.product_id) > 1:
            return
        for name, value in self._prepare_from_nonconformities(self.nonconformity_ids._origin).items():
            if name in ("subject", "product_id", "partner_id", "problem") and not self[name]:
                self[name] = value

    def _compute_nonconformity_count(self):
        for action in self:
            action.nonconformity_count = len(action.nonconformity_ids)

    @api.depends("task_ids.done_on")
    def _compute_open_task_count(self):
        for action in self:
            action.open_task_count = len(action.task_ids.filtered(lambda task: not task.done_on))

    @api.depends("nonconformity_ids.repeat_ids", "task_ids.done_on")
    def _compute_recurrence_count(self):
        recurrences = self._find_recurrences()
        for action in self:
            action.recurrence_count = len(recurrences[action])

    @api.depends("state", "owner_id", "team_ids", "task_ids.owner_id")
    @api.depends_context("uid")
    def _compute_can_lead(self):
        for action in self:
            action.can_lead = action.state not in ("closed", "cancelled") and action._may_lead()
            action.can_verify = action.state == "verification" and action._may_verify()

    def _may_lead(self):
        return self.env.user in (self.owner_id | self.team_ids) or self.env.user.has_group(
            "quality_inspection.group_quality_user")

    def _may_verify(self):
        """Another inspector than its owner and those who carried it out checks the effect."""
        return self.env.user.has_group("quality_inspection.group_quality_user") \
            and self.env.user not in (self.owner_id | self.task_ids.owner_id)

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for action in self:
            number = "" if action.name == "/" else action.name or ""
            action.display_name = f"{number} {action.subject or ''}".strip() or self.env._("New")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        for action in self:
            if action.state != "draft":
                raise UserError(self.env._("%(action)s was started and stays on record. Cancel it.",
                                           action=action.name))

    def action_view_nonconformities(self):
        """Open the nonconformities that it answers."""
        self.ensure_one()
        return self.nonconformity_ids._get_records_action(name=self.env._("Nonconformities"))

    def action_view_recurrences(self):
        """Open the cases of the same defect since the actions were taken."""
        self.ensure_one()
        return self._get_recurrences()._get_records_action(name=self.env._("Came Again"))

    @api.model
    def _prepare_from_nonconformities(self, nonconformities):
        """Values of the corrective action of nonconformities of one product.

        :raise UserError: several products
        """
        if len(nonconformities.product_id) > 1:
            raise UserError(self.env._("A corrective action is for the defects of one product."))
        first = nonconformities[:1]
        defects = nonconformities.defect_line_ids.defect_code_id.mapped("name")
        return {
            "subject": self.env._("%(product)s: %(defects)s", product=first.product_id.display_name,
                                  defects=", ".join(defects) or first.name),
            "company_id": first.company_id.id,
            "product_id": first.product_id.id,
            "partner_id": first.partner_id.id if len(nonconformities.partner_id) == 1 else False,
            "nonconformity_ids": [Command.set(nonconformities.ids)],
            "problem": plaintext2html(first.description) if first.description else False,
        }

    def _get_recurrences(self):
        """Nonconformities of the same product, supplier and defect reported after the last action was done."""
        self.ensure_one()
        return self._find_recurrences()[self]

    def _find_recurrences(self):
        """What came again after each of these actions, found in one search: ``{action: nonconformities}``."""
        found, asked = dict.fromkeys(self, self.env["quality.nonconformity"]), {}
        for action in self.filtered("product_id"):
            codes = action.nonconformity_ids.defect_line_ids.defect_code_id
            since = max((day for day in action.task_ids.mapped("done_on") if day), default=False)
            if codes and since:
                asked[action] = codes, since
        if not asked:
            return found
        actions = self.browse(action.id for action in asked)
        cases = self.env["quality.nonconformity"].search_fetch([
            ("product_id", "in", actions.product_id.ids), ("company_id", "in", actions.company_id.ids),
            ("reported_at", ">", min(since for _codes, since in asked.values())),
            ("state", "not in", ("draft", "cancelled")),
            ("defect_line_ids.defect_code_id", "in", actions.nonconformity_ids.defect_line_ids.defect_code_id.ids),
        ], ["company_id", "product_id", "partner_id", "reported_at"])
        facts = {}  # each case is compared with each action of its product: read once
        for case in cases:
            facts.setdefault((case.company_id, case.product_id), []).append((
                case.id, case.reported_at, case.partner_id, set(case.defect_line_ids.defect_code_id.ids)))
        for action, (codes, since) in asked.items():
            own, same = set(action.nonconformity_ids.ids), set(codes.ids)
            found[action] = cases.browse(
                case for case, reported_at, partner, defects in facts.get((action.company_id, action.product_id), ())
                if case not in own and reported_at > since and defects & same
                and (not action.partner_id or partner == action.partner_id))
        return found

    @api.model
    def _get_creatable_fields(self):
        return OPEN_FIELDS | {"company_id"}

    def _get_open_fields(self):
        """Quality and the team write; in verification nothing but the day of the check."""
        if self.state == "verification":
            head = self.env.user.has_group("quality_inspection.group_quality_manager")
            return {"effectiveness_check_on"} if head else set()
        if not self._may_lead():
            return set()
        return OPEN_FIELDS if self.state in OPEN_STATES else set()

    def _is_frozen(self):
        return self.state in ("closed", "cancelled")
