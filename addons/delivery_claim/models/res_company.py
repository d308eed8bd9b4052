from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    delivery_claim_days = fields.Integer(
        string="Claims Within (Days)", default=7,
        help="Calendar days after the receipt within which carriers take a claim, where their shipping method says "
        "nothing else.")
    delivery_trace_days = fields.Integer(
        string="Trace After (Days)", default=3,
        help="Calendar days after the expected arrival without a receipt, after which a trace is opened by itself. "
        "0: by hand only.")
    delivery_claim_user_id = fields.Many2one(
        "res.users", string="Leads Claims", domain="[('share', '=', False)]",
        help="Who of logistics answers for claims and traces. Left empty: the order desk of the delivery notice.")
    delivery_freight_user_id = fields.Many2one(
        "res.users", string="Pays Freight", domain="[('share', '=', False)]",
        help="Who is told that a carrier's freight is held.")

    _delivery_claim_limits = models.Constraint(
        "CHECK(delivery_claim_days BETWEEN 1 AND 365 AND delivery_trace_days BETWEEN 0 AND 60)",
        "Claims: a carrier takes them for 1 to 365 days, a trace is opened after 0 to 60 days.")
