from odoo import fields, models


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "document.number.mixin"]

    delivery_notice_required = fields.Boolean(
        string="Deliver by Notice",
        help="What was sold leaves with a released delivery notice only, whoever validates the transfer.")
    delivery_page_days = fields.Integer(
        string="Days of a Crate's Page", default=90,
        help="Days after the shipment for which the code on a crate opens its page.")
    delivery_file_size = fields.Integer(
        string="Largest Photo (MB)", default=10,
        help="Largest file that the site may send, in megabytes. Phones make their photos smaller before they send "
        "them.")

    _delivery_limits = models.Constraint(
        "CHECK(delivery_page_days BETWEEN 1 AND 730 AND delivery_file_size BETWEEN 1 AND 50)",
        "Deliveries: the code on a crate holds 1 to 730 days, a photo has 1 to 50 MB.")
