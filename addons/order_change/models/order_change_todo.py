from odoo import api, models

from .order_change import APPROVER

TODO = "order_change.mail_activity_type_%s"


class OrderChange(models.Model):
    """Who is asked for the next step of a change; each to-do ends with its step."""

    _inherit = "order.change"

    @api.model_create_multi
    def create(self, vals_list):
        changes = super().create(vals_list)
        changes.sudo()._ask_assessment()  # the to-do of who answers for it
        return changes

    def _proceed(self):
        """Somebody is asked for the next step."""
        for change in self:
            change._close_activities()
            if change.next_step == "customer" and change.customer_state == "none":
                change._ask_customer()
            step = change.next_step
            asked = {"review": change._get_desk, "approve": lambda change=change: change._get_approvers()[:1],
                     "customer": lambda change=change: change.user_id or change.responsible_id}.get(step)
            if asked:
                change._remind(step, asked())

    def _ask_assessment(self):
        for change in self:
            change._close_activities()
            if change.responsible_id and change.responsible_id != self.env.user:
                change._remind("assess", change.responsible_id)

    def _remind(self, step, user):
        if user and user.active:
            self.activity_schedule(TODO % step, user_id=user.id, summary=self._get_todo_summary())

    def _get_todo_summary(self):
        """Which order a to-do is about, as the person who gets it knows it."""
        return ", ".join(filter(None, (self.name, self.order_name, self.partner_name, self.project_name)))

    def _close_activities(self):
        self.activity_unlink([TODO % step for step in ("assess", "review", "approve", "customer")])

    def _get_desk(self):
        return self.order_id.desk_department_id._get_next_manager(self.company_id)

    def _get_approvers(self):
        """Users who may approve it: not who drew it up or assessed it, unless the company lets him."""
        change = self.sudo()  # who they are is no secret
        users = self.env.ref(APPROVER).sudo().all_user_ids.filtered(
            lambda user: user.active and not user.share and change.company_id in user.company_ids)
        if change.company_id.order_change_own_approval:
            return users
        return users - change.create_uid - (change.assessed_by or self.env.user)

    def _tell_asker(self, text):
        """Who entered the change, and its salesperson, are told."""
        self.message_post(
            body=text, partner_ids=((self.create_uid | self.user_id) - self.env.user).partner_id.ids,
            subtype_xmlid="mail.mt_note")
