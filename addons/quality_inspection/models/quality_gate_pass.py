import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

OPEN_STATES = ("draft", "approved", "out", "returned")
APPROVAL = "quality_inspection.mail_activity_type_gate_approval"
PAPER = {
    "reason", "partner_id", "line_ids", "expected_return", "must_return", "vehicle", "carrier", "driver", "note",
    "picking_id",
}


class QualityGatePass(models.Model):
    """放行单: what leaves through the gate, by whose leave, and what must come back (NCR-5)."""

    _name = "quality.gate.pass"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Gate Pass"
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "quality.gate.pass"
    _technical_fields = ("token",)

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    token = fields.Char(
        readonly=True, copy=False, groups="base.group_user", export_string_translation=False,
        default=lambda self: secrets.token_urlsafe(18), help="Content of the code that the guard scans.")
    state = fields.Selection(
        [("draft", "Draft"), ("approved", "Approved"), ("out", "Out"), ("returned", "Returned"), ("closed", "Closed")],
        string="Status", required=True, readonly=True, default="draft", copy=False, index=True, tracking=True)
    is_cancelled = fields.Boolean(readonly=True, copy=False, tracking=True)
    reason = fields.Selection(
        [("return", "Return to Supplier"), ("repair", "Repair at Supplier"), ("other", "Other")], required=True,
        default="other")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company,
        ondelete="restrict")
    partner_id = fields.Many2one(
        "res.partner", string="Recipient", index="btree_not_null", ondelete="restrict", check_company=True)
    picking_id = fields.Many2one(
        "stock.picking", string="Transfer", index="btree_not_null", ondelete="restrict", check_company=True)
    disposition_id = fields.Many2one(
        "quality.disposition", readonly=True, index="btree_not_null", ondelete="restrict", check_company=True)
    nonconformity_id = fields.Many2one(related="disposition_id.nonconformity_id", related_sudo=True)
    line_ids = fields.One2many("quality.gate.pass.line", "pass_id", string="Goods", copy=True)
    must_return = fields.Boolean(string="Must Come Back", help="The goods are to come back through this gate.")
    expected_return = fields.Date(string="Expected Back", tracking=True)
    vehicle = fields.Char(string="Vehicle Plate")
    carrier = fields.Char()
    driver = fields.Char()
    note = fields.Text()
    requested_by = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        default=lambda self: self.env.user)
    approved_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict", tracking=True)
    approved_on = fields.Datetime(readonly=True, copy=False)
    out_at = fields.Datetime(string="Let Out", readonly=True, copy=False)
    out_by = fields.Many2one("res.users", string="Let Out By", readonly=True, copy=False, ondelete="restrict")
    in_at = fields.Datetime(string="Last Back", readonly=True, copy=False)
    in_by = fields.Many2one("res.users", string="Taken In By", readonly=True, copy=False, ondelete="restrict")
    balance = fields.Float(
        digits="Product Unit", compute="_compute_balance", store=True, aggregator=None,
        help="Still outside, over all lines.")
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")
    can_approve = fields.Boolean(compute="_compute_can_approve")

    _token_uniq = models.UniqueIndex("(token)", "Another gate pass has this code.")
    _outside_idx = models.Index("(expected_return) WHERE state = 'out'")

    @api.depends("line_ids.balance")
    def _compute_balance(self):
        for gate in self:
            gate.balance = sum(gate.line_ids.mapped("balance"))

    @api.depends("state", "must_return", "expected_return")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for gate in self:
            gate.is_overdue = bool(
                gate.state == "out" and gate.must_return and gate.expected_return and gate.expected_return < today)

    @api.depends("state", "requested_by", "is_cancelled")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        for gate in self:
            gate.can_approve = gate.state == "draft" and not gate.is_cancelled and not gate._get_approver_problem()

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = (
            Domain("state", "=", "out") & Domain("must_return", "=", True)
            & Domain("expected_return", "<", fields.Date.context_today(self)))
        return (overdue if True in value else Domain.FALSE) | (~overdue if False in value else Domain.FALSE)

    @api.model_create_multi
    def create(self, vals_list):
        gates = super().create(vals_list)
        gates.sudo()._ask_approver()  # sudo: who asks need not see the users
        return gates

    @api.ondelete(at_uninstall=False)
    def _unlink_except_requested(self):
        for gate in self:
            if gate.state != "draft" or gate.disposition_id:
                raise UserError(self.env._("%(gate)s stays on record. Cancel it instead.", gate=gate.name))

    def action_approve(self):
        """Let the goods out: the guard may open the gate for this pass (NCR-5).

        :raise AccessError: no right to approve, or one's own request against the company's policy
        :raise UserError: no goods, no date of return where they must come back, or not a draft
        """
        for gate in self:
            gate.check_access("read")
            if problem := gate._get_approver_problem():
                raise AccessError(problem)
            gate._check_complete()
            approved = gate.sudo()  # sudo: the signature is closed to everybody's hands; the approver was checked
            approved.write({"state": "approved", "approved_by": self.env.uid, "approved_on": fields.Datetime.now()})
            approved.activity_unlink([APPROVAL])
        return True

    def action_close(self):
        """Close the pass: everything that had to come back is back (NCR-5).

        :raise UserError: the balance is not zero; the message names what is still outside
        """
        for gate in self:
            gate.check_access("read")
            gate._check_staff()
            if gate.state not in ("out", "returned"):
                raise UserError(self.env._("%(gate)s is not out.", gate=gate.name))
            if outside := gate.line_ids.filtered(lambda line: line.balance > 0):
                raise UserError(self.env._(
                    "%(gate)s cannot be closed, still outside: %(goods)s. Take them in, or settle them with the "
                    "supplier.", gate=gate.name, goods=", ".join(outside.mapped("display_name"))))
            gate.sudo().write({"state": "closed"})  # sudo: state is closed to everybody's hands; checked above
        return True

    def action_settle(self, reason=None):
        """What is still outside stays there: lost, kept, or paid by the supplier; the balance is struck (NCR-5).

        :param reason: why it does not come back
        :raise AccessError: not the head of quality
        :raise UserError: no reason, or nothing outside
        """
        if not self.env.user.has_group("quality_inspection.group_quality_manager"):
            raise AccessError(self.env._("Only the head of quality settles what does not come back."))
        for gate in self:
            if gate.state != "out" or not (reason or "").strip():
                raise UserError(self.env._(
                    "%(gate)s: give the reason why the goods do not come back.", gate=gate.name))
            settled = gate.sudo()  # sudo: the balance is closed to everybody's hands; the group was checked
            given_up = sum(line.uom_id._compute_quantity(
                line.balance, line.product_id.uom_id, rounding_method="HALF-UP") for line in settled.line_ids)
            for line in settled.line_ids:
                line.quantity_settled += line.balance
            settled.write({"state": "returned"})
            settled.disposition_id._give_up_outside(given_up)
            settled.message_post(body=self.env._("Settled, does not come back: %(reason)s", reason=reason))
        return True

    def action_cancel(self):
        """Take the leave back, before anything went out.

        :raise UserError: something went out
        """
        for gate in self:
            gate.check_access("read")
            gate._check_staff()
            if gate.state not in ("draft", "approved"):
                raise UserError(self.env._("%(gate)s went out: it cannot be cancelled.", gate=gate.name))
            gate.sudo()._cancel()  # sudo: state is closed to everybody's hands; checked above
        return True

    def action_view_picking(self):
        """Open the transfer of the pass."""
        self.ensure_one()
        return self.picking_id._get_records_action(name=self.env._("Transfer"))

    def action_view_nonconformity(self):
        """Open the nonconformity for which the goods leave."""
        self.ensure_one()
        return self.nonconformity_id._get_records_action(name=self.env._("Nonconformity"))

    def _cancel(self):
        self.write({"state": "closed", "is_cancelled": True})
        self.activity_unlink([APPROVAL])

    def _ask_approver(self):
        """A pass that waits is on the list of one person who may approve it: the head of quality, else of the store.

        Looked for once for each company and requester, whatever the number of passes. The administrator has every
        right, but the job is another's: he is asked last.
        """
        waiting = self.filtered(lambda gate: gate.state == "draft" and not gate.is_cancelled)
        storekeepers = self.env.ref("stock.group_stock_manager").all_user_ids if waiting else self.env["res.users"]
        vals_list = []
        for (company, _requester), gates in waiting.grouped(
                lambda gate: (gate.company_id, gate.requested_by)).items():
            heads = company._get_quality_head() | storekeepers.filtered(
                lambda user, company=company: company in user.company_ids).sorted(
                lambda user: user.has_group("base.group_system"))
            approver = next((user for user in heads.filtered("active")
                             if not gates[0].with_user(user)._get_approver_problem()), None)
            vals_list += [gate._prepare_approval_vals(approver) for gate in gates if approver]
        self.env["mail.activity"].create(vals_list)

    def _prepare_approval_vals(self, approver):
        return {
            "activity_type_id": self.env["ir.model.data"]._xmlid_to_res_id(APPROVAL),
            "automated": True,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "user_id": approver.id,
            "summary": self.env._(
                "%(gate)s for %(partner)s waits for your leave", gate=self.name,
                partner=self.partner_id.display_name or self.requested_by.name),
        }

    def _check_complete(self):
        self.ensure_one()
        if self.state != "draft" or self.is_cancelled:
            raise UserError(self.env._("%(gate)s is not waiting for approval.", gate=self.name))
        if not self.line_ids:
            raise UserError(self.env._("%(gate)s names no goods.", gate=self.name))
        if self.must_return and not self.expected_return:
            raise UserError(self.env._("%(gate)s: say when the goods are expected back.", gate=self.name))

    def _get_approver_problem(self):
        """Why the current user may not approve; None when he may."""
        self.ensure_one()
        user = self.env.user
        if not user.has_group("quality_inspection.group_quality_manager") and not user.has_group(
                "stock.group_stock_manager"):
            return self.env._("%(gate)s is approved by the head of quality or of the store.", gate=self.name)
        if self.requested_by == user and not self.company_id.quality_gate_own_approval:
            return self.env._(
                "%(gate)s was requested by you: another person approves it (settings of quality).", gate=self.name)
        return None

    def _check_staff(self):
        user = self.env.user
        if not user.has_group("quality_inspection.group_quality_user") and not user.has_group(
                "stock.group_stock_user"):
            raise AccessError(self.env._("Only the store and quality may do this."))

    @api.model
    def _get_creatable_fields(self):
        """Whoever requests a pass writes what leaves; leave and counts come by the actions."""
        return PAPER | {"company_id"}

    def _get_open_fields(self):
        user = self.env.user
        if self.is_cancelled or not (
                user.has_group("quality_inspection.group_quality_user") or user.has_group("stock.group_stock_user")):
            return set()
        carriage = {"vehicle", "carrier", "driver", "note"}
        if self.state == "draft":
            return carriage if self.disposition_id else PAPER
        return carriage if self.state == "approved" else {"note"} if self.state in ("out", "returned") else set()

    def _get_frozen_fields(self):
        if self.state == "draft":
            return set()
        if self._is_frozen():
            return set(self._fields) - {"nonconformity_id"}
        return {"reason", "partner_id", "must_return", "requested_by", "approved_by", "approved_on", "disposition_id",
                "picking_id", "token", "name"}

    def _is_frozen(self):
        return self.state == "closed"
