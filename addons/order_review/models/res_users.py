from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_review_department_ids(self):
        """Ids of the departments in whose name the user may sign.

        The own departments and those above them that they belong to, and every department below one
        that the user manages.
        """
        self.ensure_one()
        own = self.sudo().employee_ids.department_id  # hr data of oneself
        above = {int(node) for path in own.mapped("parent_path") for node in (path or "").split("/") if node}
        return sorted(above | set(self._get_own_departments().ids))
