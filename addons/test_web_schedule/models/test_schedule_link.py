from odoo import fields, models


class TestScheduleLink(models.Model):
    _name = "test.schedule.link"
    _description = "Test Link"

    source_id = fields.Many2one("test.schedule.item", required=True, index=True, ondelete="cascade")
    target_id = fields.Many2one("test.schedule.item", required=True, index=True, ondelete="cascade")
    kind = fields.Selection(
        [("fs", "Finish to start"), ("ss", "Start to start"), ("ff", "Finish to finish"), ("sf", "Start to finish")],
        default="fs", required=True)
