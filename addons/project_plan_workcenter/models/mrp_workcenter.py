from odoo import models


class MrpWorkcenter(models.Model):
    _name = "mrp.workcenter"
    _inherit = ["mrp.workcenter", "project.plan.load.mixin"]

    _load_fields = ("resource_calendar_id", "company_id", "active")
