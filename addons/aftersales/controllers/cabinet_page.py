import secrets

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.document_control.tools.public_page import PublicPage


class CabinetPage(PublicPage, http.Controller):
    """The page behind the code on a cabinet: who stands before it says what has happened (AFT-1)."""

    _hits = "service.page.hit"
    _refused = "aftersales.page_refused"

    @http.route("/service/<token>", type="http", auth="public", methods=["GET"], sitemap=False)
    def page(self, token, lang=None, **_kw):
        """The form of a report."""
        lot, refusal = self._enter(token, lang)
        return refusal or self._render(lot, token)

    @http.route("/service/<token>", type="http", auth="public", methods=["POST"], sitemap=False)
    def report(self, token, lang=None, **said):
        """What was typed becomes a request; sending it once more changes nothing."""
        lot, refusal = self._enter(token, lang)
        if refusal:
            return refusal
        said = {name: self._clean(text) for name, text in said.items() if isinstance(text, str)}  # files come apart
        try:
            with request.env.cr.savepoint():
                requests = lot.env["service.request"]
                sent, refused = requests._send(said, self._get_sent_files("photos"), lot=lot)
        except UserError as error:
            return self._render(lot, token, problems=[str(error)], said=said, status=422)
        return self._render(lot, token, sent=sent, problems=refused)

    def _enter(self, token, lang):
        lot, refusal = self._admit(token, lang, request.env["stock.lot"]._find_by_service_code)
        if refusal:
            return None, refusal
        self._speak(lang, lot.service_partner_id.lang)
        return lot.with_context(lang=request.env.lang), None

    def _render(self, lot, token, sent=None, problems=(), said=None, status=200):
        return self._answer("aftersales.page", {
            "lot": lot, "base": f"/service/{token}", "sent": sent, "problems": problems, "said": said or {},
            "company": lot.company_id or lot.env.company, "languages": self._get_languages(),
            "lang": request.env.lang, "csrf_token": request.csrf_token(),
            "key": (said or {}).get("key") or secrets.token_urlsafe(16),
            "kinds": lot.env["service.request"]._get_selection_labels("kind"),
        }, status)
