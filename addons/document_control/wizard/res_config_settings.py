from odoo import models


class ResConfigSettings(models.TransientModel):
    """Limits and days that the addons of the suite ask for in the settings are numbers that can be kept."""

    _name = "res.config.settings"
    _inherit = ["res.config.settings", "document.number.mixin"]
