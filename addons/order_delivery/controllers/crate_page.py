from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.document_control.tools.public_page import PublicPage

#: This page draws a signature and makes photos smaller: a script of our own, no other.
POLICY = ("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' blob: data:; form-action 'self'; "
          "base-uri 'none'; frame-ancestors 'none'")


class CratePage(PublicPage, http.Controller):
    """The page behind the code on a crate: the site signs, or says what is missing or damaged (DLV-3)."""

    _hits = "delivery.page.hit"
    _refused = "order_delivery.page_refused"

    @http.route("/delivery/<token>", type="http", auth="public", methods=["GET"], sitemap=False)
    def page(self, token, lang=None, **_kw):
        """What the crate holds, and where to sign."""
        crate, refusal = self._enter(token, lang)
        return refusal or self._render(crate, token)

    @http.route("/delivery/<token>", type="http", auth="public", methods=["POST"], sitemap=False)
    def answer(self, token, lang=None, **said):
        """What the site says; what was typed stays on the page where a part of it is refused."""
        crate, refusal = self._enter(token, lang)
        if refusal:
            return refusal
        said = {name: self._clean(text) for name, text in said.items() if isinstance(text, str)}  # files come apart
        refused = crate._take_photos(self._get_sent_files("photos")) + crate._describe_unsent(said.get("unsent"))
        try:
            with request.env.cr.savepoint():
                crate._answer(said)
        except UserError as error:
            return self._render(crate, token, problems=[str(error), *refused], said=said, status=422)
        return self._render(crate, token, is_sent=True, problems=refused)

    def _enter(self, token, lang):
        crate, refusal = self._admit(token, lang, request.env["delivery.crate"]._find_by_token)
        if refusal:
            return None, refusal
        self._speak(lang, crate.notice_id.partner_id.lang)
        return crate.with_context(lang=request.env.lang), None

    def _render(self, crate, token, is_sent=False, problems=(), said=None, status=200):
        response = self._answer("order_delivery.page", {
            "crate": crate, "notice": crate.notice_id, "base": f"/delivery/{token}", "is_sent": is_sent,
            "problems": problems, "said": said or {}, "languages": self._get_languages(), "lang": request.env.lang,
            "csrf_token": request.csrf_token(),
        }, status)
        response.headers["Content-Security-Policy"] = POLICY
        return response
