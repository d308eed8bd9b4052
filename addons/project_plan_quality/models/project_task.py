from odoo import fields, models


class ProjectTask(models.Model):
    _inherit = "project.task"

    done_rule = fields.Selection(
        selection_add=[("inspection", "Inspection passed")], ondelete={"inspection": "set default"})
