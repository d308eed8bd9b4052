from odoo import api, fields, models


class QualityReason(models.TransientModel):
    _inherit = "quality.reason"

    operation = fields.Selection(
        selection_add=[("task", "Done"), ("effective", "Effective"), ("ineffective", "Not Effective")],
        ondelete=dict.fromkeys(("task", "effective", "ineffective"), "cascade"))

    @api.model
    def _get_operations(self):
        return {
            **super()._get_operations(),
            "task": ("quality.corrective.task", "action_done"),
            "effective": ("quality.corrective.action", "action_effective"),
            "ineffective": ("quality.corrective.action", "action_ineffective"),
        }
