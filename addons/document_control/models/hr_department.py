from odoo import models


class HrDepartment(models.Model):
    _inherit = "hr.department"

    def _get_managers(self, company):
        """Managers from this department up to the topmost one.

        A manager counts where he can act for the company: employee and user are active, the user belongs to it.

        :param company: res.company whose document it is
        :return: list of pairs (department, user); the user is empty where nobody can be reached. As superuser:
            employees are hidden from most users
        """
        chain, department, seen = [], self.sudo(), set()
        while department and department.id not in seen:
            seen.add(department.id)
            manager, user = department.manager_id, department.manager_id.user_id
            reachable = manager.active and user.active and company in user.company_ids
            chain.append((department, user if reachable else user.browse()))
            department = department.parent_id
        return chain

    def _get_manager(self, company):
        """User who manages this very department and can act for the company.

        :return: res.users, empty where nobody can be reached
        """
        return next((user for _department, user in self._get_managers(company)), self.env["res.users"]).sudo(False)

    def _get_next_manager(self, company):
        """User who answers for the department in that company: its manager, else the next one up the tree.

        :return: res.users, empty where nobody can be reached
        """
        users = (user for _department, user in self._get_managers(company) if user)
        return next(users, self.env["res.users"]).sudo(False)
