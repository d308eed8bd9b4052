from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .order_payment_line import FINANCE, SALES


class OrderPaymentLine(models.Model):
    """Invoices of the plan, by Odoo's own mechanism: down payments, and the final invoice that deducts them."""

    _inherit = "order.payment.line"

    def action_invoice(self):
        """Make the draft invoice of a line that is due.

        The last line that is no retention makes the final invoice, which the retention is part of; each one before it
        an advance.

        :raise UserError: not due, or invoiced already
        """
        self.ensure_one()
        self._check_groups(SALES, FINANCE)
        self.order_id.check_access("write")
        # sudo: as core's wizard does, who may invoice need not be an accountant
        order = self.order_id.sudo().with_context(order_payment_date_due=self.date_due)
        order.payment_line_ids._lock()
        line = order.payment_line_ids.filtered(lambda line: line.id == self.id)  # read with the others
        line._check_invoiceable()
        lines = line._get_lines_to_invoice()
        invoice = order._make_payment_invoice(0.0 if line._is_final() else line.amount - line.amount_invoiced)
        lines.write({"invoice_ids": [Command.link(invoice.id)]})
        for line in lines - lines._get_uninvoiced():  # what is invoiced in part still follows the order
            line.amount_agreed = line.amount
        return self.action_view_invoices()

    def action_view_invoices(self):
        """Open the line's invoices."""
        self.ensure_one()
        return self.order_id.action_view_invoice(invoices=self.invoice_ids)

    def _check_invoiceable(self):
        """:raise UserError: says why the line is not invoiced now"""
        if self.order_id.state != "sale":
            raise UserError(self.env._("%(order)s is not confirmed yet.", order=self.order_id.name))
        if self.currency_id.compare_amounts(self.amount_invoiced, self.amount) >= 0:
            raise UserError(self.env._("%(payment)s is invoiced already.", payment=self.display_name))
        if not self.date_due or self.date_due > self.company_id._get_today():
            raise UserError(self.env._(
                "%(payment)s is not due yet: it is due %(due)s.", payment=self.display_name,
                due=self.date_due and fields.Date.to_string(self.date_due) or self._get_due_text()))

    def _get_uninvoiced(self):
        """Lines of the order of which something is to be invoiced yet."""
        return self.order_id.payment_line_ids.filtered(
            lambda line: line.currency_id.compare_amounts(line.amount_invoiced, line.amount) < 0)

    def _is_final(self):
        """Whether the line makes the final invoice: nothing but retention is left beside it.

        What the goods wait for is asked ahead where they are invoiced as they are delivered.
        """
        if self.kind_id.holds and self.order_id._has_goods_to_invoice_later():
            return False
        return not (self._get_uninvoiced() - self).filtered(lambda line: not line.is_retention)

    def _get_lines_to_invoice(self):
        """The line, and with the final invoice the retention that the customer keeps back of it."""
        return self | self._get_uninvoiced() if self._is_final() else self
