from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    sla_clock_id = fields.Many2one(
        "sla.clock", string="Time Limit Clock", ondelete="set null", index="btree_not_null", readonly=True, copy=False)
