from odoo import api, models


class SwitchgearDemo(models.AbstractModel):
    """Stories of master plans: released, worked off, late, planned anew.

    A plan is called by the name of its order, an item by its own.
    """

    _inherit = "switchgear.demo"

    @api.model
    def _act_plan(self, name, hours_ago, method, *arguments):
        """Call a method of the order's master plan."""
        self._call(hours_ago, self._get_plan(name), method, *arguments)

    @api.model
    def _begin_item(self, name, hours_ago, item):
        """The person who answers for an item begins it."""
        self._call(hours_ago, self._get_item(name, item), "action_mark_begun")

    @api.model
    def _report_item(self, name, hours_ago, item, percent):
        """The person who answers for an item reports its progress; finished with 100."""
        self._call(hours_ago, self._get_item(name, item), "write", {"plan_progress": percent})

    @api.model
    def _work_off(self, name, *items):
        """An item after another is finished by its person, each at its hours ago."""
        for item, hours_ago in items:
            self._report_item(name, hours_ago, item, 100)

    def _get_plan(self, name):
        # sudo: a planner need not read the order to know its plan
        plan = self._get("order", name).sudo().plan_project_id
        return plan.with_env(self.env)

    def _get_item(self, name, item):
        found = self._get_plan(name).plan_item_ids.filtered(lambda task: task.name == item)
        return found.with_user(found.plan_user_id)
