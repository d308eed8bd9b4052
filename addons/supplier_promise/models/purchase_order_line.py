from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.tools.entered_values import is_number

from ..tools.expectation import Said, expected_parts

#: In a context: the date that is written is that of accepted promises. No client can send an object.
PROMISED = object()
#: Who sees prices said and links; the store and the accountants read orders too.
BUYERS = "purchase.group_purchase_user"
STATES = [("none", "Not Confirmed"), ("differs", "Differs"), ("confirmed", "Confirmed")]


class PurchaseOrderLine(models.Model):
    _name = "purchase.order.line"
    _inherit = ["purchase.order.line", "document.fence.mixin"]

    promise_ids = fields.One2many("supplier.promise", "line_id", string="Promises", readonly=True, copy=False)
    promise_count = fields.Integer(string="Promises", compute="_compute_promised")
    promised_date = fields.Datetime(
        compute="_compute_promised", help="What the supplier promised last, and was accepted.")
    promised_first_date = fields.Datetime(
        string="First Part Expected", compute="_compute_promised", help="When the first part is to come.")
    promised_last_date = fields.Datetime(
        string="Last Part Expected", compute="_compute_promised", help="When the last part is to come.")
    promised_parts = fields.Char(
        string="Expected in Parts", compute="_compute_promised", help="Quantities and days, where the supplier splits.")
    confirmation_ids = fields.One2many(
        "supplier.confirmation", "line_id", string="Confirmations", readonly=True, copy=False, groups=BUYERS)
    confirmation_state = fields.Selection(
        STATES, string="Confirmation", compute="_compute_confirmation_state", store=True, index=True,
        help="Whether the supplier has confirmed the line as it is ordered now; empty where nothing is to come.")
    supplier_asked_date = fields.Datetime(
        string="Asked For", readonly=True, copy=False, help="Planned arrival for which the supplier was asked.")
    shipment_asked_date = fields.Datetime(
        string="Shipment Asked For", readonly=True, copy=False,
        help="Planned arrival for which the supplier was asked whether the goods are shipped.")

    @api.depends("promise_ids.state", "promise_ids.date_promised", "product_qty", "qty_received")
    def _compute_promised(self):
        for line in self:
            accepted = line.promise_ids.filtered(lambda promise: promise.state == "accepted")
            parts = line._get_expected_parts()
            line.promise_count = len(line.promise_ids)
            line.promised_date = accepted.sorted("decided_on")[-1:].date_promised
            line.promised_first_date = parts[0][1] if parts else False
            line.promised_last_date = parts[-1][1] if parts else False
            line.promised_parts = line._describe_parts(parts) if len(parts) > 1 else False

    @api.depends("confirmation_ids.state", "product_qty", "price_unit", "display_type", "state", "qty_received",
                 "move_ids.state")
    def _compute_confirmation_state(self):
        for line in self:
            answer = line.confirmation_ids.filtered(lambda answer: answer.state != "replaced").sorted("id")[-1:]
            if answer.state == "differs":
                line.confirmation_state = "differs"
            elif answer.state in ("confirmed", "taken") and line._is_as_said(answer):
                line.confirmation_state = "confirmed"
            else:
                is_there = line.state == "purchase" and not line._get_open_quantity()
                line.confirmation_state = False if line.display_type or is_there else "none"

    def _compute_price_unit_and_date_planned_and_name(self):
        """A date agreed with the supplier does not fall back to the price list's when the quantity changes.

        Odoo sets it to today plus the delay of the price list; a lesser quantity then makes a false return beside the
        receipt, whose date is another.
        """
        agreed = {line: line.date_planned for line in self if line.order_id.state == "purchase" and line._origin}
        result = super()._compute_price_unit_and_date_planned_and_name()
        for line, date in agreed.items():
            if date and line.date_planned != date:
                line.date_planned = date
        return result

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "promise_ids", "confirmation_ids", "confirmation_state", "supplier_asked_date", "shipment_asked_date"}

    def write(self, vals):
        """A closed order stays as it is; a date that the buyer writes by hand belongs to the history, too."""
        self.order_id._check_not_closed(vals)
        moved = self.browse()
        if vals.get("date_planned") and self.env.context.get("supplier_promise") is not PROMISED:
            new_date = fields.Datetime.to_datetime(vals["date_planned"])
            moved = self.filtered(lambda line: not line.display_type and line.order_id.state == "purchase"
                                  and line.date_planned and line.date_planned != new_date)
        former = {line: line.date_planned for line in moved}
        result = super().write(vals)
        moved._record_by_hand(former)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._check_not_closed({"order_line"})
        return lines

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self.order_id._check_not_closed({"order_line"})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_promised(self):
        for line in self:
            if line.sudo().promise_ids:  # sudo: the history counts, whoever deletes
                raise UserError(line.env._(
                    "%(line)s: its history of promised dates stays on record. Set its quantity to zero.",
                    line=line._get_label()))

    def _update_move_date_deadline(self, new_date):
        """What a supplier promises moves his receipt and nothing else: the customer's date stays."""
        if self.env.context.get("supplier_promise") is not PROMISED:
            return super()._update_move_date_deadline(new_date)
        receipts = self._get_open_receipts()
        neighbours = (receipts.move_dest_ids | receipts.move_orig_ids).ids
        receipts.with_context(date_deadline_propagate_ids=set(neighbours)).write(
            {"date": new_date, "date_deadline": new_date})

    def _get_open_receipts(self):
        """Moves by which the goods of the lines are still to come."""
        return self.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel") and move.location_dest_id.usage != "supplier")

    def _get_open_quantity(self):
        """What is still to come, in the unit of the line; nothing of what the store took no backorder for."""
        self.ensure_one()
        if self.display_type or not self.product_uom_id:
            return 0.0
        quantity = max(0.0, self.product_uom_id.round(self.product_qty - self.qty_received))
        if quantity and self.state == "purchase" and self.move_ids and not self._get_open_receipts():
            return 0.0
        return quantity

    def _is_overdue(self):
        """Whether something should have come on a day that is over."""
        self.ensure_one()
        today = self._get_day_of(fields.Datetime.now())
        return bool(self._get_open_quantity() and self.date_planned and self._get_day_of(self.date_planned) < today)

    def _needs_new_date(self):
        """Whether the supplier has to say when it comes now; what he has said is with the buyer."""
        said = any(promise.state == "proposed" for promise in self.promise_ids)  # also by phone, to the buyer
        return self.confirmation_state == "none" and self._is_overdue() and not said

    def _get_expected_parts(self):
        """Quantities and dates still to come by the accepted promises: see :func:`expected_parts`."""
        self.ensure_one()
        accepted = self.promise_ids.filtered(lambda promise: promise.state == "accepted").sorted(
            lambda promise: (promise.decided_on, promise.id))
        return expected_parts(self.product_qty, self.qty_received, [
            Said(promise.quantity, promise.date_promised, promise.former_date, promise.is_whole)
            for promise in accepted])

    def _describe_parts(self, parts):
        unit = self.product_uom_id.display_name or ""
        return ", ".join(self.env._(
            "%(quantity)s %(unit)s on %(date)s", quantity=f"{quantity:.6f}".rstrip("0").rstrip("."), unit=unit,
            date=self.order_id._get_local_day(date)) for quantity, date in parts)

    def _get_needed_date(self):
        """When the goods are needed by what waits for them; False where nothing does.

        Addons that know more of the demand extend it.
        """
        self.ensure_one()
        # sudo: what waits for the goods, whoever asks
        waiting = (self.sudo().move_dest_ids | self.sudo().move_ids.move_dest_ids).filtered(
            lambda move: move.state not in ("done", "cancel"))
        return min(waiting.mapped("date"), default=False)

    def _is_other_price(self, price, other):
        digits = self.env["decimal.precision"].precision_get("Product Price")
        return is_number(price) and round(price - other, digits) != 0

    def _is_as_said(self, answer):
        """Whether the line is still what the supplier confirmed; its date goes by the promises."""
        return (not self.product_uom_id.compare(self.product_qty, answer.quantity_said)
                and not self._is_other_price(answer.price_said, self.price_unit))
