from odoo import api, fields, models
from odoo.exceptions import UserError

from .service_request import STAFF

KINDS = [
    ("parts", "Parts"), ("repair", "Repair"), ("hours", "Hours"), ("travel", "Travel"), ("freight", "Freight"),
    ("scrap", "Scrap"), ("other", "Other")]
#: What whoever enters a cost writes.
PAPER = {"kind", "date", "name", "amount", "supplier_id"}


class ServiceCost(models.Model):
    """What a request costs beside the goods that move for it: freight, travel, hours (AFT-5).

    Entered by hand, or booked by a document of another addon (:meth:`_book`), which then keeps it true.
    """

    _name = "service.cost"
    _inherit = ["document.control.mixin"]
    _description = "Cost of a Request"
    _order = "date desc, id desc"
    _check_company_auto = True

    request_id = fields.Many2one(
        "service.request", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="request_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, required=True, default="freight", index=True)
    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    name = fields.Char(string="For What", required=True)
    amount = fields.Monetary(required=True)
    supplier_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="restrict", help="Carrier, or whoever else is paid.")
    source = fields.Char(readonly=True, copy=False, export_string_translation=False)
    is_booked = fields.Boolean(
        compute="_compute_is_booked", help="Booked by a document of its own, which changes it.")

    _source_uniq = models.UniqueIndex(
        "(source) WHERE source IS NOT NULL", "The costs of this document are booked already.")
    _amount_positive = models.Constraint("CHECK(amount >= 0)", "A cost cannot be negative.")

    @api.depends("source")
    def _compute_is_booked(self):
        for cost in self:
            cost.is_booked = bool(cost.source)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_booked(self):
        for cost in self:
            if cost.source and not self.env.su:
                raise UserError(self.env._(
                    "%(cost)s was booked by a document of its own: correct that.", cost=cost.name))

    @api.model
    def _book(self, document, kind, request, amount, name, date, supplier=None):
        """Keep what a document costs: made, changed, or taken away where it costs nothing any more.

        :param document: record of another addon; of each kind it has one cost
        """
        source = f"{document._name},{document.id},{kind}"
        # sudo: booked costs are closed to everybody's hands
        cost = self.sudo().search([("source", "=", source)])
        if not amount:
            cost.unlink()
            return
        values = {"request_id": request.id, "kind": kind, "amount": amount, "name": name, "date": date,
                  "supplier_id": supplier and supplier.id}
        if cost:
            cost.write(values)
        else:
            cost.create({**values, "source": source})

    @api.model
    def _get_creatable_fields(self):
        return PAPER | {"request_id"} if self.env.user.has_group(STAFF) else set()

    def _get_open_fields(self):
        return PAPER if not self.source and self.env.user.has_group(STAFF) else set()
