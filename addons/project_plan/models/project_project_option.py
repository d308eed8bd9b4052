from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.plan_network import HOUR
from ..tools.plan_times import PlanTimes
from .project_plan_option import PLAN_MANAGER


class ProjectProject(models.Model):
    """Ways out for a plan that misses its date (PLN-4)."""

    _inherit = "project.project"

    plan_option_ids = fields.One2many("project.plan.option", "project_id", string="Options")

    def action_offer_options(self):
        """Offer the ways out of a missed date, each with its effect; the planner completes and proposes them."""
        self.ensure_one()
        self._check_planner()
        self._check_plan_state("draft", "released")
        if not self.is_delayed:
            raise UserError(self.env._("%(plan)s keeps its promised date: there is nothing to decide.", plan=self.name))
        if not self.plan_option_ids.filtered_domain(self.plan_option_ids._get_open_options_domain()):
            self.env["project.plan.option"].create(self._prepare_options())
        return self.action_view_options()

    def action_view_options(self):
        """Options of the plan."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Options"),
            "res_model": "project.plan.option",
            "view_mode": "list,form",
            "domain": [("project_id", "=", self.id)],
            "context": {"default_project_id": self.id},
        }

    def _get_option_deciders(self):
        """Who decides how a missed date is met: the general manager, else all who may."""
        self.ensure_one()
        general = self.plan_item_ids.plan_department_id[:1]._get_general_manager(self.company_id)
        if general and general.has_group(PLAN_MANAGER):
            return general
        # sudo: who belongs to the group
        people = self.env.ref(PLAN_MANAGER).sudo().all_user_ids.filtered("active")
        return people.filtered(lambda user: self.company_id in user.company_ids)

    def _prepare_options(self):
        """Overtime on what is critical, the longest of it outside in half the time, or the date of the forecast."""
        self.ensure_one()
        critical = self._get_plan_items().filtered(
            lambda task: task.is_critical and not task.is_summary and not task.is_milestone)
        longest = critical.sorted("remaining_hours")[-1:]
        times = PlanTimes(critical)
        new_date = self._get_local_date(self.forecast_finish, times)
        options = [{"project_id": self.id, "kind": "date", "new_date": new_date}]
        if critical:
            day = times.get_time(longest).day_seconds / HOUR
            options += [
                {"project_id": self.id, "kind": "overtime", "item_ids": [Command.set(critical.ids)]},
                {"project_id": self.id, "kind": "outsourcing", "item_ids": [Command.set(longest.ids)],
                 "outsourced_days": round(longest.remaining_hours / day / 2, 1)}]
        return options

    def _get_local_date(self, moment, times):
        """Date on which it is, at the company."""
        zone = times.get_zone(self.company_id)
        return fields.Datetime.context_timestamp(self.with_context(tz=str(zone)), moment).date()
