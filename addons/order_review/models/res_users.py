from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_review_department_ids(self):
        """Ids of the departments in whose name the user may sign.

        The own departments and those above them that they belong to, and every department below one
        that the user manages.
        """
        self.ensure_one()
        employees = self.sudo().employee_ids  # hr data of oneself
        own = employees.department_id
        managed = self.env["hr.department"].sudo().search([("manager_id", "in", employees.ids)])
        above = {int(node) for path in own.mapped("parent_path") for node in (path or "").split("/") if node}
        below = managed.search([("id", "child_of", managed.ids)]).ids if managed else []
        return sorted(above | set(below))
