from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Who works at one page, like the guard at his gate, begins there, unless he chose another page."""
        info = super().session_info()
        if info.get("is_internal_user") and not info.get("home_action_id"):
            info["home_action_id"] = self.env.user._get_landing_action_id()
        return info
