from odoo import api, fields, models
from odoo.exceptions import UserError


class ProjectTask(models.Model):
    """From the form of an item: an objection to its date, waiting for the customer, its preparation."""

    _inherit = "project.task"

    can_prepare = fields.Boolean(compute="_compute_can_prepare", export_string_translation=False)

    @api.depends("is_plan_item", "plan_state", "is_closed", "actual_start", "child_ids", "plan_department_id")
    def _compute_can_prepare(self):
        """What a workshop is going to begin: the production department of the settings and those below it; anybody,
        where none is named."""
        for item in self:
            # sudo: which department makes things is no secret
            workshop, department = item.company_id.sudo().expedite_department_id, item.plan_department_id.sudo()
            item.can_prepare = (
                item.is_plan_item and item.plan_state == "released" and not item.is_closed and not item.actual_start
                and not item.child_ids
                and (not workshop or str(workshop.id) in (department.parent_path or "").split("/")))

    def action_new_objection(self):
        """Object to the planned date of this item (PLN-9)."""
        return self._new_paper("project.plan.objection", self.env._("Objection"))

    def action_new_wait(self):
        """Record that this item waits for the customer (PLN-16)."""
        return self._new_paper("project.plan.wait", self.env._("Waiting for the Customer"))

    def action_check_preparation(self):
        """The preparation check of this item: the one that has begun, else a new one (PLN-13)."""
        self.ensure_one()
        begun = self.env["project.plan.preparation"].search(
            [("task_id", "=", self.id), ("state", "=", "draft")], limit=1)
        if not begun:
            self._check_can_prepare()
        action = self._new_paper("project.plan.preparation", self.env._("Preparation Check"))
        return {**action, "res_id": begun.id}

    def action_report_to_planner(self):
        """What the workshop found on its round and cannot solve itself is reported to the planner (PLN-14)."""
        action, plan = self.action_new_contact_sheet(), self.project_id
        if not plan.planner_id:
            raise UserError(self.env._(
                "%(plan)s has no planner whom this could be reported to. Enter one in the plan.", plan=plan.name))
        # sudo: hr data; which department the planner works in is no secret
        employees = plan.planner_id.sudo().employee_ids
        department = employees.filtered(lambda employee: employee.company_id == plan.company_id).department_id[:1]
        return {**action, "context": {
            **action["context"], "default_subject": f"{plan.name} · {self.name}",
            "default_to_department_id": department.id, "default_to_user_id": plan.planner_id.id}}

    def _check_can_prepare(self):
        """:raise UserError: no item that a workshop is going to begin"""
        for item in self:
            if not item.can_prepare:
                raise UserError(self.env._(
                    "%(item)s: prepared is what the production department, or one below it, has not begun yet in a "
                    "released plan. Settings → Time Limits → Expedite Notices names the department.",
                    item=item.display_name))

    def _new_paper(self, model, name):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "context": {"default_task_id": self.id},
        }

    def _is_delivery(self):
        """Whether the item is the delivery to the customer; addons that know deliveries say so (PLN-8)."""
        self.ensure_one()
        return False
