from odoo import models


class ProjectTask(models.Model):
    """From the form of an item: an objection to its date, waiting for the customer, its preparation."""

    _inherit = "project.task"

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
        action = self._new_paper("project.plan.preparation", self.env._("Preparation Check"))
        return {**action, "res_id": begun.id}

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
