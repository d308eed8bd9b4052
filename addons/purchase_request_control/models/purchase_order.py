from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command

APPROVAL = "purchase_request_control.mail_activity_type_order_approval"
BUYING = "purchase_request_control.mail_activity_type_order_buying"
GUARDED = {"order_approved_by", "order_approved_on", "order_approved_amount", "purchase_plan_id"}
#: Orders whose lines are written together: their amount is looked at when all of it is written.
WRITTEN_TOGETHER = "purchase_request_control.orders"


class PurchaseOrder(models.Model):
    """Approved by amount, through every door; an amount that rises afterwards is approved again (PUR-5)."""

    _name = "purchase.order"
    _inherit = ["purchase.order", "document.fence.mixin"]

    order_approved_by = fields.Many2one(
        "res.users", string="Approved By", readonly=True, copy=False, ondelete="restrict", tracking=True)
    order_approved_on = fields.Datetime(string="Approved On", readonly=True, copy=False)
    order_approved_amount = fields.Monetary(
        string="Approved Amount", currency_field="company_currency_id", readonly=True, copy=False,
        help="In the company's currency.")
    approval_tier_id = fields.Many2one("purchase.approval.tier", compute="_compute_approval", compute_sudo=True)
    approver_ids = fields.Many2many("res.users", string="Approvers", compute="_compute_approval", compute_sudo=True)
    can_approve = fields.Boolean(compute="_compute_can_approve")
    purchase_plan_id = fields.Many2one(
        "purchase.plan", readonly=True, copy=False, index="btree_not_null", ondelete="restrict")
    purchase_request_count = fields.Integer(compute="_compute_purchase_request_count")

    @api.depends("amount_total_cc", "company_id", "user_id", "state")
    def _compute_approval(self):
        for order in self:
            tier = self.env["purchase.approval.tier"]._get_tier(order)
            order.approval_tier_id = tier
            order.approver_ids = tier._get_approvers(order) if tier else False

    @api.depends("approver_ids", "state")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        for order in self:
            order.can_approve = order.state == "to approve" and order._approval_allowed()

    def _compute_purchase_request_count(self):
        for order in self:
            # sudo: the count belongs to the order
            order.purchase_request_count = len(order.sudo().order_line.purchase_request_lines.request_id)

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | GUARDED

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        if confirmed := orders.filtered(lambda order: order.state == "purchase"):
            confirmed._check_approval()
            confirmed._note_approval()
        return orders

    def write(self, vals):
        confirming = self.filtered(lambda order: vals.get("state") == "purchase" and order.state != "purchase")
        confirming._check_approval()
        if vals.get("state") == "cancel":
            self.filtered(lambda order: order.state == "purchase").order_line._check_may_fall(0)
        waiting = self.filtered(lambda order: order.state == "to approve") if vals.get("state") else self.browse()
        revived = self.filtered(lambda order: vals.get("state", "cancel") != "cancel" and order.state == "cancel")
        together = self.env.cr.precommit.data.setdefault(WRITTEN_TOGETHER, set())
        mine = set(self.ids) - together
        together |= mine
        try:
            result = super().write(vals)
        finally:
            together -= mine
        if confirming and vals.keys() - {"state", "date_approve"}:
            confirming._check_approval()  # the same call may have changed what is approved
        confirming._note_approval()
        revived.order_line.purchase_request_allocation_ids._check_within_request()  # ordered elsewhere meanwhile
        if vals.keys() & {"order_line", "currency_id", "fiscal_position_id", "partner_id"}:
            (self - confirming)._check_approved_amount()
        if vals.get("state") == "to approve":
            self.sudo()._ask_approver()  # sudo: the to-do is another's
        elif waiting:
            waiting.sudo().activity_unlink([APPROVAL])  # sudo: as above
        if vals.get("state", "draft") != "draft":
            self.sudo().activity_unlink([BUYING])  # sudo: the to-do may be another's
        return result

    def button_confirm(self):
        """Confirm; the shares of all orders are read at once, not order by order by what follows their states."""
        self.order_line.mapped("purchase_request_allocation_ids")
        return super().button_confirm()

    def button_approve(self, force=False):
        """Approve; who may not by the tiers is told who does. Without tiers Odoo leaves out such an order silently."""
        self.filtered(lambda order: order.state == "to approve" and order.approval_tier_id)._check_approval()
        return super().button_approve(force=force)

    def action_view_purchase_requests(self):
        """Open the requests that the order serves."""
        self.ensure_one()
        return self.order_line.purchase_request_lines.request_id._get_records_action(name=self.env._("Requests"))

    def _approval_allowed(self):
        """The tier of the amount says who; where there is none, and for the system's own runs, Odoo's settings do."""
        tier = self.env["purchase.approval.tier"]._get_tier(self)
        if not tier or self.env.su:
            return super()._approval_allowed()
        return self.env.user in tier._get_approvers(self)

    def _check_approval(self):
        """
        :raise AccessError: an order is another's to approve, whatever the door
        """
        if self.env.su:
            return
        for order in self:
            if not order._approval_allowed():
                raise AccessError(order._get_refusal())

    def _get_refusal(self):
        tier = self.env["purchase.approval.tier"]._get_tier(self)
        return self.env._(
            "%(order)s over %(amount)s is approved by another person: %(users)s.", order=self.display_name,
            amount=self._format_amount(self.amount_total_cc),
            users=", ".join(tier and tier._get_approvers(self).sudo().mapped("name") or []) or "–")

    def _format_amount(self, amount):
        return self.company_id.currency_id.format(amount)

    def _note_approval(self):
        for order in self:
            order._write_signed({
                "order_approved_by": self.env.uid, "order_approved_on": fields.Datetime.now(),
                "order_approved_amount": order.amount_total_cc})

    def _check_approved_amount(self):
        """An order that was approved stays within what was approved, or whoever may approve more changes it.

        :raise AccessError: the amount rises beyond the approval, and he who changes it may not approve that
        """
        together = self.env.cr.precommit.data.get(WRITTEN_TOGETHER, ())
        for order in self:
            if self.env.su or order.id in together or order.state != "purchase" or not order.order_approved_on:
                continue
            currency = order.company_id.currency_id
            if currency.compare_amounts(order.amount_total_cc, order.order_approved_amount) <= 0:
                continue
            former, amount = map(order._format_amount, (order.order_approved_amount, order.amount_total_cc))
            if not order._approval_allowed():
                raise AccessError(self.env._(
                    "%(refusal)s It was approved for %(former)s: have the change made by one who may approve it, or "
                    "cancel the order and confirm it again.", refusal=order._get_refusal(), former=former))
            order._note_approval()
            order.message_post(body=self.env._(
                "Approved again: %(amount)s instead of %(former)s.", amount=amount, former=former))

    def _ask_approver(self):
        for order in self:
            if approver := order.approver_ids[:1]:
                order.activity_schedule(APPROVAL, user_id=approver.id, automated=True, summary=self.env._(
                    "%(order)s over %(amount)s waits for your approval", order=order.name,
                    amount=order._format_amount(order.amount_total_cc)))

    def _remind_of_buying(self):
        """What a run has put on a draft is its buyer's to do: else it would wait until somebody looks (MAT-1)."""
        for order in self.filtered(lambda order: order.state == "draft"):
            if not order.user_id.active:  # who has left buys nothing: it is whoever's who answers in his place
                order.user_id = order._get_substitute_buyer()
            if order.user_id and self.env.ref(BUYING) not in order.activity_ids.activity_type_id:
                words = order.with_context(lang=order.user_id.lang)
                words.activity_schedule(BUYING, user_id=order.user_id.id, automated=True, summary=words.env._(
                    "%(order)s is a draft of the material run: ask %(supplier)s, or confirm it", order=order.name,
                    supplier=order.partner_id.display_name))

    def _get_substitute_buyer(self):
        """Who buys where the buyer has left; here nobody is named."""
        return self.env["res.users"]

    def _link_requests(self):
        """Carry the references and origins of the requests that the order serves, and the day to order."""
        for order in self:
            requests = order.order_line.purchase_request_lines.request_id
            origins = list(dict.fromkeys(filter(None, (order.origin or "").split(", ") + requests.mapped("origin"))))
            days = [day for day in order.order_line.purchase_request_lines.mapped("order_by") if day]
            vals = {"origin": ", ".join(origins), "reference_ids": [
                Command.link(reference.id) for reference in requests.reference_ids]}
            if days:
                vals["date_order"] = order._get_order_moment(min(days))
            order.write(vals)

    def _get_order_moment(self, day):
        """The day to order, in the morning; what is late already is to be ordered now."""
        return max(fields.Datetime.to_datetime(day), fields.Datetime.now().replace(microsecond=0))
