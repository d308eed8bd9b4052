from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .purchase_order_line import BUYERS, STATES


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "document.fence.mixin"]

    promise_ids = fields.One2many("supplier.promise", "order_id", string="Promises", readonly=True, copy=False)
    promise_count = fields.Integer(string="Promises", compute="_compute_promise_count")
    confirmation_ids = fields.One2many(
        "supplier.confirmation", "order_id", string="Confirmations", readonly=True, copy=False, groups=BUYERS)
    difference_ids = fields.One2many(
        "supplier.confirmation", compute="_compute_difference_ids", string="What the Supplier Says Otherwise",
        groups=BUYERS)
    confirmation_state = fields.Selection(
        STATES, string="Confirmation", compute="_compute_confirmation_state", store=True, index=True,
        help="Whether the supplier has confirmed all lines as they are ordered now; empty where nothing is to come.")
    supplier_link_ids = fields.One2many(
        "supplier.link", "order_id", string="Supplier's Links", readonly=True, copy=False, groups=BUYERS)
    closed_on = fields.Datetime(
        string="Order Closed On", readonly=True, copy=False, index="btree_not_null", tracking=True)
    closed_by = fields.Many2one("res.users", string="Order Closed By", readonly=True, copy=False)
    closing_missing = fields.Char(
        string="Missing to Close", compute="_compute_closing_missing", help="Steps that are still to be done.")

    @api.depends("order_line.confirmation_state", "order_line.product_id")
    def _compute_confirmation_state(self):
        for order in self:
            states = order.order_line.mapped("confirmation_state")
            order.confirmation_state = next((state for state in ("differs", "none", "confirmed") if state in states),
                                            False if any(order.order_line.mapped("product_id")) else "none")

    @api.depends("promise_ids")
    def _compute_promise_count(self):
        # sudo: the count belongs to the order
        counts = dict(self.env["supplier.promise"].sudo()._read_group(
            [("order_id", "in", self.ids)], ["order_id"], ["__count"]))
        for order in self:
            order.promise_count = counts.get(order._origin.sudo(), 0)

    @api.depends("confirmation_ids.state")
    def _compute_difference_ids(self):
        for order in self:
            order.difference_ids = order.confirmation_ids.filtered(lambda answer: answer.state == "differs")

    @api.depends("state", "receipt_status", "invoice_status", "invoice_ids.payment_state", "invoice_ids.state")
    @api.depends_context("lang")
    def _compute_closing_missing(self):
        for order in self:
            missing = order._get_closing_missing() if order.state == "purchase" and not order.closed_on else []
            order.closing_missing = ", ".join(missing) or False

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "promise_ids", "confirmation_ids", "confirmation_state", "supplier_link_ids", "closed_on", "closed_by"}

    def write(self, vals):
        self._check_not_closed(vals)
        result = super().write(vals)
        if vals.get("state") == "cancel":
            self._end_asking()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_promised(self):
        for order in self:
            if order.sudo().promise_ids:  # sudo: the history counts, whoever deletes
                raise UserError(self.env._(
                    "%(order)s: its history of promised dates stays on record. Leave the order cancelled.",
                    order=order.name))

    def _check_answerable(self):
        """:raise UserError: nothing can be said about the order any more, or not yet"""
        for order in self:
            if order.state == "cancel":
                raise UserError(self.env._("%(order)s is cancelled: nothing is to be delivered.", order=order.name))
            if order.closed_on:
                raise UserError(self.env._("%(order)s is closed: all its steps are done.", order=order.name))
            if order.state not in ("sent", "purchase"):
                raise UserError(self.env._(
                    "%(order)s has not been sent to the supplier yet, or is still to be approved.", order=order.name))

    def _is_linkable(self, partner):
        """Whether a link still leads to the order: its supplier is the same and in business."""
        return bool(self.exists() and partner.active and self.partner_id == partner
                    and self.partner_id.commercial_partner_id.active)

    def _get_buyer(self):
        """Whom to ask about the order."""
        self.ensure_one()
        for user in (self.user_id, self.create_uid):
            # sudo: a buyer may work for companies that the reader does not see
            if user.active and user._is_internal() and self.company_id in user.sudo().company_ids:
                return user
        return self.env["res.users"]

    def _get_buyer_department(self, buyer):
        # sudo: employees are hidden from buyers
        employees = buyer.sudo().employee_ids
        return (employees.filtered(lambda employee: employee.company_id == self.company_id)[:1]
                or employees[:1]).department_id

    def _get_local_day(self, moment):
        """A day as it is written in the reader's language."""
        return format_date(self.env, moment.astimezone(self.get_order_timezone()).date()) if moment else ""
