from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    loading_check_required = fields.Boolean(
        string="Loading Check",
        help="What leaves by a delivery notice leaves only after its loading check: every crate, line and serial "
             "number was scanned.")
