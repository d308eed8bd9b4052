from odoo import http
from odoo.http import request
from odoo.tools import file_open
from odoo.tools.json import scriptsafe

from odoo.addons.web_outbox.tools.device_user import remember_user

WORKER = "aftersales_visit/static/worker/visit_worker.js"
#: Whose words the page speaks.
ADDONS = ("web", "web_outbox", "aftersales_visit")


class VisitPage(http.Controller):
    """The technician's page: a small one of its own, which opens without network too (AFT-3)."""

    @http.route("/visits", type="http", auth="user", methods=["GET"], readonly=True)
    def page(self, **_kw):
        """The page; what it shows comes by itself."""
        if not request.env.user._is_internal():
            return request.redirect("/my/visits")
        words, _lang = request.env["ir.http"]._get_translations_for_webclient(ADDONS, request.env.lang)
        facts = {
            "user": request.env.uid, "name": request.env.user.name,
            "lang": (request.env.lang or "en_US").replace("_", "-"),
            "words": {addon: {row["id"]: row["string"] for row in found["messages"]} for addon, found in words.items()
                      if addon != "web"}}
        response = request.render("aftersales_visit.visit_page", {"facts": scriptsafe.dumps(facts)})
        response.headers["Cache-Control"] = "no-store"  # the worker keeps it, and knows when
        remember_user(response, request.env.uid)
        return response

    @http.route("/visits/data", type="jsonrpc", auth="user", methods=["POST"], readonly=True)
    def data(self):
        """His visits, for the page and for the device to keep."""
        return request.env["service.visit"]._get_page()

    @http.route("/visits/worker.js", type="http", auth="public", methods=["GET"], readonly=True)
    def worker(self):
        """The service worker, of this page only: Odoo's own stays as it is."""
        with file_open(WORKER) as file:
            return request.make_response(file.read(), [
                ("Content-Type", "text/javascript"), ("Service-Worker-Allowed", "/visits"),
                ("Cache-Control", "no-cache")])
