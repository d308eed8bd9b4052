from odoo import api, fields, models


class QualityInspectionReplan(models.TransientModel):
    _name = "quality.inspection.replan"
    _description = "Change the Plan of an Inspection"

    inspection_ids = fields.Many2many(
        "quality.inspection", string="Inspections", required=True, readonly=True,
        default=lambda self: self.env.context.get("active_ids"))
    fitting_plan_ids = fields.Many2many("quality.inspection.plan", compute="_compute_fitting_plan_ids")
    plan_id = fields.Many2one(
        "quality.inspection.plan", required=True, domain="[('id', 'in', fitting_plan_ids)]")
    reason = fields.Char(required=True)

    @api.depends("inspection_ids")
    def _compute_fitting_plan_ids(self):
        for wizard in self:
            wizard.fitting_plan_ids = wizard.inspection_ids._origin._get_fitting_plans()

    def action_confirm(self):
        """Change the plan; see ``quality.inspection.action_change_plan``.

        :raise UserError: the user is not the head of quality, an inspection has been started, or the plan does not fit
        """
        self.ensure_one()
        self.inspection_ids.action_change_plan(self.plan_id.id, self.reason)
        return {"type": "ir.actions.act_window_close"}
