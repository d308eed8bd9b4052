from odoo import models


class ResourceCalendarAttendance(models.Model):
    _inherit = "resource.calendar.attendance"
