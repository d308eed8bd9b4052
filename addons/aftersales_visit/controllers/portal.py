from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager


class VisitPortal(CustomerPortal):
    """The customer sees who comes when, and takes the reports that he has signed (AFT-3)."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "service_visit_count" in counters:
            visits, domain = self._get_own_visits()
            values["service_visit_count"] = visits.search_count(domain)
        return values

    @route(["/my/visits", "/my/visits/page/<int:page>"], type="http", auth="user", website=True)
    def portal_my_visits(self, page=1, **_kwargs):
        """The visits to the customer's company, the last one first."""
        visits, domain = self._get_own_visits()
        pager = portal_pager(
            url="/my/visits", total=visits.search_count(domain), page=page, step=self._items_per_page)
        return request.render("aftersales_visit.portal_my_visits", {
            **self._prepare_portal_layout_values(), "page_name": "service_visits", "default_url": "/my/visits",
            "pager": pager, "visits": visits.search(
                domain, order="planned_start desc, id desc", limit=self._items_per_page, offset=pager["offset"]),
        })

    @route("/my/visits/<int:visit_id>", type="http", auth="user", website=True)
    def portal_visit_report(self, visit_id, **_kwargs):
        """The signed report as PDF."""
        visits, domain = self._get_own_visits()
        visit = visits.search([("id", "=", visit_id), ("state", "=", "done"), *domain])
        if not visit:
            return request.redirect("/my/visits")
        self._prepare_portal_layout_values()  # the report's times, too, are those of the customer
        return self._show_report(visit, "pdf", "aftersales_visit.action_report_service_visit", download=True)

    def _get_own_visits(self):
        visits = request.env["service.visit"].sudo()  # sudo: shown by the domain of the customer's company only
        return visits, visits._get_customer_domain(request.env.user.partner_id)
