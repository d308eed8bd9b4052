from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    order_change_own_approval = fields.Boolean(
        string="Own changes may be approved",
        help="Who has drawn up or assessed a change may approve it as well, if he has the right to approve.")
