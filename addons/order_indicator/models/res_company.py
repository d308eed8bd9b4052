from odoo import fields, models

WEEKDAYS = [
    ("0", "Monday"), ("1", "Tuesday"), ("2", "Wednesday"), ("3", "Thursday"), ("4", "Friday"), ("5", "Saturday"),
    ("6", "Sunday")]


class ResCompany(models.Model):
    _inherit = "res.company"

    indicator_digest_day = fields.Selection(
        WEEKDAYS, string="Day of the Digest", default="0",
        help="Weekday, in the company's time zone, on which who has subscribed gets the digest of the last week. "
        "Left empty: none is sent.")
