from odoo import models


class HrDepartment(models.Model):
    _inherit = "hr.department"

    def _get_review_signers(self, company):
        """Users who may answer for the department: reviewers among its people, and its managers up the tree."""
        self.ensure_one()
        reviewers = self.env.ref("order_review.group_order_review_user").sudo().all_user_ids
        return reviewers.filtered(
            lambda user: user.active and not user.share and company in user.company_ids
            and self.id in user._get_review_department_ids()).sudo(False)
