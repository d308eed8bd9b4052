from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_own_departments(self):
        """Departments in whose name the user speaks: his own, and each at or below one that he manages.

        :return: hr.department, with the caller's rights
        """
        self.ensure_one()
        employees = self.sudo().employee_ids  # sudo: hr data of oneself
        departments = self.env["hr.department"].sudo()  # sudo: who manages them is no secret
        managed = departments.search([("manager_id", "in", employees.ids)])
        below = departments.search([("id", "child_of", managed.ids)]) if managed else managed
        return (employees.department_id | below).sudo(False)
