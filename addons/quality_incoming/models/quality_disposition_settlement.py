from odoo import fields, models
from odoo.fields import Command


class QualityDisposition(models.Model):
    """Money of a finished disposition: credit, price reduction, work charged to the supplier (NCR-4, PUR-9).

    Returned goods are credited or replaced; the tranche is done when that has come.
    A price reduction and charged work become a line of the purchase order with a negative quantity, so that the next
    bill asks for it. Where the goods are billed already, a vendor credit note is drafted at once.
    """

    _inherit = "quality.disposition"

    settlement_line_ids = fields.One2many(
        "purchase.order.line", "quality_disposition_id", string="Order Lines", readonly=True)
    credit_note_ids = fields.One2many(
        "account.move", "quality_disposition_id", string="Credit Notes", readonly=True)
    credit_note_count = fields.Integer(compute="_compute_credit_note_count")

    def _compute_credit_note_count(self):
        # sudo: the count belongs to the disposition
        counts = dict(self.env["account.move"].sudo()._read_group(
            [("quality_disposition_id", "in", self.ids)], ["quality_disposition_id"], ["__count"]))
        for row in self:
            row.credit_note_count = counts.get(row, 0)

    def action_view_credit_notes(self):
        """Open the credit notes of the disposition."""
        self.ensure_one()
        return self.credit_note_ids._get_records_action(name=self.env._("Credit Notes"))

    def _settle(self):
        super()._settle()
        if self.kind == "return" and self.settlement == "credit":
            self._settle_credit()
        elif not self.purchase_line_id:
            return
        elif self.kind == "concession" and self.price_reduction_percent:
            self._settle_line(self._prepare_concession_line())
        elif self.kind in ("sort", "rework") and self.charged_to_supplier and self.cost:
            self._settle_line(self._prepare_charge_line())

    def _is_settlement_open(self):
        """A return is done when its credit note is posted, or its replacement has come."""
        return self.kind == "return" and bool(self.settlement) and not self.settled_on

    def _is_effect_missing(self):
        """What the supplier owes was cancelled or deleted: the replacement, or the draft of the credit note."""
        if super()._is_effect_missing():
            return True
        if not self._is_settlement_open():
            return False
        if self.settlement == "replacement":
            return self.product_uom_id.compare(self._get_replacement_quantity(), 0) > 0
        return self._is_carried_out() and not self._get_open_credit_notes()

    def _get_open_credit_notes(self):
        return self.credit_note_ids.filtered(lambda move: move.state != "cancel")

    def _on_settled(self):
        """The credit note was posted, or the replacement is here: the tranche is done now."""
        self.filtered(lambda row: not row.settled_on).write({"settled_on": fields.Datetime.now()})
        self._after_change()

    def _on_replacement_cancelled(self):
        """Somebody cancelled what is to come instead: the head of quality makes it again, or asks for a credit."""
        for row in self.filtered(lambda row: row.state in ("decided", "in_progress") and row._is_effect_missing()):
            row.nonconformity_id._ask_decider(row.env._(
                "The replacement of %(row)s was cancelled: make it again, or give it up for a credit.",
                row=row.display_name))

    def _give_up_settlement(self):
        """The supplier sends no replacement: he credits what he has not replaced."""
        if self.settlement != "replacement" or not self._is_settlement_open() or self._get_open_credit_notes():
            return super()._give_up_settlement()
        self.message_post(body=self.env._("No replacement comes: the supplier credits the goods."))
        expected = self._get_open_replacement()
        self._settle_credit()
        expected._action_cancel()
        return self._after_change()

    def _settle_credit(self):
        """Credit note for returned goods that are billed already; without a bill there is nothing to credit."""
        if self.settled_on or self._get_open_credit_notes():
            return
        line = self.purchase_line_id
        owed = self.quantity_done - self._get_replaced_quantity()
        if line:
            returned = self.product_uom_id._compute_quantity(owed, line.product_uom_id, round=False)
            quantity = min(returned, max(0.0, line.qty_invoiced - line.qty_received))
            if line.product_uom_id.compare(quantity, 0.0) > 0:
                self._create_credit_note(line, quantity)
                return
        elif billed := self._find_billed_line():
            self._credit_billed_line(billed, owed)
            return
        self.settled_on = fields.Datetime.now()

    def _get_replaced_quantity(self):
        """What has come instead, in the product's unit."""
        return sum(move.product_uom._compute_quantity(move.quantity, self.product_uom_id)
                   for move in self.replacement_move_ids if move.state == "done")

    def _find_billed_line(self):
        """The supplier's last bill of such goods; of goods that no order brought it alone says their price."""
        return self.env["account.move.line"].search([
            ("product_id", "=", self.product_id.id), ("company_id", "=", self.company_id.id),
            ("move_id.commercial_partner_id", "=", self.partner_id.commercial_partner_id.id),
            ("move_id.move_type", "=", "in_invoice"), ("parent_state", "=", "posted"), ("quantity", ">", 0)],
            order="date desc, id desc", limit=1)

    def _settle_line(self, vals):
        """Put the line on the order; where the goods are billed already, draft the credit note."""
        line = self.purchase_line_id
        settling = self.env["purchase.order.line"].create(vals)
        if line.qty_invoiced and line.product_uom_id.compare(line.qty_to_invoice, 0.0) <= 0:
            self._create_credit_note(settling, -settling.product_qty)
        self.settled_on = fields.Datetime.now()

    def _prepare_concession_line(self):
        """So many conceded units, each by so much cheaper."""
        line = self.purchase_line_id
        product = self.env.ref("quality_incoming.product_concession")
        quantity = self.product_uom_id._compute_quantity(self.quantity_done, line.product_uom_id, round=False)
        return self._prepare_settlement_line(
            product, -quantity, line.product_uom_id, line.price_unit_discounted * self.price_reduction_percent / 100,
            self.env._("Concession %(document)s: %(product)s, price reduced by %(percent)g %%",
                       document=self.nonconformity_id.name, percent=self.price_reduction_percent,
                       product=line.product_id.display_name))

    def _prepare_charge_line(self):
        """Hours of sorting or rework at the cost per hour, in the order's currency."""
        line = self.purchase_line_id
        product = self.env.ref("quality_incoming.product_charge_back")
        price = self.currency_id._convert(
            self.hourly_cost, line.currency_id, self.company_id, fields.Date.context_today(self), round=False)
        return self._prepare_settlement_line(
            product, -self.hours, product.uom_id, price,
            self.env._("%(document)s: sorting or rework of %(product)s", document=self.nonconformity_id.name,
                       product=line.product_id.display_name))

    def _prepare_settlement_line(self, product, quantity, uom, price, name):
        line = self.purchase_line_id
        return {
            "order_id": line.order_id.id,
            "product_id": product.id,
            "product_qty": quantity,
            "product_uom_id": uom.id,
            "price_unit": price,
            "discount": 0.0,
            "tax_ids": [Command.set(line.tax_ids.ids)],
            "analytic_distribution": line.analytic_distribution,
            "date_planned": fields.Datetime.now(),
            "sequence": line.sequence,
            "quality_disposition_id": self.id,
            "quality_origin_line_id": line.id,
            "name": name,
        }

    def _create_credit_note(self, line, quantity):
        """Draft of the supplier's credit note.

        :param line: purchase.order.line that is credited
        :param float quantity: in the unit of the line, above zero
        """
        order = line.order_id.with_company(self.company_id)
        line_vals = line.with_company(self.company_id)._prepare_account_move_line()
        line_vals.pop("balance", None)  # counted by what is to be billed, not by what is credited
        vals = order.with_context(default_move_type="in_refund")._prepare_invoice()
        return self._draft_credit_note(vals, {**line_vals, "quantity": quantity})

    def _credit_billed_line(self, billed, quantity):
        """Draft of the supplier's credit note for goods that no order brought, at the price of their last bill."""
        bill = billed.move_id
        unit = billed.product_uom_id or self.product_uom_id
        return self._draft_credit_note({
            "move_type": "in_refund", "partner_id": bill.partner_id.id, "currency_id": bill.currency_id.id,
            "invoice_origin": bill.name,
        }, {
            "product_id": self.product_id.id, "product_uom_id": unit.id, "price_unit": billed.price_unit,
            "quantity": self.product_uom_id._compute_quantity(quantity, unit, round=False),
            "discount": billed.discount, "tax_ids": [Command.set(billed.tax_ids.ids)],
            "account_id": billed.account_id.id, "analytic_distribution": billed.analytic_distribution,
        })

    def _draft_credit_note(self, vals, line_vals):
        credit = self.env["account.move"].with_company(self.company_id).create({
            **vals, "quality_disposition_id": self.id, "invoice_line_ids": [Command.create(line_vals)]})
        credit.message_post(body=self.env._(
            "Drafted for %(disposition)s; post it when the supplier's credit note has come.",
            disposition=self.display_name))
        if buyer := self._get_buyer():
            credit.activity_schedule(
                "mail.mail_activity_data_todo", user_id=buyer.id,
                summary=self.env._("Credit note of %(partner)s", partner=self.partner_id.display_name))
        return credit

    def _get_buyer(self):
        """Buyer of the order, else the head of purchasing."""
        return self.purchase_line_id.order_id.user_id or self.company_id._get_purchase_head()
