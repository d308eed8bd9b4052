from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_landing_action_id(self):
        """Page that the user begins with, by the most special of his roles.

        :return: id of an ``ir.actions.actions``, False for those whose work has no single page
        """
        self.ensure_one()
        for group, heads, action in reversed(self._get_landings()):
            if self.has_group(group):
                page = self.env.ref(action, raise_if_not_found=False)  # a deleted page must keep nobody out
                return page.id if page and not any(self.has_group(head) for head in heads) else False
        return False

    def _get_landings(self):
        """Roles that have one page: (group, groups whose people do more than that, action), as external ids.

        A later one is more special.
        """
        return [("stock_gate_pass.group_gate_guard", (), "stock_gate_pass.gate_scan_action")]
