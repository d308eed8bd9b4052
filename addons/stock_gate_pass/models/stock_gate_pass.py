import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.document_control.models.document_control_mixin import Transition

APPROVAL = "stock_gate_pass.mail_activity_type_gate_approval"
#: Who scans, who asks for the leave, who gives it.
GATE = ("stock_gate_pass.group_gate_guard", "stock.group_stock_user")
STAFF = ("stock.group_stock_user",)
HEADS = ("stock.group_stock_manager",)
CARRIAGE = {"vehicle", "carrier", "driver", "note"}
PAPER = CARRIAGE | {"reason", "partner_id", "line_ids", "expected_return", "must_return", "picking_id"}


class StockGatePass(models.Model):
    """放行单: what leaves through the gate, by whose leave, and what must come back (NCR-5)."""

    _name = "stock.gate.pass"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Gate Pass"
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "stock.gate.pass"
    _dossier_path = "picking_id"
    _technical_fields = ("token",)
    _transitions = {
        "approve": Transition(("draft",), "approved", HEADS),
        "out": Transition(("approved",), "out", GATE),
        "in": Transition(("out",), "returned", GATE),
        "settle": Transition(("out",), "returned", HEADS),
        "close": Transition(("out", "returned"), "closed", STAFF),
        "cancel": Transition(("draft", "approved"), "closed", STAFF),
    }

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
        "stock.picking", string="Transfer", index="btree_not_null", ondelete="restrict", check_company=True, copy=False)
    is_from_document = fields.Boolean(
        compute="_compute_is_from_document", help="Made by another document, which says what leaves.")
    line_ids = fields.One2many("stock.gate.pass.line", "pass_id", string="Goods", copy=True)
    must_return = fields.Boolean(string="Must Come Back", help="The goods are to come back through this gate.")
    expected_return = fields.Date(string="Expected Back", tracking=True, copy=False)
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

    @api.depends("state", "requested_by")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        for gate in self:
            gate.can_approve = gate.state == "draft" and gate._may_approve()

    def _compute_is_from_document(self):
        """Addons with a document that lets goods out name it here."""
        self.is_from_document = False

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
            if gate.state != "draft" or gate.is_from_document:
                raise UserError(self.env._("%(gate)s stays on record. Cancel it instead.", gate=gate.name))

    def action_approve(self):
        """Let the goods out: the guard may open the gate for this pass (NCR-5).

        :raise AccessError: no right to approve, or one's own request against the company's policy
        :raise UserError: no goods, no date of return where they must come back, or not a draft
        """
        self._transit("approve", approved_by=self.env.uid, approved_on=fields.Datetime.now())
        self.sudo().activity_unlink([APPROVAL])  # sudo: the to-do may be another's
        return True

    def action_close(self):
        """Close the pass: everything that had to come back is back (NCR-5).

        :raise UserError: the balance is not zero; the message names what is still outside
        """
        self._transit("close")
        return True

    def action_settle(self, reason=None):
        """What is still outside stays there: lost, kept, or paid by the supplier; the balance is struck (NCR-5).

        :param reason: why it does not come back
        :raise AccessError: not his to settle
        :raise UserError: no reason, or nothing outside
        """
        self._check_transition("settle")
        for gate in self.sudo():  # sudo: the balance is closed to everybody's hands; the right was checked
            if not (reason or "").strip():
                raise UserError(self.env._(
                    "%(gate)s: give the reason why the goods do not come back.", gate=gate.name))
            given_up = {line: line.balance for line in gate.line_ids}
            for line, quantity in given_up.items():
                line.quantity_settled += quantity
            gate.state = "returned"
            gate._on_settled(given_up)
            gate.message_post(body=self.env._("Settled, does not come back: %(reason)s", reason=reason))
        return True

    def action_cancel(self):
        """Take the leave back, before anything went out.

        :raise UserError: something went out
        """
        self._check_transition("cancel")
        self.sudo()._cancel()  # sudo: state is closed to everybody's hands; checked above
        return True

    def action_view_picking(self):
        """Open the transfer of the pass."""
        self.ensure_one()
        return self.picking_id._get_records_action(name=self.env._("Transfer"))

    def _check_transition(self, operation):
        if operation == "approve":
            self._check_not_own()
        result = super()._check_transition(operation)
        if operation == "approve":
            self._check_complete()
        elif operation == "close":
            self._check_balanced()
        return result

    def _check_not_own(self):
        for gate in self:
            if gate._is_own_request():
                raise AccessError(self.env._(
                    "%(gate)s was requested by you: another person approves it.", gate=gate.name))

    def _check_complete(self):
        for gate in self:
            if not gate.line_ids:
                raise UserError(self.env._("%(gate)s names no goods.", gate=gate.name))
            if gate.must_return and not gate.expected_return:
                raise UserError(self.env._("%(gate)s: say when the goods are expected back.", gate=gate.name))

    def _check_balanced(self):
        for gate in self:
            if outside := gate.line_ids.filtered(lambda line: line.balance > 0):
                raise UserError(self.env._(
                    "%(gate)s cannot be closed, still outside: %(goods)s. Take them in, or settle them with the "
                    "supplier.", gate=gate.name, goods=", ".join(outside.mapped("display_name"))))

    def _may_approve(self):
        """Whether the current user may give the leave: a right of his, and not what he asked for himself."""
        groups = self._get_transition("approve").groups
        return any(self.env.user.has_group(group) for group in groups) and not self._is_own_request()

    def _is_own_request(self):
        """Whether the current user asked for the leave, and another person has to give it."""
        return self.requested_by == self.env.user

    def _on_settled(self, quantities):
        """Goods do not come back; addons above tell the document behind the pass.

        :param quantities: what is given up by line, ``{line: quantity}`` in the line's unit
        """

    def _cancel(self):
        self.write({"state": "closed", "is_cancelled": True})
        self.activity_unlink([APPROVAL])

    def _ask_approver(self):
        """A pass that waits is on the list of one person who may approve it.

        Looked for once for each company and requester, whatever the number of passes.
        """
        vals_list = []
        for (company, _requester), gates in self.filtered(lambda gate: gate.state == "draft").grouped(
                lambda gate: (gate.company_id, gate.requested_by)).items():
            users = gates._get_approvers(company).filtered("active")
            approver = next((user for user in users if gates[0].with_user(user)._may_approve()), None)
            vals_list += [gate._prepare_approval_vals(approver) for gate in gates if approver]
        self.env["mail.activity"].create(vals_list)

    @api.model
    def _get_approvers(self, company):
        """Whom to ask for the leave, the first who may give it: here the heads of the store.

        The administrator has every right, but the job is another's: he is asked last.
        """
        return self.env.ref("stock.group_stock_manager").all_user_ids.filtered(
            lambda user: company in user.company_ids).sorted(lambda user: user.has_group("base.group_system"))

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

    @api.model
    def _get_creatable_fields(self):
        """Whoever requests a pass writes what leaves; leave and counts come by the actions."""
        return PAPER | {"company_id"}

    def _get_open_fields(self):
        groups = self._get_transition("cancel").groups
        if self.is_cancelled or not any(self.env.user.has_group(group) for group in groups):
            return set()
        if self.state == "draft":
            return CARRIAGE if self.is_from_document else PAPER
        return CARRIAGE if self.state == "approved" else {"note"} if self.state in ("out", "returned") else set()

    def _get_frozen_fields(self):
        if self.state == "draft" or self._is_frozen():
            return super()._get_frozen_fields()
        return {"reason", "partner_id", "must_return", "requested_by", "approved_by", "approved_on", "picking_id",
                "token", "name"}

    def _is_frozen(self):
        return self.state == "closed"
