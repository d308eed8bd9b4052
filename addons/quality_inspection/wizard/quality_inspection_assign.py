from odoo import fields, models


class QualityInspectionAssign(models.TransientModel):
    _name = "quality.inspection.assign"
    _description = "Assign an Inspector"

    inspection_ids = fields.Many2many(
        "quality.inspection", string="Inspections", required=True, readonly=True,
        default=lambda self: self.env.context.get("active_ids"))
    user_id = fields.Many2one(
        "res.users", string="Inspector", required=True,
        domain=lambda self: [("all_group_ids", "in", self.env.ref("quality_inspection.group_quality_user").ids),
                             ("company_ids", "in", self.env.company.ids)])

    def action_confirm(self):
        """Give the inspections to the inspector; see ``quality.inspection.action_assign_inspector``.

        :raise UserError: the user is not the head of quality, or an inspection has been started
        """
        self.ensure_one()
        self.inspection_ids.action_assign_inspector(self.user_id.id)
        return {"type": "ir.actions.act_window_close"}
