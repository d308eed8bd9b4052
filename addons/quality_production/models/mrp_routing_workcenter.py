from odoo import fields, models


class MrpRoutingWorkcenter(models.Model):
    _inherit = "mrp.routing.workcenter"

    is_key_operation = fields.Boolean(
        string="Key Operation", tracking=True, help="Named by production; quality confirms it on the process card.")
    is_special_process = fields.Boolean(
        string="Special Process", tracking=True, help="Named by engineering; quality confirms it on the process card.")
    control_method = fields.Text(
        help="How quality controls this operation. If empty, the control method of the work centre holds.")
    control_point_ids = fields.One2many(
        "process.control.point", "operation_id", string="Control Points", copy=True,
        help="What the operator checks himself and signs.")
    time_change_ids = fields.One2many("process.time.change", "operation_id", string="Reported Times")

    def _get_control_method(self, workcenter):
        """Control method of the operation, or of the work centre where it runs (FQC-2)."""
        return self.control_method or workcenter.control_method or False
