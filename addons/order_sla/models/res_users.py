from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        changed = self.filtered(lambda user: user.active != bool(vals["active"])) if "active" in vals else self.browse()
        result = super().write(vals)
        if changed:
            changed._sla_wake_clocks()
        return result

    def action_archive(self):
        """Archive the users; what open clocks have asked of them is asked of those who answer now (SLA-4).

        Odoo deletes the activities of whom it archives: those of clocks are out of its reach meanwhile.
        """
        # sudo: who archives a colleague need not see that colleague's clocks
        activities = self.env["mail.activity"].sudo().search([
            ("user_id", "in", self.ids), ("sla_clock_id.is_open", "=", True)])
        escalated = activities.filtered(lambda activity: not activity.sla_for_responsible)
        escalated_to = {activity: activity.user_id for activity in escalated}
        activities.with_context(mail_activity_quick_update=True).user_id = False
        result = super().action_archive()  # the clocks' new responsible takes over
        for activity, user in escalated_to.items():
            clock = activity.sla_clock_id
            activity.user_id = clock.policy_id._get_manager(clock.department_id, clock.company_id, [], but=user)
        return result

    def _sla_wake_clocks(self):
        """Look again at the clocks that these users may have had, or get, since they can or cannot be reached (SLA-4).

        Who has come back stands on no clock: all of the companies' clocks may be meant.
        """
        # sudo: who archives a colleague need not see that colleague's clocks
        users = self.sudo()
        domain = Domain("user_id", "in", users.ids)
        if back := users.filtered("active"):
            domain |= Domain("company_id", "in", back.company_ids.ids)
        self.env["sla.clock"].sudo().search(domain & Domain("is_open", "=", True))._wake()  # sudo: as above
