from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.document_control.tools.public_page import PublicPage

DONE = ("confirm", "received", "line", "files", "ship")
#: Digits of the longest id; Python reads no number of thousands of them.
LONGEST_ID = 10


class SupplierPage(PublicPage, http.Controller):
    """The supplier's page (PUR-4, PUR-6, PUR-7)."""

    _hits = "supplier.link.hit"
    _refused = "supplier_promise.page_refused"

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
        files = self._get_sent_files("files")
        if not files:
            raise UserError(request.env._("Choose a file first."))
        _taken, refused = link.order_id._take_files(said.get("kind"), files, link.partner_id)
        return refused

    def _ship(self, link, said):
        link.order_id._ship(said, link.partner_id)

    def _enter(self, token, lang):
        """:return: (the link, None), or (None, the answer to who has none)"""
        link, refusal = self._admit(token, lang, request.env["supplier.link"]._find)
        if refusal:
            return None, refusal
        self._speak(lang, link.partner_id.lang)
        return link.with_context(lang=request.env.lang, tz=link.order_id.get_order_timezone().zone), None

    def _render(self, link, token, done=None, problems=(), said=None, act=None, status=200):
        order = link.order_id
        return self._answer("supplier_promise.page", {
            "order": order, "lines": order.order_line.filtered(lambda line: not line.display_type),
            "base": f"/supplier/{token}", "done": done, "problems": problems, "said": said or {}, "act": act,
            "languages": self._get_languages(),
            "is_open": order.state in ("sent", "purchase") and not order.closed_on, "lang": request.env.lang,
            "csrf_token": request.csrf_token(),
        }, status)
