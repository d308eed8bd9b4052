from odoo import models


class HrDepartment(models.Model):
    _inherit = "hr.department"

    def _get_reviewer(self, company):
        """User who answers for the department: its manager, else the next one up the tree.

        A manager without user, or whose user is archived or not of the company, is passed over.
        """
        department = self.sudo()  # employees are hidden from most users; only the user is handed out
        while department:
            user = department.manager_id.user_id
            if user.active and company in user.company_ids:
                return user.sudo(False)
            department = department.parent_id
        return self.env["res.users"]

    def _get_review_signers(self, company):
        """Users who may answer for the department: reviewers among its people, and its managers up the tree."""
        self.ensure_one()
        reviewers = self.env.ref("order_review.group_order_review_user").sudo().all_user_ids
        return reviewers.filtered(
            lambda user: user.active and not user.share and company in user.company_ids
            and self.id in user._get_review_department_ids()).sudo(False)
