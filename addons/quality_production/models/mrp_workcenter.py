from odoo import fields, models


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    process_leader_id = fields.Many2one(
        "res.users", string="Team Leader", tracking=True,
        help="Is told of defects found here and signs the daily check.")
    is_special_process = fields.Boolean(
        string="Special Process", tracking=True,
        help="Every operation of this work centre is a special process: its result cannot be fully verified "
             "afterwards, so quality confirms it while it runs.")
    control_method = fields.Text(help="How quality controls the operations of this work centre.")
