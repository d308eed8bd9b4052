from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.document_control.tools.entered_values import check_quantity

#: To-do of whoever asks, while the draft waits.
SUBMISSION = "purchase_request_control.mail_activity_type_request_submit"


class PurchaseRequest(models.Model):
    """What is missing for an order is asked for, each order by itself (MAT-2, MAT-4)."""

    _inherit = "purchase.request"

    @api.model
    def _make_for_shortage(self, product, quantity, uom, date_required, production, reason):
        """Draft request for what is missing of a product: one per manufacturing order, never merged across orders.

        :param quantity: all that is missing, in that unit; a draft line of the product is corrected to it
        :param date_required: date, datetime
        :param production: mrp.production, may be empty
        :return: purchase.request, in the name of the current user
        :raise UserError: a quantity that is none
        """
        if check_quantity(self.env, product.display_name, quantity) <= 0:
            raise UserError(self.env._(
                "%(product)s: nothing is missing (%(quantity)s). A request needs a quantity above zero.",
                product=product.display_name, quantity=f"{quantity:g}"))
        requests = self.sudo()  # sudo: whoever reports a shortage asks for it; purchasing and approval come later
        company = production.company_id or self.env.company
        request = production and requests.search([
            ("state", "=", "draft"), ("request_kind", "=", "shortage"), ("production_id", "=", production.id),
            ("company_id", "=", company.id)], limit=1)
        if not request:
            receipts = production.picking_type_id.warehouse_id.in_type_id
            request = requests.with_company(company).with_context(company_id=company.id).create({
                **({"picking_type_id": receipts.id} if receipts else {}),
                "request_kind": "shortage", "production_id": production.id, "origin": production.name,
                "company_id": company.id, "requested_by": self.env.uid, "description": reason,
                "reference_ids": [Command.set(production.reference_ids.ids)]})
        day = fields.Date.to_date(date_required) or fields.Date.context_today(self)
        line = request.line_ids.filtered(
            lambda line: line.product_id == product and line.product_uom_id == uom and not line.cancelled)[:1]
        if line:
            line.write({"product_qty": quantity, "date_required": min(line.date_required, day)})
        else:
            request.line_ids.create({
                "request_id": request.id, "product_id": product.id, "name": product.display_name,
                "product_qty": quantity, "product_uom_id": (uom or product.uom_id).id, "date_required": day})
        request._remind_of_approval()
        return request.sudo(self.env.su)

    def _remind_of_approval(self):
        """A draft that another document has made waits for whoever asks: else nobody would know of it."""
        for request in self.filtered(lambda request: request.requested_by.active):
            if not request.activity_ids.filtered(lambda todo: todo.activity_type_id == self.env.ref(SUBMISSION)):
                words = request.with_context(lang=request.requested_by.lang)
                words.activity_schedule(
                    SUBMISSION, user_id=request.requested_by.id, summary=words.env._(
                        "%(request)s is a draft: ask for its approval", request=request.name))
