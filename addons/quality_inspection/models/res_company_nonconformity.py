from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    quality_review_department_ids = fields.Many2many(
        "hr.department", "quality_review_department_rel", "company_id", "department_id",
        string="Departments in the Material Review",
        help="Departments that sign the review of major and critical nonconformities (NCR-6).")

    def _get_quality_review_departments(self):
        """Departments asked when a nonconformity names none (NCR-6)."""
        self.ensure_one()
        # sudo: departments are hidden from most users; they are named on the report
        return self.sudo().quality_review_department_ids.sudo(False)
