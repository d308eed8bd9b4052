from odoo import http
from odoo.http import request

from odoo.addons.web_outbox.tools.page import make_worker, render_page


class VisitPage(http.Controller):
    """The technician's page: a small one of its own, which opens without network too (AFT-3)."""

    @http.route("/visits", type="http", auth="user", methods=["GET"], readonly=True)
    def page(self, **_kw):
        """The page; what it shows comes by itself."""
        if not request.env.user._is_internal():
            return request.redirect("/my/visits")
        return render_page("aftersales_visit.visit_page", ("web_outbox", "aftersales_visit"))

    @http.route("/visits/data", type="jsonrpc", auth="user", methods=["POST"], readonly=True)
    def data(self):
        """His visits, for the page and for the device to keep."""
        return request.env["service.visit"]._get_page()

    @http.route("/visits/worker.js", type="http", auth="public", methods=["GET"], readonly=True)
    def worker(self):
        """The service worker, of this page only."""
        return make_worker("/visits")
