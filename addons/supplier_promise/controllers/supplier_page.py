from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

#: The page is read by who has the link, kept by nobody, and does not tell other sites its address.
HEADERS = {
    "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
                               "base-uri 'none'; frame-ancestors 'none'",
}
DONE = ("confirm", "received", "line", "files", "ship")
#: Digits of the longest id; Python reads no number of thousands of them.
LONGEST_ID = 10


class SupplierPage(http.Controller):
    """The supplier's page: plain pages without login and without scripts (PUR-4, PUR-6, PUR-7).

    Whoever asks is counted, by link and by address; a link that is unknown, over or taken back gets one and the same
    answer.
    """

    @http.route("/supplier/<token>", type="http", auth="public", methods=["GET"], sitemap=False)
    def page(self, token, done=None, lang=None, **_kw):
        """The order as its supplier sees it."""
        link, refusal = self._enter(token, lang)
        if refusal:
            return refusal
        order = link.order_id
        order._note_visit(link)
        return self._render(link, token, done=done if done in DONE else None)

    @http.route("/supplier/<token>/<any(confirm,received,line,files,ship):act>", type="http", auth="public",
                methods=["POST"], sitemap=False)
    def answer(self, token, act, lang=None, **said):
        """What the supplier says; then his page again: sending it once more changes nothing."""
        link, refusal = self._enter(token, lang)
        if refusal:
            return refusal
        said = {name: self._clean(text) for name, text in said.items() if isinstance(text, str)}  # files come apart
        try:
            with request.env.cr.savepoint():
                problems = getattr(self, f"_{act}")(link, said)
        except UserError as error:
            return self._render(link, token, problems=[str(error)], said=said, act=act, status=422)
        if problems:
            return self._render(link, token, problems=problems, said=said, act=act, status=422)
        return request.redirect(f"/supplier/{token}?done={act}&lang={request.env.lang or ''}", 303)

    def _confirm(self, link, _said):
        overdue = link.order_id._confirm_all(link.partner_id)
        return [request.env._("%(line)s: its date is over. Give the new one below.", line=line._get_label())
                for line in overdue]

    def _received(self, link, _said):
        link.order_id._check_answerable()
        link.order_id._acknowledge_received(link.partner_id)

    def _line(self, link, said):
        line_id = said.get("line_id", "")
        is_id = line_id.isdecimal() and len(line_id) <= LONGEST_ID
        link.order_id._answer_line(int(line_id) if is_id else 0, said, link.partner_id)

    def _files(self, link, said):
        files = [(self._clean(file.filename), file.read())
                 for file in request.httprequest.files.getlist("files") if file.filename]
        if not files:
            raise UserError(request.env._("Choose a file first."))
        _taken, refused = link.order_id._take_files(said.get("kind"), files, link.partner_id)
        return refused

    def _ship(self, link, said):
        link.order_id._ship(said, link.partner_id)

    def _enter(self, token, lang):
        """:return: (the link, None), or (None, the answer to who has none)"""
        hits, address = request.env["supplier.link.hit"].sudo(), request.httprequest.remote_addr  # sudo: to be counted
        self._speak(lang)
        if not hits._is_within("miss", address) or not hits._count("address", address):
            return None, self._refuse(429)
        link = request.env["supplier.link"]._find(token)
        if not link:
            hits._count("miss", address)
            return None, self._refuse(404)
        if not hits._count("link", link.id):
            return None, self._refuse(429)
        self._speak(lang, link.partner_id.lang)
        return link.with_context(lang=request.env.lang, tz=link.order_id.get_order_timezone().zone), None

    @staticmethod
    def _clean(text):
        """The database keeps no NUL."""
        return text.replace("\0", "")

    @staticmethod
    def _speak(*choices):
        known = {code for code, _name in request.env["res.lang"].get_installed()}
        best = request.best_lang if request.best_lang in known else None
        request.update_context(lang=next((code for code in (*choices, best) if code in known), "en_US"))

    @staticmethod
    def _refuse(status):
        html = request.env["ir.qweb"]._render("supplier_promise.page_refused", {"too_often": status == 429})
        response = request.make_response(html, headers=list(HEADERS.items()))
        response.status_code = status
        if status == 429:
            response.headers["Retry-After"] = "60"
        return response

    def _render(self, link, token, done=None, problems=(), said=None, act=None, status=200):
        order = link.order_id
        html = request.env["ir.qweb"]._render("supplier_promise.page", {
            "order": order, "lines": order.order_line.filtered(lambda line: not line.display_type),
            "base": f"/supplier/{token}", "done": done, "problems": problems, "said": said or {}, "act": act,
            "languages": [(code, name.split("/")[-1].strip())
                          for code, name in request.env["res.lang"].get_installed()],
            "is_open": order.state in ("sent", "purchase") and not order.closed_on, "lang": request.env.lang,
            "csrf_token": request.csrf_token(),
        })
        response = request.make_response(html, headers=list(HEADERS.items()))
        response.status_code = status
        return response
