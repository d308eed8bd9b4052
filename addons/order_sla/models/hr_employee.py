from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def write(self, vals):
        if not {"active", "user_id", "department_id"}.intersection(vals):
            return super().write(vals)
        before = self._sla_get_clocks()
        result = super().write(vals)
        (before | self._sla_get_clocks())._wake()
        return result

    def unlink(self):
        clocks = self._sla_get_clocks()
        result = super().unlink()
        clocks._wake()
        return result

    def _sla_get_clocks(self):
        """Open clocks that hang on these employees: their own, and those of departments they belong to or manage."""
        employees = self.sudo()  # sudo: who keeps employees need not see the clocks
        managed = self.env["hr.department"].sudo().with_context(active_test=False).search(  # sudo: as above
            [("manager_id", "in", employees.ids)])
        return self.env["sla.clock"].sudo().search([  # sudo: as above
            ("is_open", "=", True), "|", ("user_id", "in", employees.user_id.ids),
            ("department_id", "child_of", (employees.department_id | managed).ids)])
