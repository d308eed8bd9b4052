from odoo import fields, models
from odoo.fields import Command


class QualityDisposition(models.Model):
    """Money of a finished disposition: credit, price reduction, work charged to the supplier (NCR-4, PUR-9).

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
        if not self.purchase_line_id:
            return
        if self.kind == "return" and self.settlement == "credit":
            self._settle_credit()
        elif self.kind == "concession" and self.price_reduction_percent:
            self._settle_line(self._prepare_concession_line())
        elif self.kind in ("sort", "rework") and self.charged_to_supplier and self.cost:
            self._settle_line(self._prepare_charge_line())

    def _settle_credit(self):
        """Credit note for returned goods that are billed already; without a bill there is nothing to credit."""
        line = self.purchase_line_id
        returned = self.product_uom_id._compute_quantity(self.quantity_done, line.product_uom_id, round=False)
        quantity = min(returned, max(0.0, line.qty_invoiced - line.qty_received))
        if line.product_uom_id.compare(quantity, 0.0) > 0:
            self._create_credit_note(line, quantity)
        else:
            self.settled_on = fields.Datetime.now()

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
        credit = self.env["account.move"].with_company(self.company_id).create({
            **vals,
            "quality_disposition_id": self.id,
            "invoice_line_ids": [Command.create({**line_vals, "quantity": quantity})],
        })
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
