from odoo import SUPERUSER_ID
from odoo.http import request

#: The page is read by who has the link, kept by nobody, and does not tell other sites its address.
HEADERS = {
    "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
                               "base-uri 'none'; frame-ancestors 'none'",
}


class PublicPage:
    """What the controllers of pages by link share: plain pages without login and without scripts.

    Whoever asks is counted, by link and by address; a link that is unknown, over or taken back gets one and the same
    answer. Templates call ``document_control.public_page``.
    """

    #: Model of the requests (``document.page.hit.mixin``).
    _hits = None
    #: Template of the answer to who has no link, or asks too often (``too_often``).
    _refused = None

    def _admit(self, token, lang, find):
        """:return: (what the token leads to, None), or (None, the answer to who has none)"""
        hits, address = request.env[self._hits].sudo(), request.httprequest.remote_addr  # sudo: to be counted
        self._speak(lang)
        if not hits._is_within("miss", address) or not hits._count("address", address):
            return None, self._refuse(429)
        found = find(token)
        if not found:
            hits._count("miss", address)
            return None, self._refuse(404)
        if not hits._count("link", found.id):
            return None, self._refuse(429)
        # the system writes, in the name of who answers: the public user belongs to one company, and whoever works for
        # another only may not read his name on the to-dos and histories that he would make
        return found.with_user(SUPERUSER_ID), None

    def _refuse(self, status):
        response = self._answer(self._refused, {"too_often": status == 429}, status)
        if status == 429:
            response.headers["Retry-After"] = "60"
        return response

    @staticmethod
    def _answer(template, values, status=200):
        html = request.env["ir.qweb"]._render(template, values)
        response = request.make_response(html, headers=list(HEADERS.items()))
        response.status_code = status
        return response

    @staticmethod
    def _clean(text):
        """The database keeps no NUL."""
        return text.replace("\0", "")

    def _get_sent_files(self, name):
        """Pairs (name, content) of the files that came with the form."""
        return [(self._clean(file.filename), file.read())
                for file in request.httprequest.files.getlist(name) if file.filename]

    @staticmethod
    def _get_languages():
        return [(code, name.split("/")[-1].strip()) for code, name in request.env["res.lang"].get_installed()]

    @staticmethod
    def _speak(*choices):
        known = {code for code, _name in request.env["res.lang"].get_installed()}
        best = request.best_lang if request.best_lang in known else None
        request.update_context(lang=next((code for code in (*choices, best) if code in known), "en_US"))
