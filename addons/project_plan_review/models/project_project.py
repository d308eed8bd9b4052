from odoo import api, fields, models

END_TYPE = "project_plan_review.mail_activity_type_plan_end"


class ProjectProject(models.Model):
    _inherit = "project.project"

    instruction_id = fields.Many2one(
        "production.instruction", string="Production Instruction", readonly=True, copy=False,
        index="btree_not_null", ondelete="restrict")
    plan_order_id = fields.Many2one(
        related="instruction_id.order_id", string="Sales Order", store=True, index="btree_not_null")

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"instruction_id", "plan_order_id"}

    def write(self, vals):
        result = super().write(vals)
        if {"plan_state", "plan_revision"}.intersection(vals):
            self.sudo().activity_unlink([END_TYPE])  # sudo: a to-do of the planner's, who has ended or changed the plan
        return result

    def _get_sales_user(self):
        """The order's salesperson."""
        return self.plan_order_id.user_id or super()._get_sales_user()

    def action_view_instruction(self):
        """Open the production instruction that the plan was made from."""
        return self.instruction_id._get_records_action(name=self.env._("Production Instruction"))

    def _join_order(self, order):
        """The order's documents belong to the plan, unless they belong to one of it that goes on."""
        former = order.project_id
        if self and (not former or former.plan_order_id == order and former.plan_state == "cancelled"):
            order.project_id = self
            self._take_over(former)

    def _on_ended(self):
        """What belonged to the plan tells from now on of the order's other one."""
        for order in self.sudo().plan_order_id:  # sudo: whoever plans need not be able to write orders
            order.plan_project_id._join_order(order)
