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
        self.ensure_one()
        return self.instruction_id._get_records_action(name=self.env._("Production Instruction"))

    def _join_order(self, order):
        """The order's new documents belong to the plan; those of a plan of it that was ended, too."""
        self.ensure_one()
        former = order.project_id
        if not former:
            order.project_id = self
        elif former.plan_order_id == order and former.plan_state == "cancelled":
            self._take_over(former)

    def action_cancel_plan(self):
        """End the plan; what belonged to it tells from now on of the order's other plan, where there is one."""
        result = super().action_cancel_plan()
        for former in self.filtered("plan_order_id"):
            # sudo: whoever plans need not be able to write orders and documents of all kinds
            if plan := former.sudo().plan_order_id.plan_project_id:
                plan._take_over(former)
        return result

    def _take_over(self, former):
        """The order and its documents belong to this plan, no longer to the former one."""
        if self.plan_order_id.project_id == former:
            self.plan_order_id.project_id = self
        for documents in self.env["project.task"]._get_document_models():
            for path in documents._plan_project_paths:
                owner, _dot, name = path.rpartition(".")
                found = documents.search([(path, "=", former.id)])
                owners = found.mapped(owner) if owner else found
                owners.filtered(lambda one, name=name: one[name] == former).write({name: self.id})
