from odoo import models


class OrderChange(models.Model):
    _inherit = "order.change"

    def _describe_for_service(self):
        """Number, kind and what changes, in one line."""
        self.ensure_one()
        reason = (self.reason or "").strip().splitlines() or [""]
        return f"{self.name} {self._get_selection_label('kind')} ({self._get_selection_label('state')}): {reason[0]}"
