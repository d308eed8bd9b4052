from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

RELEASE_FIELDS = {"quality_release_reason", "quality_released_by", "quality_released_on"}


class AccountMove(models.Model):
    """A vendor bill is paid up to the quantities that were received and qualified (PUR-10).

    What is claimed of an order line is the sum of its posted bills less its posted credit notes; older bills take
    the qualified quantity first. The rest of a bill can be paid; what is not qualified waits for the verdict, a
    credit note, a replacement, or a release with its reason.
    """

    _inherit = "account.move"

    quality_payment_state = fields.Selection(
        [("ok", "Qualified"), ("waiting", "Waiting for Quality"), ("exception", "Claims More than Qualified"),
         ("released", "Released")],
        string="Quality", compute="_compute_quality_payment", search="_search_quality_payment_state")
    quality_payable_amount = fields.Monetary(
        string="Payable by Quality", compute="_compute_quality_payment",
        help="What of the bill's total may be paid now: goods that were received and qualified, and everything else.")
    quality_payment_note = fields.Text(compute="_compute_quality_payment", export_string_translation=False)
    quality_release_reason = fields.Text(string="Reason of the Release", readonly=True, copy=False, tracking=True)
    quality_released_by = fields.Many2one("res.users", string="Released for Payment By", readonly=True, copy=False)
    quality_released_on = fields.Datetime(string="Released for Payment On", readonly=True, copy=False)

    quality_disposition_id = fields.Many2one(
        "quality.disposition", string="Disposition", readonly=True, copy=False, index="btree_not_null",
        ondelete="set null", check_company=True)

    @api.depends("state", "move_type", "amount_total", "invoice_line_ids.quantity", "invoice_line_ids.purchase_line_id",
                 "invoice_line_ids.purchase_line_id.qty_qualified", "invoice_line_ids.purchase_line_id.qty_invoiced",
                 "quality_released_on")
    @api.depends_context("lang")
    def _compute_quality_payment(self):
        shortages = self._get_quality_shortages()
        for move in self:
            short = shortages.get(move.id, [])
            move.quality_payable_amount = move.amount_total - sum(amount for *_parts, amount in short)
            move.quality_payment_note = "\n".join(
                move._describe_quality_shortage(line, quantity) for line, quantity, _amount in short) or False
            if move.move_type != "in_invoice":
                move.quality_payment_state = False
            elif not short:
                move.quality_payment_state = "ok"
            elif move.quality_released_on:
                move.quality_payment_state = "released"
            elif any(line._is_quality_exception(quantity) for line, quantity, _amount in short):
                move.quality_payment_state = "exception"
            else:
                move.quality_payment_state = "waiting"

    @api.model
    def _search_quality_payment_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        bills = self.search([
            ("move_type", "=", "in_invoice"), ("state", "=", "posted"),
            ("payment_state", "in", ("not_paid", "partial")),
            ("invoice_line_ids.purchase_line_id", "!=", False)], limit=10000)
        return [("id", "in", bills.filtered(lambda bill: bill.quality_payment_state in value).ids)]

    @api.model_create_multi
    def create(self, vals_list):
        if any(RELEASE_FIELDS.intersection(vals) for vals in vals_list):
            self._check_release_fields()
        return super().create(vals_list)

    def write(self, vals):
        if RELEASE_FIELDS.intersection(vals):
            self._check_release_fields()
        return super().write(vals)

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        # sudo: the accountant who posts the credit note settles its disposition
        posted.filtered("quality_disposition_id").sudo().quality_disposition_id.write(
            {"settled_on": fields.Datetime.now()})
        return posted

    def button_draft(self):
        released = self.filtered("quality_released_on")
        # sudo: a bill that is opened again loses its release, whoever opens it
        released.sudo().write(dict.fromkeys(RELEASE_FIELDS, False))
        return super().button_draft()

    def _check_release_fields(self):
        if not self.env.su:
            raise AccessError(self.env._(
                "A bill is released for payment with the button Release for Payment, which asks for the reason."))

    def action_release_payment(self):
        """Open the window that releases the bill for payment in spite of unqualified goods.

        :return: action
        :raises AccessError: without the right to release
        """
        self.ensure_one()
        self._check_release_right()
        action = self.env["ir.actions.act_window"]._for_xml_id("quality_incoming.quality_payment_release_action")
        return {**action, "context": {"default_move_id": self.id}}

    def _check_release_right(self):
        if not self.env.su and not self.env.user.has_group("quality_incoming.group_quality_payment_release"):
            raise AccessError(self.env._(
                "Only members of \"%(group)s\" release a bill whose goods are not qualified.",
                group=self.env.ref("quality_incoming.group_quality_payment_release").sudo().display_name))

    def _release_payment(self, reason):
        """Let the bill be paid whole, by whom and why."""
        self._check_release_right()
        self.check_access("read")
        for move in self:
            if move.move_type != "in_invoice" or move.state != "posted":
                raise UserError(self.env._("Only a posted vendor bill is released for payment."))
        # sudo: the right to release is a right of its own, checked above
        self.sudo().write({
            "quality_release_reason": reason, "quality_released_by": self.env.uid,
            "quality_released_on": fields.Datetime.now()})

    # What is claimed against what is qualified

    def _get_quality_shortages(self):
        """Claimed and not qualified parts of posted vendor bills.

        :return: dict of bill id to a list of (purchase.order.line, quantity in its unit, amount in the bill's currency)
        """
        bills = self.filtered(lambda move: move.move_type == "in_invoice" and move.state == "posted"
                              and move.company_id.quality_payment_gate)
        # sudo: the accountant need not read purchase orders
        mine = bills.invoice_line_ids.sudo().filtered(
            lambda line: line.purchase_line_id.qty_received_method == "stock_moves")
        result = defaultdict(list)
        if not mine:
            return result
        available = {line: line.qty_qualified for line in mine.purchase_line_id}
        claims = mine.purchase_line_id.invoice_lines.filtered(
            lambda line: line.move_id.state == "posted" and line.move_id.move_type in ("in_invoice", "in_refund"))
        for claim in claims:
            if claim.move_id.move_type == "in_refund":
                available[claim.purchase_line_id] += claim._get_purchase_quantity()
        invoices = claims.filtered(lambda line: line.move_id.move_type == "in_invoice")
        for claim in invoices.sorted(lambda line: (line.move_id.invoice_date, line.move_id.id, line.id)):
            line, quantity = claim.purchase_line_id, claim._get_purchase_quantity()
            short = max(0.0, min(quantity, quantity - available[line]))
            available[line] -= quantity
            if line.product_uom_id.compare(short, 0.0) > 0 and claim.move_id in bills:
                result[claim.move_id.id].append((line, short, claim.price_total * short / quantity))
        return result

    def _describe_quality_shortage(self, line, quantity):
        """Say what of a bill's line is not qualified and because of which documents."""
        # sudo: whoever is refused may know which document is the reason
        inspections = line.sudo().quality_inspection_ids.filtered(
            lambda inspection: inspection.state not in ("done", "cancelled") or inspection.quantity_unjudged)
        nonconformities = self.env["quality.nonconformity"].sudo().search([
            ("inspection_id.purchase_line_id", "=", line.id), ("state", "not in", ("closed", "cancelled"))], limit=5)
        documents = inspections[:5].mapped("name") + nonconformities.mapped("name")
        values = {
            "product": line.product_id.display_name, "order": line.order_id.name,
            "quantity": f"{quantity:g}", "uom": line.product_uom_id.name, "documents": ", ".join(documents)}
        if documents:
            return self.env._("%(product)s on %(order)s: %(quantity)s %(uom)s not qualified (%(documents)s)", **values)
        if line.product_uom_id.compare(line.qty_received, line.qty_invoiced) < 0:
            return self.env._(
                "%(product)s on %(order)s: %(quantity)s %(uom)s billed, not received or returned", **values)
        return self.env._("%(product)s on %(order)s: %(quantity)s %(uom)s not qualified", **values)

    def _check_quality_payment(self, amounts=None):
        """PUR-10: what is paid of a vendor bill does not exceed what is qualified.

        :param dict amounts: bill to an amount that is about to be paid, in the bill's currency, over what is
            already paid
        :raises UserError: names the bill, the goods, the inspections and what to do
        """
        gated = self.filtered(lambda move: move.move_type == "in_invoice" and not move.quality_released_on)
        shortages = gated._get_quality_shortages()
        for bill in gated.filtered(lambda move: move.id in shortages):
            payable = bill.amount_total - sum(amount for *_parts, amount in shortages[bill.id])
            paid = bill._get_quality_paid() + (amounts or {}).get(bill, 0.0)
            if bill.currency_id.compare_amounts(paid, payable) > 0:
                raise UserError(self.env._(
                    "Bill %(bill)s can be paid up to %(payable)s, for what was received and qualified:\n%(details)s\n"
                    "Wait for the verdict, record the supplier's credit note, pay the qualified part, or have the bill "
                    "released for payment.", bill=bill.display_name, payable=bill.currency_id.format(max(payable, 0.0)),
                    details="\n".join(bill._describe_quality_shortage(line, quantity)
                                      for line, quantity, _amount in shortages[bill.id])))

    def _get_quality_paid(self):
        """What is paid of the bill by money: matched payments less credit notes, in the bill's currency."""
        self.ensure_one()
        self.env["account.partial.reconcile"].flush_model()
        self.env["account.move.line"].flush_model(["move_id", "account_id"])
        rows = self.env.execute_query(SQL(
            """SELECT COALESCE(SUM(part.credit_amount_currency), 0)
                 FROM account_partial_reconcile part
                 JOIN account_move_line mine ON mine.id = part.credit_move_id
                 JOIN account_move_line other ON other.id = part.debit_move_id
                 JOIN account_move counterpart ON counterpart.id = other.move_id
                WHERE mine.move_id = %s AND counterpart.move_type != 'in_refund'
                  AND counterpart.id NOT IN (SELECT exchange_move_id FROM account_partial_reconcile
                                              WHERE exchange_move_id IS NOT NULL)""", self.id))
        # payments without a journal entry of their own count from the moment they are sent
        # sudo: the gate counts every payment
        sent = self.sudo().matched_payment_ids.filtered(
            lambda payment: not payment.move_id and payment.state in ("in_process", "paid"))
        return rows[0][0] + sum(payment.currency_id._convert(
            payment.amount, self.currency_id, self.company_id, payment.date) for payment in sent)
