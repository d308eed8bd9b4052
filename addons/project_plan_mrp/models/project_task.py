from odoo import fields, models


class ProjectTask(models.Model):
    _inherit = "project.task"

    done_rule = fields.Selection(
        selection_add=[("production", "Manufacturing orders done"), ("workorder", "Work orders finished")],
        ondelete={"production": "set default", "workorder": "set default"})
