from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager


class ReleasePortal(CustomerPortal):
    """The customer finds the documents that were released to him, as long as they are in force (AFT-4)."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "release_count" in counters:
            releases, domain = self._get_own_releases()
            values["release_count"] = releases.search_count(domain)
        return values

    @route(["/my/documents", "/my/documents/page/<int:page>"], type="http", auth="user", website=True)
    def portal_my_documents(self, page=1, **_kwargs):
        """The documents of the customer's orders, the last one first."""
        releases, domain = self._get_own_releases()
        pager = portal_pager(
            url="/my/documents", total=releases.search_count(domain), page=page, step=self._items_per_page)
        return request.render("aftersales_release.portal_my_documents", {
            **self._prepare_portal_layout_values(), "page_name": "released_documents", "default_url": "/my/documents",
            "pager": pager, "releases": releases.search(
                domain, order="released_on desc, id desc", limit=self._items_per_page, offset=pager["offset"]),
        })

    @route("/my/documents/<int:release_id>/<int:file_id>", type="http", auth="user", website=True)
    def portal_document(self, release_id, file_id, **_kwargs):
        """One file of them."""
        releases, domain = self._get_own_releases()
        found = releases.search([("id", "=", release_id), *domain]).attachment_ids.filtered(
            lambda file: file.id == file_id)
        if not found:
            return request.redirect("/my/documents")
        # sudo: it was found by the domain of the customer's orders
        return request.env["ir.binary"].sudo()._get_stream_from(found).get_response(as_attachment=True)

    def _get_own_releases(self):
        releases = request.env["document.release"].sudo()  # sudo: shown by the domain of the customer's orders only
        return releases, releases._get_domain_for_customer(request.env.user.partner_id)
