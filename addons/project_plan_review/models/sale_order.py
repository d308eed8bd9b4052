from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    plan_project_ids = fields.One2many("project.project", "plan_order_id", string="Master Plans", copy=False)
    plan_project_id = fields.Many2one("project.project", string="Master Plan", compute="_compute_plan_project_id")
    plan_forecast = fields.Datetime(string="Forecast Finish", compute="_compute_plan_project_id")
    plan_is_delayed = fields.Boolean(string="Delayed", compute="_compute_plan_project_id")

    @api.depends("plan_project_ids.plan_state", "plan_project_ids.forecast_finish", "plan_project_ids.is_delayed")
    def _compute_plan_project_id(self):
        for order in self:
            # sudo: which plan it is and when it ends belongs to the order, whoever may open the plan
            plan = order.sudo().plan_project_ids.filtered(lambda project: project.plan_state != "cancelled")[:1]
            order.plan_project_id = plan
            order.plan_forecast = plan.forecast_finish
            order.plan_is_delayed = plan.is_delayed

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
