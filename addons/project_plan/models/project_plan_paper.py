from odoo import fields, models


class ProjectPlanPaper(models.AbstractModel):
    """What is recorded about a plan and signed: objections, waiting for the customer, warnings, risks."""

    _name = "project.plan.paper"
    _description = "Paper about a Plan"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _mail_post_access = "read"

    project_id = fields.Many2one(
        "project.project", string="Plan", required=True, index=True, ondelete="cascade",
        domain=[("is_plan", "=", True)])
    company_id = fields.Many2one(related="project_id.company_id", store=True, index=True)

    def _ask(self, activity_type, user, summary, deadline=None):
        """One person has one to-do on the paper."""
        self.ensure_one()
        if user:
            # sudo: a to-do for somebody else
            self.sudo().activity_schedule(
                activity_type, user_id=user.id, summary=summary,
                date_deadline=deadline or fields.Date.context_today(self))

    def _stop_asking(self):
        """Nobody has to do anything about the paper any more."""
        self.sudo().activity_ids.unlink()  # sudo: to-dos of others

    def _tell(self, users, text):
        """Tell people, who follow the paper from now on and can open it."""
        self.ensure_one()
        partners = users.filtered("active").partner_id
        paper = self.sudo()  # sudo: followers are added by whoever acts
        paper.message_subscribe(partners.ids)
        paper.message_post(body=text, partner_ids=partners.ids, subtype_xmlid="mail.mt_note")
