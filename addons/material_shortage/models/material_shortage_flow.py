from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.entered_values import check_quantity
from odoo.addons.document_control.tools.reason import is_reason
from odoo.addons.order_sla.kernel.limits import is_far
from odoo.addons.order_sla.tools.rows import snapshots

from .material_shortage import CAUSES, CHASER, OPEN

REPORTERS = (CHASER, "mrp.group_mrp_user", "stock.group_stock_user")


class MaterialShortage(models.Model):
    """Reported where one stands, answered by the owner, found again (MAT-4, MAT-10)."""

    _inherit = "material.shortage"
    _transitions = {
        "answer": Transition(("open", "promised"), "promised"),
        "find": Transition(OPEN, "closed", REPORTERS),
    }

    @api.model
    def _report(self, product, quantity, production=None, cause=None, note=None, picking=None, photo=None,
                reported_by=None, is_seen=True, expected=None):
        """A part is missing where somebody stands: from the phone, a process card, a rejected lot (MAT-10).

        There is one open line for an order and a product: a second report joins it.

        :param float quantity: in the product's unit
        :param cause: one of the causes; by default what the product's supply says
        :param is_seen: somebody stands before the empty shelf: the pegging, which knows what is in the books, does
            not close the line. False: the pegging knows what happened, and does
        :param date expected: when it is expected, if that is known
        :return: material.shortage
        :raise UserError: no such quantity, an order that has ended, or another company's
        """
        self._check_report(product, quantity, production, picking, cause)
        model = self.sudo()  # sudo: lines are made by actions only; the caller has checked the right
        order = production or picking
        line = model.search([
            ("production_id", "=", production.id if production else False), ("state", "in", OPEN),
            ("picking_id", "=", picking.id if picking and not production else False),
            ("product_id", "=", product.id)], limit=1) if order else model
        row = {
            "reported_quantity": quantity if is_seen else 0.0, "quantity": quantity,
            "reported_on": fields.Datetime.now(), "note": note or False,
            "reported_by": (reported_by or self.env.user).id}
        line = line._join_report(row, cause) if line else model._open_report(product, production, picking, cause, row)
        line._write_signed({name: value for name, value in (
            ("photo", photo), ("answered_date", expected),
            ("expected_date", fields.Datetime.to_datetime(expected))) if value})
        line._log_report(quantity, note)
        return line.sudo(False)

    @api.model
    def _check_report(self, product, quantity, production, picking, cause):
        check_quantity(self.env, product.display_name, quantity)
        if product.uom_id.compare(quantity, 0) <= 0:
            raise UserError(self.env._(
                "%(product)s: a missing quantity is above 0.", product=product.display_name))
        if cause and cause not in dict(CAUSES):
            raise UserError(self.env._("%(product)s: choose why it is missing.", product=product.display_name))
        for order in filter(None, (production, picking)):
            if order.state in ("done", "cancel"):
                raise UserError(self.env._(
                    "%(order)s has ended: nothing is missing for it any more.", order=order.display_name))
            if product.company_id and product.company_id != order.company_id:
                raise UserError(self.env._(
                    "%(product)s belongs to another company than %(order)s.", product=product.display_name,
                    order=order.display_name))

    @api.model
    def _open_report(self, product, production, picking, cause, row):
        order = production or picking
        row |= {
            "product_id": product.id, "company_id": order.company_id.id if order else self.env.company.id,
            "production_id": production.id if production else False,
            "picking_id": picking.id if picking and not production else False, "state": "open",
            "needed_by": self._get_need(production, picking)}
        return self._open_rows([row | ({"cause": cause} if cause else {})])

    @api.model
    def _get_need(self, production, picking):
        """When the order needs the part: at its start, at once where it has begun."""
        date = production.date_start if production else picking.scheduled_date if picking else False
        return max(date, fields.Datetime.now()) if date else fields.Datetime.now()

    def _join_report(self, row, cause):
        """A report about what is missing already; people find no less than they said before."""
        self._lock()
        row["reported_quantity"] = max(row["reported_quantity"], self.reported_quantity)
        row["note"] = "\n".join(filter(None, (self.note, row["note"]))) or False
        before = snapshots(self, ("state", "expected_date", "owner_id"))
        vals = {**row, "quantity": max(self.pegged_quantity, row["reported_quantity"], row["quantity"]),
                "answered_date": False}
        if self.is_here and vals["quantity"] > self.uninspected_quantity:
            vals["is_here"] = False
        if self.state == "covered" or cause:
            vals |= {"state": "open" if self.state == "covered" else self.state, "cause": cause or self.cause}
        owner = self._get_owners([self._get_owner_row() | vals])[0]
        if owner != self.owner_id:
            vals["owner_id"] = owner.id
        if vals.get("state") == self.state:
            del vals["state"]
        self._write_followed(before, {self.id: vals})
        return self

    def _get_owner_row(self):
        names = ("company_id", "product_id", "purchase_line_id", "supply_production_id", "production_id")
        return {name: self[name].id for name in names} | {"cause": self.cause}

    def _log_report(self, quantity, note):
        self._message_log(body=self.env._(
            "Reported missing by %(user)s: %(quantity)s %(unit)s. %(note)s", user=self.reported_by.sudo().name,
            quantity=f"{quantity:g}", unit=self.product_id.uom_id.name, note=note or ""))

    def _answer(self, date, text):
        """The owner says when it comes, and what he does (MAT-4).

        :raise AccessError: neither the owner nor somebody who chases
        :raise UserError: the date has passed, or nothing is said
        """
        self._check_transition("answer")
        today = fields.Date.context_today(self)
        if is_far(date, today):
            raise UserError(self.env._("%(line)s: the date is too far away. Correct the year.", line=self._describe()))
        if date < today:
            raise UserError(self.env._("%(line)s: the date has passed. Promise one to come.", line=self._describe()))
        if not is_reason(text):
            raise UserError(self.env._("%(line)s: write what is done about it.", line=self._describe()))
        before = snapshots(self, ("state", "expected_date", "owner_id"))
        expected = fields.Datetime.to_datetime(date)
        vals = {"answered_by": self.env.uid, "answered_on": fields.Datetime.now(), "answered_date": date,
                "countermeasure": text, "state": "promised", "expected_date": expected,
                "next_chase_date": self._get_next_chase(expected)}
        self.sudo()._write_followed(  # sudo: written by this action only; the right was checked
            before, {self.id: {name: value for name, value in vals.items() if name not in ("state", "expected_date")
                               or value != self[name]}})
        self.sudo()._message_log(body=self.env._(
            "%(user)s promises it for %(date)s: %(text)s", user=self.env.user.name, date=fields.Date.to_string(date),
            text=text))
        return True

    def action_find(self):
        """What was reported missing is there after all: the report is closed by hand (MAT-4).

        :raise UserError: the pegging finds it missing too; such a line closes by the receipt or the change itself
        """
        self._check_transition("find")
        for line in self.sudo():  # sudo: written by this action only
            if not line.reported_quantity or line.product_id.uom_id.compare(line.pegged_quantity, 0) > 0:
                raise UserError(self.env._(
                    "%(line)s closes by itself, when the goods are received or the order changes. Only what somebody "
                    "reported, and is there after all, is closed by hand.", line=line._describe()))
            before = snapshots(line, ("state", "expected_date", "owner_id"))
            line._write_followed(before, {line.id: {
                "state": "closed", "closing": "hand", "closed_on": fields.Datetime.now()}})
            line._message_log(body=self.env._("Found by %(user)s.", user=self.env.user.name))
        return True

    def _check_transition(self, operation):
        if operation == "answer" and not self.env.su:
            self.check_access("read")
            if any(line.owner_id != self.env.user for line in self) and not self.env.user.has_group(CHASER):
                raise AccessError(self.env._(
                    "%(line)s: answered by %(owner)s or by planning and purchasing.", line=self._describe(),
                    owner=self.owner_id.sudo().name or "–"))
        return super()._check_transition(operation)

    def _hand_over(self, cause, user, text):
        """Somebody else answers for the line from now on, for another cause. As superuser."""
        before = snapshots(self, ("state", "expected_date", "owner_id"))
        self._write_followed(before, {self.id: {
            name: value for name, value in (("cause", cause), ("owner_id", user.id)) if value != (
                self.owner_id.id if name == "owner_id" else self[name])}})
        self._message_log(body=text)

    def _take_back_report(self, still):
        """Of what was reported so much is still missing. As superuser."""
        for line in self:
            vals = {"reported_quantity": still, "quantity": max(line.pegged_quantity, still) or line.quantity}
            if not still and not line.pegged_quantity:
                vals |= {"state": "closed", "closing": "receipt", "closed_on": fields.Datetime.now()}
            line._write_followed(snapshots(line, ("state", "expected_date", "owner_id")), {line.id: vals})
