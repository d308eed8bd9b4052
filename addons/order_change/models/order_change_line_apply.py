from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import float_compare

from odoo.addons.order_sla.kernel.limits import is_far

from .order_change_line import OF_LINE


class OrderChangeLine(models.Model):
    """What a line does to the order when the change is approved, and why it cannot (CHG-8).

    A kind that another addon adds has ``_check_<kind>`` and either ``_prepare_<kind>`` (values of the order line) or
    ``_apply_<kind>`` (whatever it does).
    """

    _inherit = "order.change.line"

    def _check_applicable(self):
        """Whether each line is complete, and the order can still be changed so.

        :raise UserError: names the line, what is wrong and what to do
        """
        for line in self.sudo():  # whoever assesses: what the order says, not what he may read of it
            if line.kind in OF_LINE and not line.order_line_id:
                raise UserError(self.env._("%(line)s: choose the order line that changes.", line=line._get_title()))
            getattr(line, f"_check_{line.kind}")()

    def _check_quantity(self):
        self._check_unit()
        if self.quantity < 0:
            raise UserError(self.env._(
                "%(line)s: a quantity cannot be negative. Goods that come back are a return, not a change.",
                line=self._get_title()))
        row, unit = self.order_line_id, self.order_line_id.product_uom_id
        if unit.compare(self.quantity_after, row.product_uom_qty) == 0:
            raise UserError(self.env._(
                "%(line)s: the order says %(quantity)s already.", line=self._get_title(),
                quantity=row.product_uom_qty))
        for done, words in ((row.qty_delivered, self.env._("delivered")), (row.qty_invoiced, self.env._("invoiced"))):
            if unit.compare(self.quantity_after, done) < 0:
                raise UserError(self.env._(
                    "%(line)s: %(done)s %(unit)s are %(what)s already, the quantity cannot become %(quantity)s. Change "
                    "it to %(done)s at least, and take the rest back by a return or a credit note.",
                    line=self._get_title(), done=done, unit=unit.name, what=words, quantity=self.quantity_after))

    def _check_unit(self):
        unit = self._get_line_unit()
        if self.quantity_unit_id and not self.quantity_unit_id._has_common_reference(unit):
            raise UserError(self.env._(
                "%(line)s: %(unit)s cannot be converted to %(line_unit)s, in which the order line counts.",
                line=self._get_title(), unit=self.quantity_unit_id.name, line_unit=unit.name))

    def _check_product(self):
        if not self.product_id:
            raise UserError(self.env._("%(line)s: choose the new product.", line=self._get_title()))
        if self.product_id == self.order_line_id.product_id:
            raise UserError(self.env._("%(line)s: that product is ordered already.", line=self._get_title()))
        if not self.product_id.uom_id._has_common_reference(self.order_line_id.product_uom_id):
            raise UserError(self.env._(
                "%(line)s: %(product)s is not counted in %(unit)s. Reduce the old line and add a new one.",
                line=self._get_title(), product=self.product_id.display_name,
                unit=self.order_line_id.product_uom_id.name))
        self._check_nothing_done()

    def _check_price(self):
        if self.price < 0:
            raise UserError(self.env._(
                "%(line)s: a price cannot be negative. Give a discount as a line of its own.", line=self._get_title()))
        # by the digits of unit prices: they may be more than those of the currency
        digits = self.env["decimal.precision"].precision_get("Product Price")
        if float_compare(self.price, self.order_line_id.price_unit, precision_digits=digits) == 0:
            raise UserError(self.env._("%(line)s: that is the price already.", line=self._get_title()))
        if self.order_line_id.qty_invoiced:
            raise UserError(self.env._(
                "%(line)s: %(done)s are invoiced at the present price. Give the difference as a new line, or credit "
                "the invoice first.", line=self._get_title(), done=self.order_line_id.qty_invoiced))

    def _check_new(self):
        if not self.product_id:
            raise UserError(self.env._("%(line)s: choose the product.", line=self._get_title()))
        self._check_unit()
        if self.quantity_after <= 0:
            raise UserError(self.env._(
                "%(line)s (%(product)s): give a quantity above zero.", line=self._get_title(),
                product=self.product_id.display_name))

    def _check_date(self):
        order = self.order_id
        if not self.date:
            raise UserError(self.env._("%(line)s: give the new date.", line=self._get_title()))
        today = self.company_id._get_today()
        if is_far(self.date, today):
            raise UserError(self.env._(
                "%(line)s: %(date)s is too far away. Correct the year.", line=self._get_title(), date=self.date))
        if self.date < today:
            raise UserError(self.env._("%(line)s: %(date)s is past.", line=self._get_title(), date=self.date))
        if self.date == order._get_requested_date():
            raise UserError(self.env._("%(line)s: that is the date already.", line=self._get_title()))

    def _check_text(self):
        if not self.text_field or (self.text or "") == (self.order_id[self.text_field] or ""):
            raise UserError(self.env._("%(line)s: write what the text becomes.", line=self._get_title()))

    def _check_design(self):
        if not (self.text or "").strip():
            raise UserError(self.env._("%(line)s: write what becomes of the design.", line=self._get_title()))

    def _check_document(self):
        if not (self.release_id or self.document_id):
            raise UserError(self.env._(
                "%(line)s: choose the release or document that is superseded.", line=self._get_title()))
        if self.release_id and self.release_id.is_superseded or self.document_id and (
                self.document_id.state != "in_force"):
            raise UserError(self.env._(
                "%(line)s: %(document)s is out of force already.", line=self._get_title(),
                document=self.release_id.display_name or self.document_id.display_name))
        if self.new_document_id and self.new_document_id.state != "draft":
            raise UserError(self.env._(
                "%(line)s: %(document)s is released already; leave the new version a draft until the change is "
                "approved.", line=self._get_title(), document=self.new_document_id.display_name))

    def _check_nothing_done(self):
        row = self.order_line_id
        for done, words in ((row.qty_delivered, self.env._("delivered")), (row.qty_invoiced, self.env._("invoiced"))):
            if done:
                raise UserError(self.env._(
                    "%(line)s: %(done)s are %(what)s already. Reduce the quantity of the old line to that, and add a "
                    "new line with the other product.", line=self._get_title(), done=done, what=words))

    def _get_stale(self):
        """Lines whose order says otherwise than at the assessment: somebody has changed it since."""
        return self.filtered(lambda line: line._is_stale())

    def _is_stale(self):
        line = self.sudo()  # prices, and the order
        if line.kind in OF_LINE and not line.order_line_id.exists():
            return True
        return any(line._fields[name].convert_to_write(line[name], line) != (value or False) and (line[name] or value)
                   for name, value in line._prepare_before().items() if name != "line_name")

    # Application: called as superuser, by the change, on lines of one order

    def _get_parts(self):
        """The lines in the order in which they are applied: all that concerns one order line together."""
        rows = self.filtered(lambda line: line.kind in OF_LINE)
        return [*rows.grouped("order_line_id").values(), *(self - rows).sorted(lambda line: (line.kind, line.id))]

    def _apply(self, order):
        """Change the order; lines of one order line at once."""
        if self[:1].kind not in OF_LINE:
            return getattr(self, f"_apply_{self.kind}")(order)
        values = {}
        for line in self.sorted(lambda line: OF_LINE.index(line.kind)):  # a price given counts before the others'
            values |= getattr(line, f"_prepare_{line.kind}")()
        row = self.order_line_id.with_env(order.env)
        if "product_id" in values and not row.product_updatable:
            return self._apply_replacement(row, values)
        return row.write(values)

    def _prepare_quantity(self):
        row = self.order_line_id  # what was agreed stays: Odoo would look up another quantity's price
        return {"product_uom_qty": self.quantity_after, "price_unit": row.price_unit, "discount": row.discount}

    def _prepare_product(self):
        return {
            "product_id": self.product_id.id, "price_unit": self.price, "discount": self.order_line_id.discount}

    def _prepare_price(self):
        return {"price_unit": self.price}

    def _apply_replacement(self, row, values):
        """What is on its way for the old product cannot be renamed: its line falls to zero, a new one takes over."""
        quantity = values.pop("product_uom_qty", row.product_uom_qty)
        row.write({"product_uom_qty": 0})
        fresh = {"sequence": row.sequence, "product_uom_qty": quantity, "product_uom_id": row.product_uom_id.id}
        return row.order_id.write({"order_line": [Command.create({**fresh, **values})]})

    def _apply_new(self, order):
        order.write({"order_line": [Command.create({
            "product_id": self.product_id.id, "product_uom_qty": self.quantity_after, "price_unit": self.price,
            "product_uom_id": self._get_line_unit().id})]})

    def _apply_date(self, order):
        order.write({"commitment_date": order._get_promised_moment(self.date, order.commitment_date)})

    def _apply_text(self, order):
        order.write({self.text_field: self.text})

    def _apply_design(self, order):
        """It is told to the departments; the order does not say it."""

    def _apply_document(self, order):
        if self.release_id:
            self.release_id._supersede(self.change_id)
        document = self.document_id.with_env(order.env)
        if self.new_document_id:
            self.new_document_id.with_env(order.env)._release()
        if document.state == "in_force":
            document._transit("supersede")
