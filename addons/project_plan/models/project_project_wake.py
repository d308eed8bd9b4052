from odoo import api, models
from odoo.fields import Domain


class ProjectProject(models.Model):
    """Which plans move when working time does, before the transaction ends."""

    _inherit = "project.project"

    @api.model
    def _working_time_changed(self, calendars=None, companies=None):
        """A calendar, holiday or extra working day has changed: plans that count by it are computed anew."""
        plans = self.browse()
        if calendars:
            plans |= self._get_plans_by_calendar(calendars)
        if companies:
            # sudo: who changes working hours need not see the plans
            plans |= self.sudo().search(self._get_living_plans_domain() & Domain("company_id", "in", companies.ids))
        plans._reschedule_later()

    @api.model
    def _people_changed(self, users):
        """Working time of these people has changed: plans in which they do something are computed anew."""
        if users:
            self._get_plans_by_items([("plan_user_id", "in", users.ids)])._reschedule_later()

    @api.model
    def _get_living_plans_domain(self):
        return Domain("is_plan", "=", True) & Domain("plan_state", "in", ("draft", "released"))

    @api.model
    def _get_plans_by_items(self, domain):
        """Living plans with an open item that matches."""
        # sudo: who changes working time need not see the plans
        groups = self.env["project.task"].sudo()._read_group(
            Domain(domain) & Domain("is_plan_item", "=", True) & Domain("actual_finish", "=", False)
            & Domain("project_id", "any", self._get_living_plans_domain()), ["project_id"])
        return self.sudo().concat(*(project for (project,) in groups))  # sudo: as above

    @api.model
    def _get_plans_by_calendar(self, calendars):
        """Living plans in which somebody, a department or the company works by one of the calendars."""
        # sudo: who changes working hours need not see employees and plans
        people = self.env["hr.employee"].sudo().search([("resource_calendar_id", "in", calendars.ids)]).user_id
        by_items = self._get_plans_by_items(
            ["|", ("plan_department_id.resource_calendar_id", "in", calendars.ids), ("plan_user_id", "in", people.ids)])
        return by_items | self.sudo().search(  # sudo: as above
            self._get_living_plans_domain() & Domain("company_id.resource_calendar_id", "in", calendars.ids))
