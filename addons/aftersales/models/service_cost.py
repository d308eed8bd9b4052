from odoo import api, fields, models

from .service_request import STAFF

KINDS = [
    ("parts", "Parts"), ("repair", "Repair"), ("hours", "Hours"), ("travel", "Travel"), ("freight", "Freight"),
    ("scrap", "Scrap"), ("other", "Other")]
#: What whoever enters a cost writes.
PAPER = {"kind", "date", "name", "amount", "supplier_id"}


class ServiceCost(models.Model):
    """What a request costs beside the goods that move for it: freight, travel, hours (AFT-5).

    What documents of other addons cost is read from them: ``service.cost.report._get_sources``.
    """

    _name = "service.cost"
    _inherit = ["document.control.mixin"]
    _description = "Cost of a Request"
    _order = "date desc, id desc"
    _check_company_auto = True

    request_id = fields.Many2one(
        "service.request", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="request_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, required=True, default="freight", index=True)
    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    name = fields.Char(string="For What", required=True)
    amount = fields.Monetary(required=True)
    supplier_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="restrict", help="Carrier, or whoever else is paid.")

    _amount_positive = models.Constraint("CHECK(amount >= 0)", "A cost cannot be negative.")

    @api.model
    def _get_creatable_fields(self):
        return PAPER | {"request_id"} if self.env.user.has_group(STAFF) else set()

    def _get_open_fields(self):
        return PAPER if self.env.user.has_group(STAFF) else set()
