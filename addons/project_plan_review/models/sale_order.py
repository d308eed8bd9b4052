from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    plan_project_ids = fields.One2many("project.project", "plan_order_id", string="Master Plans", copy=False)
    plan_project_id = fields.Many2one("project.project", string="Master Plan", compute="_compute_plan_project_id")
    plan_forecast = fields.Datetime(related="plan_project_id.forecast_finish", string="Forecast Finish", related_sudo=True)
    plan_progress = fields.Float(related="plan_project_id.plan_progress", string="Plan Progress", related_sudo=True)
    plan_is_delayed = fields.Boolean(related="plan_project_id.is_delayed", string="Delayed", related_sudo=True)

    @api.depends("plan_project_ids.plan_state")
    def _compute_plan_project_id(self):
        for order in self:
            # sudo: which plan it is belongs to the order, whoever may open the plan
            order.plan_project_id = order.sudo().plan_project_ids.filtered(
                lambda project: project.plan_state != "cancelled")[:1]

    def write(self, vals):
        result = super().write(vals)
        if "commitment_date" in vals:
            for order in self:
                plan = order.plan_project_id.sudo()  # sudo: the promise is the order's, the plan follows it
                if plan.plan_state in ("draft", "released") and order.commitment_date:
                    plan.promised_date = order._get_requested_date()
        return result

    def action_view_plan(self):
        """Open the master plan of the order."""
        self.ensure_one()
        return self.plan_project_id.action_view_plan()
