from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from .supplier_promise import STAFF

#: What of a closed order nobody changes; what other documents compute is not meant.
CLOSED = {"order_line", "partner_id", "currency_id", "product_qty", "price_unit", "product_id", "name", "date_planned",
          "discount", "tax_ids", "state", "date_order", "locked"}
PAID = ("paid", "in_payment", "reversed")


class PurchaseOrder(models.Model):
    """Closed when all steps are done; then it is locked, and its documents stay (PUR-11)."""

    _inherit = "purchase.order"

    def action_close_purchase(self):
        """Close the order.

        :raise AccessError: no buyer
        :raise UserError: closed already, or steps are missing; they are named
        """
        self.check_access("read")
        self._check_groups(*STAFF)
        self._lock()
        for order in self:
            if order.closed_on or order.state != "purchase":
                raise UserError(self.env._("%(order)s is closed already, or no confirmed order.", order=order.name))
            if missing := order._get_closing_missing():
                raise UserError(self.env._(
                    "%(order)s cannot be closed yet. Missing: %(missing)s.", order=order.name,
                    missing=", ".join(missing)))
        self._close()
        return True

    def button_unlock(self):
        """Unlocking a closed order opens it again: for purchase managers."""
        closed = self.filtered("closed_on")
        if closed:
            closed._check_groups("purchase.group_purchase_manager")
            closed._write_signed({"closed_on": False, "closed_by": False})
        return super().button_unlock()

    def _get_closing_missing(self):
        """Names of the steps that are still to be done. Addons that know more steps extend it."""
        self.ensure_one()
        order, missing = self.sudo(), []  # sudo: bills are the accountants'
        if order.receipt_status and order.receipt_status != "full":
            missing.append(self.env._("goods to receive"))
        # quality_incoming has this field where it is installed; it stands beside this addon, not below it
        if "qty_in_inspection" in order.order_line._fields and any(order.order_line.mapped("qty_in_inspection")):
            missing.append(self.env._("goods in inspection"))
        if order.invoice_status != "invoiced":
            missing.append(self.env._("the bill for all that was received"))
        bills = order.invoice_ids.filtered(lambda bill: bill.state != "cancel")
        if any(bill.state == "draft" for bill in bills):
            missing.append(self.env._("bills to post"))
        if any(bill.state == "posted" and bill.payment_state not in PAID for bill in bills):
            missing.append(self.env._("the payment"))
        return missing

    def _close(self):
        """Lock the orders and seal their files."""
        self._end_asking()
        self._write_signed({"closed_on": fields.Datetime.now(), "closed_by": self.env.uid, "locked": True})
        for order in self.sudo():  # sudo: files of whoever sent them
            self.env["ir.attachment"].sudo().search([  # sudo: as above
                "|", "&", ("res_model", "=", "purchase.order"), ("res_id", "=", order.id),
                "&", ("res_model", "=", "stock.picking"), ("res_id", "in", order.picking_ids.ids),
            ])._seal()

    def _check_not_closed(self, vals):
        """:raise UserError: the order is closed, and what it consists of would change"""
        if not CLOSED.intersection(vals):
            return
        for order in self.sudo():  # sudo: whether it is closed, whoever writes
            if order.closed_on:
                raise UserError(self.env._(
                    "%(order)s is closed and stays as it is. A purchase manager can unlock it.", order=order.name))

    @api.model
    def _cron_close_orders(self):
        """Close what is done: received, billed and paid."""
        orders = self.search([
            ("state", "=", "purchase"), ("closed_on", "=", False), ("invoice_status", "=", "invoiced"),
            ("receipt_status", "in", ("full", False))])
        self.env["ir.cron"]._commit_progress(remaining=len(orders))
        for batch in split_every(100, orders.ids, self.browse):
            batch.filtered(lambda order: not order._get_closing_missing())._close()
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break
