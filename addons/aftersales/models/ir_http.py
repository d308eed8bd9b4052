from odoo import models


class IrHttp(models.AbstractModel):
    """The messages on the customers' pages speak the customer's language."""

    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        # the portal's messages are drawn by "mail", and Odoo's list knows only "portal": "The conversation is empty."
        return [*super()._get_translation_frontend_modules_name(), "mail"]
