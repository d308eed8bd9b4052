from odoo import http
from odoo.http import request

from odoo.addons.web_outbox.tools.page import make_worker, render_page

COLOUR = "#1f6f78"


class ScanPage(http.Controller):
    """The page of the warehouse: a small one of its own, which opens without network too (SCN-1, SCN-3)."""

    @http.route("/scan", type="http", auth="user", methods=["GET"], readonly=True)
    def page(self, **_kw):
        """The page; what it shows comes by itself. ``?flow=...&model=...&id=...`` begins with a document."""
        if not request.env.user._is_internal():
            return request.redirect("/my")
        (_tag, camera), = request.env["ir.qweb"]._get_asset_nodes("warehouse_scan.assets_camera", css=False)
        me = request.env.user
        companies = [{"id": company.id, "name": company.name} for company in me.company_id | me.company_ids]
        return render_page(
            "warehouse_scan.scan_page", ("web_outbox", "warehouse_scan"), camera=camera["src"], companies=companies,
            flows=self._get_flows())

    @http.route("/scan/data", type="jsonrpc", auth="user", methods=["POST"], readonly=True)
    def data(self, company=None):
        """Whose session this is, and the flows that the first page shows.

        :param company: id of the company that the device works in; one's own where it is none of his
        """
        return {"user": request.env.uid, "flows": self._get_flows(company)}

    def _get_flows(self, company=None):
        runs = request.env["scan.run"]
        return runs.with_context(allowed_company_ids=runs._get_company(company).ids).get_flows()

    @http.route("/scan/worker.js", type="http", auth="public", methods=["GET"], readonly=True)
    def worker(self):
        """The service worker, of this page only."""
        return make_worker("/scan")

    @http.route("/scan/manifest.webmanifest", type="http", auth="public", methods=["GET"], readonly=True)
    def manifest(self):
        """What a phone needs to install the page as an app of its own."""
        icons = [{"src": f"/warehouse_scan/static/img/icon-{size}.png", "sizes": f"{size}x{size}",
                  "type": "image/png", "purpose": purpose}
                 for size in (192, 512) for purpose in ("any", "maskable")]
        return request.make_json_response({
            "name": request.env._("Warehouse"), "id": "/scan", "scope": "/scan", "start_url": "/scan",
            "display": "standalone", "background_color": COLOUR, "theme_color": COLOUR, "icons": icons,
        }, {"Content-Type": "application/manifest+json"})
