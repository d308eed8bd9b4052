from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

APPROVAL = "purchase_request_control.mail_activity_type_plan_approval"
BUYERS = ("purchase.group_purchase_user",)
HEADS = ("purchase.group_purchase_manager",)


class PurchasePlan(models.Model):
    """采购计划: what is bought next, from approved requests, stock and lead times; the purchasing head approves it,
    then requests for quotation are made supplier by supplier (PUR-2)."""

    _name = "purchase.plan"
    _description = "Purchase Plan"
    _inherit = ["purchase.author.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "purchase.plan"
    _transitions = {
        "submit": Transition(("draft",), "to_approve", BUYERS),
        "approve": Transition(("to_approve",), "approved", HEADS),
        "return": Transition(("to_approve", "approved"), "draft", HEADS),
        "order": Transition(("approved",), "done", BUYERS),
        "cancel": Transition(("draft", "to_approve"), "cancelled", BUYERS),
    }

    name = fields.Char(string="Number", required=True, readonly=True, copy=False, default="/")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company,
        ondelete="restrict")
    user_id = fields.Many2one(
        "res.users", string="Buyer", required=True, readonly=True, copy=False, index=True, ondelete="restrict",
        default=lambda self: self.env.user)
    date_until = fields.Date(
        string="To Order Until", help="Lines that have to be ordered by that day; empty: all of them.")
    note = fields.Text()
    line_ids = fields.One2many("purchase.plan.line", "plan_id", string="Lines")
    late_count = fields.Integer(string="Late Lines", compute="_compute_counts")
    order_ids = fields.One2many("purchase.order", "purchase_plan_id", string="Orders", readonly=True)
    order_count = fields.Integer(compute="_compute_counts")
    state = fields.Selection(
        [("draft", "Draft"), ("to_approve", "To Approve"), ("approved", "Approved"), ("done", "Ordered"),
         ("cancelled", "Cancelled")],
        string="Status", default="draft", required=True, readonly=True, copy=False, index=True, tracking=True)
    approved_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict", tracking=True)
    approved_on = fields.Datetime(readonly=True, copy=False)
    can_approve = fields.Boolean(compute="_compute_can_approve")

    @api.depends("line_ids.is_late", "order_ids")
    def _compute_counts(self):
        for plan in self:
            plan.late_count = len(plan.line_ids.filtered("is_late"))
            # sudo: the count belongs to the plan
            plan.order_count = len(plan.sudo().order_ids)

    @api.depends("state", "user_id", "submitted_by", "author_ids")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        for plan in self:
            plan.can_approve = plan.state == "to_approve" and any(map(self.env.user.has_group, HEADS)) and (
                not plan._is_own(self.env.user))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        for plan in self:
            if plan.state not in ("draft", "cancelled"):
                raise UserError(self.env._("%(plan)s stays on record. Cancel it instead.", plan=plan.name))

    @api.model
    def _get_creatable_fields(self):
        return {"company_id", "date_until", "note", "line_ids"}

    def _get_open_fields(self):
        if self.state != "draft" or not any(map(self.env.user.has_group, BUYERS)):
            return set()
        return {"date_until", "note", "line_ids"}

    def _get_frozen_fields(self):
        return set() if self.state in ("draft", "cancelled") else {
            "name", "company_id", "user_id", "date_until", "note", "line_ids"}

    def _is_frozen(self):
        return self.state in ("approved", "done")

    def _get_authors(self):
        return super()._get_authors() | self.sudo().user_id  # sudo: as there

    def _check_transition(self, operation):
        own = self.filtered(lambda plan: plan._is_own(self.env.user)) if operation == "approve" else self.browse()
        if own and not self.env.su:
            raise AccessError(self.env._(
                "%(plan)s is your own: another person approves it.", plan=own[0]._describe()))
        result = super()._check_transition(operation)
        if operation in ("submit", "order"):
            for plan in self:
                plan._check_lines(operation)
        return result

    def _check_lines(self, operation):
        if not self.line_ids:
            raise UserError(self.env._("%(plan)s has no lines. Collect what is to be bought first.", plan=self.name))
        for line in self.line_ids:
            if not line.supplier_id:
                raise UserError(self.env._(
                    "%(plan)s, %(product)s: choose a supplier.", plan=self.name,
                    product=line.product_id.display_name))
            line._check_quantity()

    def action_collect(self):
        """Take what is approved, not ordered, and on no other open plan; lines that are there are brought up to date.

        :return: True, or the notice that there is nothing
        :raise AccessError: not a buyer
        """
        self._check_groups(*BUYERS)
        self._check_state("draft")
        for plan in self:
            plan.line_ids.filtered(lambda line: not line.request_line_id.qty_to_order).unlink()
            plan.line_ids._take_figures()
            asked = self.env["purchase.request.line"].search(plan._get_collected_domain())
            self.env["purchase.plan.line"].create([
                {"plan_id": plan.id, "request_line_id": line.id} for line in asked - plan.line_ids.request_line_id])
        return True if self.line_ids else self._get_nothing_notice()

    @api.model
    def _get_nothing_notice(self):
        """A button after which nothing is to be seen says why."""
        return {"type": "ir.actions.client", "tag": "display_notification", "params": {
            "type": "info", "message": self.env._(
                "Nothing to collect: what is approved is ordered, or on another plan.")}}

    def _get_collected_domain(self):
        domain = [("qty_to_order", ">", 0), ("company_id", "=", self.company_id.id), ("product_id", "!=", False),
                  ("plan_line_ids", "not any", [("plan_id.state", "in", ("to_approve", "approved"))])]
        return [*domain, ("order_by", "<=", self.date_until)] if self.date_until else domain

    def action_submit(self):
        """Hand the plan to the purchasing head.

        :raise UserError: no lines, a line without supplier, or more than is asked for
        """
        self._transit("submit", submitted_by=self.env.uid, submitted_on=fields.Datetime.now())
        # sudo: the to-do is the head's, who may work for companies that the buyer does not see
        for plan in self.sudo():
            heads = plan.env.ref(HEADS[0]).all_user_ids.filtered(
                lambda user, plan=plan: user.active and plan.company_id in user.company_ids and not plan._is_own(user))
            for head in heads.sorted(lambda user: user.has_group("base.group_system"))[:1]:
                plan.activity_schedule(APPROVAL, user_id=head.id, automated=True, summary=self.env._(
                    "%(plan)s waits for your approval", plan=plan.name))
        return True

    def action_approve(self):
        """The purchasing head approves: from here on the plan stays as it is.

        :raise AccessError: not a head of purchasing, or his own plan
        """
        self._transit("approve", approved_by=self.env.uid, approved_on=fields.Datetime.now())
        self.sudo().activity_unlink([APPROVAL])  # sudo: the to-do may be another's
        return True

    def action_ask_return(self):
        """Ask for the reason, then hand the plan back."""
        self.ensure_one()
        return self.env["purchase.request.remark"]._get_remark_action("return", self)

    def action_return(self, reason=None):
        """Hand the plan back to the buyer; what was approved is not any more.

        :raise UserError: without a reason
        """
        self._check_transition("return")
        if not is_reason(reason):
            raise UserError(self.env._("%(plan)s: say what has to be changed.", plan=self[:1].name))
        self._write_transition("return", approved_by=False, approved_on=False, submitted_by=False, submitted_on=False)
        self.sudo().activity_unlink([APPROVAL])  # sudo: the to-do may be another's
        for plan in self:
            plan.message_post(body=self.env._("Handed back: %(reason)s", reason=reason.strip()),
                              partner_ids=plan.user_id.partner_id.ids)
        return True

    def action_cancel(self):
        """Give the plan up; its lines are free for another one."""
        self._transit("cancel")
        self.sudo().activity_unlink([APPROVAL])  # sudo: the to-do may be another's
        return True

    def action_make_rfqs(self):
        """Make a request for quotation for each supplier and place of receipt; needs are not merged.

        :return: action that opens them
        """
        self._check_transition("order")
        orders = self.env["purchase.order"]
        for plan in self:
            for _key, lines in plan.line_ids.grouped(
                    lambda line: (line.supplier_id, line.request_line_id.request_id.picking_type_id)).items():
                orders |= lines._make_rfq()
        self._write_transition("order")
        return orders._get_records_action(name=self.env._("Requests for Quotation"))

    def action_view_orders(self):
        """Open the orders that were made of the plan."""
        self.ensure_one()
        return self.order_ids._get_records_action(name=self.env._("Orders"))
