from odoo import api, fields, models


class MailActivity(models.Model):
    _name = "mail.activity"
    _inherit = ["mail.activity", "document.fence.mixin"]

    sla_clock_id = fields.Many2one(
        "sla.clock", string="Time Limit Clock", ondelete="set null", index="btree_not_null", readonly=True, copy=False)
    sla_for_responsible = fields.Boolean(
        readonly=True, copy=False, export_string_translation=False,
        help="Goes over to the new responsible when the clock is reassigned.")

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"sla_clock_id", "sla_for_responsible"}
