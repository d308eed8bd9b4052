from odoo import fields, models
from odoo.exceptions import UserError

from .order_payment_terms import TERMS


class SaleOrder(models.Model):
    """An agreed plan is replaced as a whole, with a reason; what it was is kept."""

    _inherit = "sale.order"

    def _revise_payment_plan(self, rows, reason):
        """Replace the agreed plan; the dialog has checked who does it and why.

        :param rows: lines of the dialog
        :raise UserError: the order is no contract, the rows are no plan or the same plan, or an invoiced line is not
            as it was
        """
        self.ensure_one()
        order = self.sudo()  # terms are closed to everybody's hands from the confirmation on
        if order.state != "sale":
            raise UserError(self.env._(
                "%(order)s is not confirmed: change its payment plan directly.", order=self.name))
        order.payment_line_ids._lock()
        if foreign := rows.line_id - order.payment_line_ids:
            raise UserError(self.env._(
                "%(payment)s is no payment of %(order)s.", payment=foreign[0].display_name, order=self.name))
        order._check_fixed_payments(rows)
        if rows.line_id == order.payment_line_ids and all(
                row.line_id and all(row[name] == row.line_id[name] for name in TERMS) for row in rows):
            raise UserError(self.env._("Nothing is changed in the payment plan of %(order)s.", order=self.name))
        if problem := order._get_plan_problem(rows):
            raise UserError(problem)
        before = order._describe_payment_plan()
        (order.payment_line_ids - rows.line_id).unlink()
        for row in rows:
            if row.line_id:
                row.line_id.sudo().write(row._prepare_terms())
            else:
                order.env["order.payment.line"].create({"order_id": order.id, **row._prepare_terms()})
        order.env["order.payment.revision"].create({
            "order_id": order.id, "number": len(order.payment_revision_ids) + 1, "reason": reason,
            "user_id": self.env.uid, "revised_on": fields.Datetime.now(), "before": before,
            "after": order._describe_payment_plan()})
        self.message_post(body=self.env._("Payment plan revised: %(reason)s", reason=reason))

    def _check_fixed_payments(self, rows):
        """:raise UserError: a line that is invoiced is changed or left out"""
        by_line = {row.line_id: row for row in rows if row.line_id}
        for line in self.payment_line_ids.filtered(lambda line: line._is_fixed()):
            row = by_line.get(line)
            if not row or any(row[name] != line[name] for name in TERMS if name not in ("note", "sequence")):
                raise UserError(self.env._(
                    "%(payment)s is invoiced and stays as it is. Cancel or credit its invoice first.",
                    payment=line.display_name))
