from odoo import fields, models


class ProjectTask(models.Model):
    _inherit = "project.task"

    done_rule = fields.Selection(
        selection_add=[("purchase", "Purchases in store")], ondelete={"purchase": "set default"})
