from odoo import models


class QualityDisposition(models.Model):
    """Finished goods leave the inspection area for the stock only when their defects are settled (FQC-5)."""

    _inherit = "quality.disposition"

    def _apply(self):
        for disposition in self:
            if disposition.kind in ("accept", "concession", "urgent") and disposition.inspection_id:
                disposition.inspection_id._check_release()
        return super()._apply()
