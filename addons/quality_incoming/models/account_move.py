from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

RELEASE_FIELDS = {"quality_release_reason", "quality_released_by", "quality_released_on"}


class AccountMove(models.Model):
    """A vendor bill is paid up to the quantities that were received and qualified (PUR-10).

    What is claimed of an order line is the sum of its posted bills less its posted credit notes; older bills take
    the qualified quantity first. The rest of a bill can be paid; what is not qualified waits for the verdict, a
    credit note, a replacement, or a release with its reason.
    """

    _name = "account.move"
    _inherit = ["account.move", "document.fence.mixin"]

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
            short = shortages.get(move._origin.id, [])
            move.quality_payable_amount = move.amount_total - sum(amount for _line, _quantity, amount, *_rest in short)
            move.quality_payment_note = "\n".join(
                move._describe_quality_shortage(line, quantity) for line, quantity, *_rest in short) or False
            if move.move_type != "in_invoice":
                move.quality_payment_state = False
            elif not short:
                move.quality_payment_state = "ok"
            elif move.quality_released_on:
                move.quality_payment_state = "released"
            elif any(is_exception for *_rest, is_exception in short):
                move.quality_payment_state = "exception"
            else:
                move.quality_payment_state = "waiting"

    @api.model
    def _search_quality_payment_state(self, operator, value):
        """By the one query of :meth:`_get_shortage_query`, however many bills there are."""
        if operator != "in":
            return NotImplemented
        self._flush_shortages()
        query = self._get_shortage_query()
        short = Domain("id", "in", SQL("(SELECT short.move_id FROM (%s) short)", query))
        exception = Domain("id", "in", SQL("(SELECT short.move_id FROM (%s) short WHERE short.is_exception)", query))
        bill, released = Domain("move_type", "=", "in_invoice"), Domain("quality_released_on", "!=", False)
        states = {
            "ok": bill & ~short, "released": short & released, "exception": exception & ~released,
            "waiting": short & ~exception & ~released, False: ~bill}
        return Domain.OR(domain for state, domain in states.items() if state in value)

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | RELEASE_FIELDS | {"quality_disposition_id"}

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        # sudo: the accountant who posts the credit note settles its disposition
        posted.filtered("quality_disposition_id").sudo().quality_disposition_id._on_settled()
        return posted

    def button_draft(self):
        released = self.filtered("quality_released_on")
        # a bill that is opened again loses its release, whoever opens it
        released._write_signed(dict.fromkeys(RELEASE_FIELDS, False))
        return super().button_draft()

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
        self._check_groups("quality_incoming.group_quality_payment_release")

    def _release_payment(self, reason):
        """Let the bill be paid whole, by whom and why."""
        self._check_release_right()
        self.check_access("read")
        for move in self:
            if move.move_type != "in_invoice" or move.state != "posted":
                raise UserError(self.env._("Only a posted vendor bill is released for payment."))
        self._write_signed({
            "quality_release_reason": reason, "quality_released_by": self.env.uid,
            "quality_released_on": fields.Datetime.now()})

    # What is claimed against what is qualified

    def _get_quality_shortages(self):
        """Claimed and not qualified parts of posted vendor bills.

        :return: dict of bill id to a list of (purchase.order.line, quantity in its unit, amount in the bill's
            currency, whether it needs more than patience: a credit note or a decision)
        """
        result = defaultdict(list)
        bills = self._origin.filtered(lambda move: move.move_type == "in_invoice" and move.state == "posted"
                                      and move.company_id.quality_payment_gate)
        if not bills:
            return result
        self._flush_shortages()
        # sudo: the accountant need not read purchase orders
        lines = self.env["purchase.order.line"].sudo()
        for bill_id, line_id, quantity, amount, is_exception in self.env.execute_query(
                self._get_shortage_query(bills.ids)):
            result[bill_id].append((lines.browse(line_id), quantity, amount, is_exception))
        return result

    @api.model
    def _flush_shortages(self):
        for model, names in {
            "account.move": ["state", "move_type", "invoice_date", "company_id"],
            "account.move.line": ["move_id", "purchase_line_id", "quantity", "product_uom_id", "price_total"],
            "purchase.order.line": ["qty_qualified", "qty_in_inspection", "qty_received_method", "product_id",
                                    "product_uom_id"],
            "res.company": ["quality_payment_gate"],
            "stock.move": ["purchase_line_id", "product_id", "product_uom", "product_uom_qty", "state",
                           "location_dest_id"],
            "uom.uom": ["factor"],
        }.items():
            self.env[model].flush_model(names)

    @api.model
    def _get_shortage_query(self, bill_ids=None):
        """What posted vendor bills claim of an order line beyond what of it is qualified.

        Older bills take the qualified quantity first; credit notes give back what they credit. A shortage is an
        exception when it is more than what is under inspection or still expected.

        :param bill_ids: only these bills; all by default
        :return: SQL of the columns bill, order line, quantity in its unit, amount in the bill's currency, is_exception
        """
        wanted = SQL("TRUE") if bill_ids is None else SQL("claim.move_id = ANY(%s)", bill_ids)
        lines = SQL("TRUE") if bill_ids is None else SQL(
            "line.purchase_line_id IN (SELECT purchase_line_id FROM account_move_line WHERE move_id = ANY(%s))",
            bill_ids)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return SQL("""
            WITH claim AS (
                SELECT line.id, line.move_id, line.purchase_line_id, line.price_total, bill.company_id,
                       bill.invoice_date, bill.move_type,
                       line.quantity * COALESCE(unit.factor / order_unit.factor, 1) AS quantity
                  FROM account_move_line line
                  JOIN account_move bill ON bill.id = line.move_id AND bill.state = 'posted'
                       AND bill.move_type IN ('in_invoice', 'in_refund')
                  JOIN purchase_order_line item ON item.id = line.purchase_line_id
                       AND item.qty_received_method = 'stock_moves'
             LEFT JOIN uom_uom unit ON unit.id = line.product_uom_id
             LEFT JOIN uom_uom order_unit ON order_unit.id = item.product_uom_id
                 WHERE %(lines)s),
            ranked AS (
                SELECT claim.*, item.product_id, item.product_uom_id, COALESCE(item.qty_in_inspection, 0) AS waiting,
                       SUM(claim.quantity) FILTER (WHERE claim.move_type = 'in_invoice') OVER (
                           PARTITION BY claim.purchase_line_id ORDER BY claim.invoice_date, claim.move_id, claim.id)
                       - COALESCE(SUM(claim.quantity) FILTER (WHERE claim.move_type = 'in_refund') OVER (
                           PARTITION BY claim.purchase_line_id), 0)
                       - COALESCE(item.qty_qualified, 0) AS beyond
                  FROM claim JOIN purchase_order_line item ON item.id = claim.purchase_line_id),
            short AS (
                SELECT claim.*, LEAST(claim.quantity, claim.beyond) AS missing
                  FROM ranked claim JOIN res_company company ON company.id = claim.company_id
                       AND company.quality_payment_gate
                 WHERE claim.move_type = 'in_invoice' AND %(wanted)s
                   AND ROUND(LEAST(claim.quantity, claim.beyond)::numeric, %(digits)s) > 0)
            SELECT short.move_id, short.purchase_line_id, short.missing,
                   (short.price_total * short.missing / short.quantity)::float AS amount,
                   ROUND(short.missing::numeric, %(digits)s) > ROUND((short.waiting + expected.quantity)::numeric,
                                                                     %(digits)s) AS is_exception
              FROM short
             CROSS JOIN LATERAL (
                SELECT COALESCE(SUM(move.product_uom_qty * unit.factor / order_unit.factor), 0) AS quantity
                  FROM stock_move move
                  JOIN stock_location target ON target.id = move.location_dest_id AND target.usage != 'supplier'
                  JOIN uom_uom unit ON unit.id = move.product_uom
                  JOIN uom_uom order_unit ON order_unit.id = short.product_uom_id
                 WHERE move.purchase_line_id = short.purchase_line_id AND move.product_id = short.product_id
                   AND move.state NOT IN ('done', 'cancel')) expected
             ORDER BY short.id""", lines=lines, wanted=wanted, digits=digits)

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
            short = shortages[bill.id]
            payable = bill.amount_total - sum(amount for _line, _quantity, amount, *_rest in short)
            paid = bill._get_quality_paid() + (amounts or {}).get(bill, 0.0)
            if bill.currency_id.compare_amounts(paid, payable) > 0:
                raise UserError(self.env._(
                    "Bill %(bill)s can be paid up to %(payable)s, for what was received and qualified:\n%(details)s\n"
                    "Wait for the verdict, record the supplier's credit note, pay the qualified part, or have the bill "
                    "released for payment.", bill=bill.display_name, payable=bill.currency_id.format(max(payable, 0.0)),
                    details="\n".join(bill._describe_quality_shortage(line, quantity)
                                      for line, quantity, *_rest in short)))

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
