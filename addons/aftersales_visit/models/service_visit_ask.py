from odoo import models

PLAN = "aftersales_visit.mail_activity_type_plan"
GO = "aftersales_visit.mail_activity_type_go"


class ServiceVisit(models.Model):
    """Who has to do something: the head plans, the technicians go (AFT-3)."""

    _inherit = "service.visit"

    def _ask_next(self):
        """The to-dos of whoever is next; the others end."""
        for visit in self.sudo():  # sudo: to-dos of others
            kind, users, day = visit._get_next()
            visit.activity_unlink([other for other in (PLAN, GO) if other != kind])
            there = visit.activity_search([kind]) if kind else visit.activity_ids.browse()
            there.filtered(lambda todo, users=users: todo.user_id not in users).unlink()
            for user in users - there.exists().user_id:
                visit.message_subscribe(user.partner_id.ids)
                visit.activity_schedule(kind, user_id=user.id, summary=visit.display_name, date_deadline=day)

    def _get_next(self):
        """Triple (type of to-do, who, by when)."""
        nobody = self.env["res.users"]
        today = self.company_id._get_today()
        if self.state == "draft":
            planner = self.request_id.user_id or self.request_id.department_id._get_next_manager(self.company_id)
            return PLAN, (planner or nobody).filtered("active"), today
        if self.state in ("planned", "under_way"):
            day = self.planned_start and self.company_id._get_day(self.planned_start) or today
            return GO, self._get_people().filtered("active"), day
        return None, nobody, today
