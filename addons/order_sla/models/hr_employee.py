from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def write(self, vals):
        watched = {"active", "user_id", "department_id"}.intersection(vals)
        before = self._sla_reach() if watched else None
        result = super().write(vals)
        if watched:
            users, departments = self._sla_reach()
            # sudo: who keeps employees need not see the clocks
            self.env["sla.clock"].sudo().search([
                ("is_open", "=", True), "|", ("user_id", "in", (before[0] | users).ids),
                ("department_id", "child_of", (before[1] | departments).ids)])._wake()
        return result

    def _sla_reach(self):
        """Users of these employees, and departments whose clocks hang on them: their own and those they manage."""
        employees = self.sudo()  # sudo: managers of departments are looked up for everybody
        # sudo: as above
        managed = self.env["hr.department"].sudo().with_context(active_test=False).search(
            [("manager_id", "in", employees.ids)])
        return employees.user_id, employees.department_id | managed
