from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.entered_values import check_quantity
from odoo.addons.document_control.tools.reason import is_reason

from .purchase_request_level import ASKED_LAST

TODO = "purchase_request_control.mail_activity_type_reduction"


class PurchaseReduction(models.Model):
    """A purchase is to be less than what was planned: who planned it agrees or refuses, then it is written (MAT-8)."""

    _name = "purchase.reduction"
    _description = "Reduction of a Purchase"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "purchase.reduction"
    _transitions = {
        "agree": Transition(("asked",), "agreed"),
        "refuse": Transition(("asked",), "refused"),
        "withdraw": Transition(("asked",), "withdrawn"),
    }

    name = fields.Char(string="Number", required=True, readonly=True, copy=False, default="/")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    line_id = fields.Many2one(
        "purchase.order.line", string="Order Line", readonly=True, index="btree_not_null", ondelete="cascade")
    order_id = fields.Many2one(related="line_id.order_id", store=True, index="btree_not_null")
    request_line_id = fields.Many2one(
        "purchase.request.line", readonly=True, index="btree_not_null", ondelete="cascade")
    product_id = fields.Many2one("product.product", readonly=True, index=True, ondelete="restrict")
    product_uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True, ondelete="restrict")
    quantity_before = fields.Float(string="Planned Quantity", digits="Product Unit", aggregator=False, readonly=True)
    quantity_after = fields.Float(string="Proposed Quantity", digits="Product Unit", aggregator=False, readonly=True)
    needed_by = fields.Char(string="For", readonly=True)
    reason = fields.Text(readonly=True)
    planner_id = fields.Many2one("res.users", readonly=True, index=True, ondelete="restrict")
    proposed_by = fields.Many2one("res.users", readonly=True, index=True, ondelete="restrict")
    decided_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_on = fields.Datetime(readonly=True)
    answer = fields.Text(string="Reason of the Refusal", readonly=True)
    state = fields.Selection(
        [("asked", "Asked"), ("agreed", "Agreed"), ("refused", "Refused"), ("withdrawn", "Withdrawn")],
        default="asked", required=True, readonly=True, index=True, tracking=True)
    can_decide = fields.Boolean(compute="_compute_can_decide")

    _one_open_line = models.UniqueIndex(
        "(line_id) WHERE state = 'asked' AND line_id IS NOT NULL", "A reduction of this line waits for its answer.")

    @api.depends("state", "planner_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for proposal in self:
            proposal.can_decide = proposal.state == "asked" and proposal._may_decide()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        raise UserError(self.env._("A reduction stays on record. Withdraw it instead."))

    def _is_frozen(self):
        return self.state != "asked"

    def _may_decide(self):
        """The planner; where he cannot be reached any more, an administrator of requests, but not who proposes it."""
        user, planner = self.env.user, self.sudo().planner_id
        if planner.active:
            return self.env.su or user == planner
        return self.env.su or user != self.proposed_by and user.has_group(ASKED_LAST)

    def _check_transition(self, operation):
        for proposal in self:
            allowed = proposal.proposed_by == self.env.user if operation == "withdraw" else proposal._may_decide()
            if not allowed and not self.env.su:
                who = proposal.proposed_by if operation == "withdraw" else proposal.planner_id
                raise AccessError(self.env._(
                    "%(document)s: this is done by %(groups)s.", document=proposal._describe(),
                    groups=who.sudo().name or "–"))
        return super()._check_transition(operation)

    def action_agree(self):
        """The planner agrees: the purchase falls to the proposed quantity.

        :raise AccessError: another planned it
        """
        self._check_transition("agree")
        self._write_transition("agree", decided_by=self.env.uid, decided_on=fields.Datetime.now())
        for proposal in self.sudo():  # sudo: the planner agrees, the purchase is written for him
            proposal._apply()
            proposal._tell(self.env._("The reduction was agreed."))
        return True

    def action_ask_refusal(self):
        """Ask for the reason, then refuse."""
        self.ensure_one()
        return self.env["purchase.request.remark"]._get_remark_action("refuse", self)

    def action_refuse(self, reason=None):
        """The planner needs what was planned: nothing changes.

        :raise UserError: without a reason
        """
        self._check_transition("refuse")
        if not is_reason(reason):
            raise UserError(self.env._("%(proposal)s: say why it is refused.", proposal=self[:1].name))
        self._write_transition(
            "refuse", decided_by=self.env.uid, decided_on=fields.Datetime.now(), answer=reason.strip())
        for proposal in self.sudo():  # sudo: the to-do is closed for whoever had it
            proposal._tell(self.env._("The reduction was refused: %(reason)s", reason=reason.strip()))
        return True

    def action_withdraw(self):
        """The buyer does not want it any more."""
        self._transit("withdraw", decided_by=self.env.uid, decided_on=fields.Datetime.now())
        self.sudo().activity_unlink([TODO])  # sudo: the to-do is the planner's
        return True

    def _apply(self):
        line, asked = self.line_id, self.request_line_id
        if line:
            fallen = max(0.0, line.product_qty - self.quantity_after)
            shares = line.purchase_request_allocation_ids
            line.write({"product_qty": self.quantity_after})
            for request_line in shares.purchase_request_line_id:  # the need itself is less now
                part = line.product_uom_id._compute_quantity(fallen, request_line.product_uom_id, round=False)
                request_line._fall_by(min(part, request_line.qty_to_order))
        elif asked:
            asked._fall_by(max(0.0, asked.product_qty - self.quantity_after))

    def _tell(self, text):
        self.activity_unlink([TODO])
        document = self.order_id or self.request_line_id.request_id
        document.message_post(
            body=self.env._("%(proposal)s, %(product)s: %(text)s", proposal=self.name,
                            product=self.product_id.display_name, text=text),
            partner_ids=(self.proposed_by - self.env.user).partner_id.ids)

    # Proposed

    @api.model
    def _propose(self, quantity, reason, line=None, request_line=None):
        """Ask the planner whether a line may fall to a quantity; an open question about it is asked anew.

        :raise UserError: no quantity below the present one, below what was received, or no reason
        """
        document = line or request_line
        present = document.product_qty
        product, unit = document.product_id, document.product_uom_id
        check_quantity(self.env, product.display_name, quantity)
        least = line.qty_received if line else 0.0
        if not least <= quantity < present:
            raise UserError(self.env._(
                "%(product)s: a reduction goes to a quantity from %(least)s to below %(present)s.",
                product=product.display_name, least=f"{least:g}", present=f"{present:g}"))
        if not is_reason(reason):
            raise UserError(self.env._("%(product)s: say why less is bought.", product=product.display_name))
        proposals = self.sudo()  # sudo: proposals are made by this method only
        if proposal := self._get_open(line, request_line):
            proposal.write({"quantity_after": quantity, "reason": reason.strip(), "proposed_by": self.env.uid})
            proposal.activity_unlink([TODO])  # it asks for the former quantity
        else:
            planner = document._get_planners()[:1] or self._get_substitute(document.company_id)
            proposal = proposals.create({
                "line_id": line and line.id, "request_line_id": request_line and request_line.id,
                "company_id": document.company_id.id, "product_id": product.id, "product_uom_id": unit.id,
                "quantity_before": present, "quantity_after": quantity, "reason": reason.strip(),
                "planner_id": planner.id, "proposed_by": self.env.uid,
                "needed_by": document._get_need_label()})
        proposal._ask_planner()
        return proposal.sudo(self.env.su)

    def _ask_planner(self):
        """One to-do for who planned it, in his language, whoever proposes."""
        if planner := self.planner_id.filtered("active"):
            words = self.with_context(lang=planner.lang)
            words.activity_schedule(TODO, user_id=planner.id, automated=True, summary=words.env._(
                "%(product)s: %(after)s instead of %(before)s?", product=words.product_id.display_name,
                before=f"{self.quantity_before:g}", after=f"{self.quantity_after:g}"))

    @api.model
    def _get_substitute(self, company):
        """Who answers where nobody planned it: an administrator of requests, not the one who proposes."""
        users = self.env["purchase.request.level"]._get_administrators(company)
        return (users - self.env.user)[:1].sudo(False)

    @api.model
    def _get_open(self, line=None, request_line=None):
        domain = Domain("line_id", "=", line.id) if line else Domain("request_line_id", "=", request_line.id)
        return self.sudo().search(domain & Domain("state", "=", "asked"), limit=1)  # sudo: proposed by anybody

    @api.model
    def _propose_fall(self, fall, least, reason, **document):
        """Propose a line less by a quantity, below what is proposed for it already.

        :return: what it can fall by, in its unit
        """
        (line,) = document.values()
        proposal = self._get_open(**document)
        present = proposal.quantity_after if proposal else line.product_qty
        fall = line.product_uom_id.round(min(fall, present - least))
        if line.product_uom_id.compare(fall, 0) <= 0:
            return 0.0
        self._propose(present - fall, reason, **document)
        return fall

    @api.model
    def _on_demand_reduced(self, procurement):
        """A demand fell: drafts follow at once, what is approved or ordered is asked for its planner's word.

        Draft orders that procurement made itself are lowered by Odoo.
        """
        # sudo: whoever lowers his order has no rights in purchasing
        moves = (procurement.values.get("move_dest_ids") or self.env["stock.move"]).sudo()._get_reduced_siblings()
        product = procurement.product_id
        left = procurement.product_uom._compute_quantity(-procurement.product_qty, product.uom_id, round=False)
        asked = moves.created_purchase_request_line_id.filtered(lambda line: not line.cancelled)
        reason = self.env._("The demand of %(origin)s fell.", origin=procurement.origin or "–")
        for line in asked.sorted(lambda line: line.request_state != "draft"):
            left = line._on_demand_fallen(left, reason)
        ordered = (moves.created_purchase_line_ids | asked.purchase_lines).filtered(
            lambda line: line.product_id == product and line.state != "cancel" and (
                line.state != "draft" or line.purchase_request_lines))
        for line in ordered:
            if product.uom_id.compare(left, 0) <= 0:
                break
            fall = self._propose_fall(
                product.uom_id._compute_quantity(left, line.product_uom_id, round=False), line.qty_received, reason,
                line=line)
            left -= line.product_uom_id._compute_quantity(fall, product.uom_id, round=False)
