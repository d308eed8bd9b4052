import secrets

from odoo.exceptions import UserError
from odoo.http import request, route
from odoo.tools import consteq

from odoo.addons.document_control.tools.public_page import PublicPage
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager


class ServicePortal(CustomerPortal):
    """The customer sees his requests, writes to them, and sends new ones (AFT-1)."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "service_request_count" in counters:
            requests, domain = self._get_own_requests()
            values["service_request_count"] = requests.search_count(domain)
        if "cabinet_count" in counters:
            values["cabinet_count"] = len(self._get_own_cabinets())
        return values

    def _prepare_portal_layout_values(self):
        """Customers whose zone nobody knows read the plant's time."""
        if not request.env.user.tz:
            request.update_context(tz=request.env.company._get_zone().zone)
        return super()._prepare_portal_layout_values()

    @route(["/my/service", "/my/service/page/<int:page>"], type="http", auth="user", website=True)
    def portal_my_service_requests(self, page=1, **_kwargs):
        """The requests of the customer's company, the last one first."""
        requests, domain = self._get_own_requests()
        pager = portal_pager(
            url="/my/service", total=requests.search_count(domain), page=page, step=self._items_per_page)
        return request.render("aftersales.portal_my_requests", {
            **self._prepare_portal_layout_values(), "page_name": "service_requests", "default_url": "/my/service",
            "pager": pager, "requests": requests.search(
                domain, order="id desc", limit=self._items_per_page, offset=pager["offset"]),
        })

    @route("/my/cabinets", type="http", auth="user", website=True)
    def portal_my_cabinets(self, **_kwargs):
        """What the customer's company has of us, with its warranty."""
        return request.render("aftersales.portal_my_cabinets", {
            **self._prepare_portal_layout_values(), "page_name": "cabinets", "lots": self._get_own_cabinets()})

    @route("/my/service/new", type="http", auth="user", methods=["GET"], website=True)
    def portal_new_service_request(self, serial=None, **_kwargs):
        """The form of a new request."""
        return self._render_new(said={"serial": PublicPage._clean(serial)} if serial else None)

    @route("/my/service/new", type="http", auth="user", methods=["POST"], website=True)
    def portal_send_service_request(self, **said):
        """What was typed becomes a request."""
        said = {name: PublicPage._clean(text) for name, text in said.items() if isinstance(text, str)}
        try:
            with request.env.cr.savepoint():
                sent, refused = request.env["service.request"]._send(
                    said, PublicPage()._get_sent_files("photos"), partner=request.env.user.partner_id)
        except UserError as error:
            return self._render_new(problems=[str(error)], said=said)
        request.session["service_refused"] = refused
        return request.redirect(f"/my/service/{sent.id}?sent=1")

    @route("/my/service/<int:request_id>", type="http", auth="public", website=True)
    def portal_service_request(self, request_id, access_token=None, sent=None, **_kwargs):
        """One request as the customer reads it: how far it is, and what was said."""
        found = self._find_request(request_id, access_token)
        if found is None:
            return request.redirect("/my")
        survivor = found._get_survivor()
        if survivor != found:  # of the same customer: requests of others are not merged
            return request.redirect(f"/my/service/{survivor.id}?access_token={survivor._portal_ensure_token()}")
        return request.render("aftersales.portal_request", {
            **self._prepare_portal_layout_values(), "page_name": "service_request", "service_request": found,
            "object": found, "sent": sent, "token": found._portal_ensure_token(),
            "refused": request.session.pop("service_refused", None) if sent else None,
        })

    def _render_new(self, problems=(), said=None):
        return request.render("aftersales.portal_new_request", {
            **self._prepare_portal_layout_values(), "page_name": "service_new", "problems": problems,
            "said": said or {}, "key": (said or {}).get("key") or secrets.token_urlsafe(16),
            "kinds": request.env["service.request"]._get_selection_labels("kind"),
        })

    def _get_own_cabinets(self):
        lots = request.env["stock.lot"]._get_lots_with(request.env.user.partner_id)
        return lots.filtered(lambda lot: not lot.company_id or lot.company_id in request.env.companies)

    def _get_own_requests(self):
        requests = request.env["service.request"].sudo()  # sudo: shown by the domain of the customer's company only
        return requests, requests._get_customer_domain(request.env.user.partner_id)

    def _find_request(self, request_id, access_token):
        """The request of a page of the portal; None where it is not the visitor's.

        By its link, or as one of the customer's company: customers have no rights to requests, which say what is not
        for them.
        """
        found = request.env["service.request"].sudo().browse(request_id).exists()  # sudo: as above
        if not found:
            return None
        if access_token and found.access_token and consteq(access_token, found.access_token):
            return found
        requests, domain = self._get_own_requests()
        return found if not request.env.user._is_public() and requests.search_count(
            [("id", "=", found.id), *domain]) else None
