from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.document_control.tools.entered_values import check_quantity
from odoo.addons.document_control.tools.reason import is_reason
from odoo.addons.order_sla.kernel.limits import is_far

from .purchase_order_line import PROMISED

#: Longest text that is taken from outside.
LONGEST = 1000


class PurchaseOrderLine(models.Model):
    """What is said about a line becomes a promise or a confirmation (PUR-4, PUR-8)."""

    _inherit = "purchase.order.line"

    def action_promise(self):
        """Open the window in which the buyer enters what the supplier has said by phone or mail."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("supplier_promise.supplier_promise_entry_action")
        return {**action, "context": {"default_line_id": self.id}}

    def action_view_promises(self):
        """Open the history of the promised dates."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("supplier_promise.supplier_promise_action")
        return {**action, "domain": [("line_id", "=", self.id)], "context": {}}

    def _promise(self, day, reason="", quantity=None, source="buyer", author=None):
        """Take down a promised date. The same once more changes nothing.

        A date that is not worse is accepted by itself, a worse one by the buyer.

        :param datetime.date day: on which the goods arrive
        :param quantity: of what is open, all of it by default
        :raise UserError: what was said cannot be: a date in the past, a quantity that is not open, no reason
        :return: supplier.promise
        """
        self.ensure_one()
        line = self.sudo()  # sudo: promises are made by this method only; who may call it is asked before
        line.order_id._lock()
        line.order_id._check_answerable()
        quantity = line._check_promised(day, quantity)
        date = line._get_moment_of(day)
        if same := line._find_same_promise(date, quantity, reason):
            return same.with_env(self.env)
        vals = line._prepare_promise(date, quantity, (reason or "").strip()[:LONGEST], source, author)
        if vals["days_moved"] > 0 and not is_reason(reason):
            raise UserError(line.env._(
                "%(line)s: say in a few words why the date moves from %(former)s to %(day)s.", line=line._get_label(),
                former=line.order_id._get_local_day(line.date_planned), day=format_date(line.env, day)))
        line.promise_ids._replace()
        promise = line.env["supplier.promise"].create(vals)
        line.order_id._after_answer()
        if vals["days_moved"] > 0:
            promise._ask_to_decide()
        else:
            promise._accept_by_itself()
        return promise.with_env(self.env)

    def _confirm(self, quantity=None, price=None, name=None, promise=None, author=None):
        """Take down what the supplier says about a line; what he does not say is as ordered.

        :return: supplier.confirmation
        """
        self.ensure_one()
        line = self.sudo()  # sudo: as in _promise
        line.order_id._lock()
        line.order_id._check_answerable()
        vals = line._prepare_confirmation(quantity, price, name, promise, author)
        latest = line.confirmation_ids.filtered(lambda answer: answer.state != "replaced").sorted("id")[-1:]
        if latest and all(vals[key] == latest._fields[key].convert_to_write(latest[key], latest) for key in (
                "quantity_said", "price_said", "name_said", "promise_id", "quantity_ordered", "price_ordered",
                "name_ordered")) and latest.state in ("confirmed", "differs"):
            return latest.with_env(self.env)
        if open_ones := line.confirmation_ids.filtered(lambda answer: answer.state == "differs"):
            open_ones._transit("replace", decided_by=self.env.uid, decided_on=fields.Datetime.now())
        answer = line.env["supplier.confirmation"].create(vals)
        line.order_id._after_answer()
        answer._after_promises()
        if answer.state == "differs":
            line.order_id._ask_about_differences()
        return answer.with_env(self.env)

    def _apply_promises(self):
        """Write what the accepted promises say into the lines, and their receipts with them, line by line.

        A line that comes in parts has the date of its last part: it is not there before.
        """
        for line in self:
            parts = line._get_expected_parts()
            if parts and line.date_planned != parts[-1][1]:
                line.with_context(supplier_promise=PROMISED).date_planned = parts[-1][1]
            elif parts:
                line.with_context(supplier_promise=PROMISED)._update_move_date_deadline(parts[-1][1])

    def _record_by_hand(self, former):
        """The buyer has written another date on the confirmed order: it is history, and the receipt follows.

        :param former: dict of line to its former date
        """
        lines = self.filtered(lambda line: line._get_open_quantity() > 0)
        rows = []
        for line in lines:
            rows.append(line.sudo()._prepare_promise(  # sudo: see _promise
                line.date_planned, line._get_open_quantity(), line.env._("Changed on the order"), "buyer",
                line.env.user.partner_id, former[line]) | {
                    "state": "accepted", "decided_by": line.env.uid, "decided_on": fields.Datetime.now()})
        lines.sudo().promise_ids._replace()  # sudo: see _promise
        promises = lines.env["supplier.promise"].sudo().create(rows)  # sudo: see _promise
        for line in lines.sudo():  # sudo: receipts are the store's
            line._get_open_receipts().date = line.date_planned
        promises._on_accepted()

    def _check_promised(self, day, quantity):
        """:return: the quantity promised"""
        if self.display_type or not self.product_id:
            raise UserError(self.env._("%(line)s is no goods: nothing can be promised.", line=self._get_label()))
        today = fields.Datetime.now().astimezone(self.order_id.get_order_timezone()).date()
        if day < today or is_far(day, today):
            raise UserError(self.env._(
                "%(line)s: %(day)s is in the past or too far away. Give the day on which the goods will arrive.",
                line=self._get_label(), day=format_date(self.env, day)))
        open_quantity = self._get_open_quantity()
        quantity = open_quantity if quantity is None else check_quantity(self.env, self._get_label(), quantity)
        if self.product_uom_id.compare(quantity, 0) <= 0 or self.product_uom_id.compare(quantity, open_quantity) > 0:
            raise UserError(self.env._(
                "%(line)s: %(quantity)s cannot be promised; %(open)s %(unit)s are still to come. Give more than zero "
                "and at most that.", line=self._get_label(), quantity=quantity, open=open_quantity,
                unit=self.product_uom_id.name))
        return quantity

    def _find_same_promise(self, date, quantity, reason):
        """The promise that says the same already: to be decided, or accepted last."""
        last = self.promise_ids.sorted("id")[-1:]
        same = last and last.date_promised == date and not self.product_uom_id.compare(last.quantity, quantity)
        stands = last.state == "proposed" and (reason or "").strip()[:LONGEST] == (last.reason or "")
        return last if same and (stands or last.state == "accepted") else last.browse()

    def _prepare_promise(self, date, quantity, reason, source, author, former=None):
        order, former = self.order_id, former or self.date_planned
        buyer = order._get_buyer()
        needed = self._get_needed_date()
        days = (self._get_day_of(date) - self._get_day_of(former)).days if former else 0
        return {
            "line_id": self.id, "order_id": order.id, "partner_id": order.partner_id.id,
            "product_id": self.product_id.id, "company_id": order.company_id.id, "date_promised": date,
            "former_date": former, "needed_date": needed, "quantity": quantity, "days_moved": days,
            "is_whole": self.product_uom_id.compare(quantity, self._get_open_quantity()) >= 0,
            "is_late": days > 0 or bool(needed and self._get_day_of(date) > self._get_day_of(needed)),
            "source": source, "reason": reason, "author_id": (author or self.env.user.partner_id).id,
            "user_id": buyer.id, "department_id": order._get_buyer_department(buyer).id,
        }

    def _prepare_confirmation(self, quantity, price, name, promise, author):
        """:raise UserError: the quantity or the price cannot be"""
        label, name = self._get_label(), (name or "").strip()[:LONGEST]
        quantity = self.product_qty if quantity is None else check_quantity(self.env, label, quantity)
        price = self.price_unit if price is None else check_quantity(self.env, label, price)
        if self.product_uom_id.compare(quantity, 0) <= 0:
            raise UserError(self.env._("%(line)s: the quantity must be more than zero.", line=label))
        if self.product_uom_id.compare(quantity, self.qty_received) < 0:
            raise UserError(self.env._(
                "%(line)s: %(received)s have been received already; the quantity cannot be less.", line=label,
                received=self.qty_received))
        if price < 0:
            raise UserError(self.env._("%(line)s: a price is not negative.", line=label))
        other = bool(name and name != self.name or self._is_other_price(price, self.price_unit)
                     or self.product_uom_id.compare(quantity, self.product_qty))
        return {
            "line_id": self.id, "order_id": self.order_id.id, "partner_id": self.order_id.partner_id.id,
            "product_id": self.product_id.id, "company_id": self.company_id.id, "name_ordered": self.name,
            "name_said": name or self.name, "quantity_ordered": self.product_qty, "quantity_said": quantity,
            "price_ordered": self.price_unit, "price_said": price,
            "date_ordered": promise.former_date if promise else self.date_planned,
            "date_said": promise.date_promised if promise else self.date_planned,
            "promise_id": promise.id if promise and promise.state == "proposed" else False,
            "author_id": (author or self.env.user.partner_id).id,
            "state": "differs" if other or promise and promise.state == "proposed" else "confirmed",
        }

    def _get_label(self):
        """What the line is called towards the supplier and the buyer."""
        return (self.name or self.product_id.display_name or "").split("\n")[0]

    def _get_day_of(self, moment):
        return moment.astimezone(self.order_id.get_order_timezone()).date()

    def _get_moment_of(self, day):
        """The moment that stands for a day: the planned one where the day is the same, else noon as everywhere."""
        same = self.date_planned and self._get_day_of(self.date_planned) == day
        return self.date_planned if same else self._convert_to_middle_of_day(day)
