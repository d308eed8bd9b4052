from odoo import models
from odoo.http import request

from ..tools.device_user import COOKIE, remember_user


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _post_dispatch(cls, response):
        """A device that keeps pages is told whenever somebody else is logged in on it (ARC-5)."""
        result = super()._post_dispatch(response)
        known = request.httprequest.cookies.get(COOKIE)
        if known is not None and known != str(request.session.uid or 0):
            remember_user(response, request.session.uid or 0)
        return result
