from odoo import models


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"
