from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route
from odoo.tools import consteq

from odoo.addons.order_review.controllers.portal import CustomerPortal as ReviewPortal


class CustomerPortal(ReviewPortal):
    """The customer reads a change of his order, before and after, and signs or refuses it (CHG-7)."""

    @route("/my/changes/<int:change_id>", type="http", auth="public", website=True)
    def portal_order_change(self, change_id, access_token=None, message=None, **_kwargs):
        """The change as the customer reads it."""
        change = self._find_change(change_id, access_token)
        if change is None:
            return request.redirect("/my")
        if address := self._get_address_in(change.partner_id.lang):
            return request.redirect(address)
        return request.render("order_change.portal_change", {
            "change": change, "message": message, "page_name": "order_change",
            "shown": change._render_comparison(True), "is_internal": request.env.user._is_internal(),
            "res_company": change.order_id.company_id})  # whose name and logo stand above the page

    @route("/my/changes/<int:change_id>/accept", type="jsonrpc", auth="public", website=True)
    def portal_order_change_accept(self, change_id, access_token=None, name=None, signature=None):
        """The customer agrees with a signature.

        :return: ``{"force_refresh", "redirect_url"}`` or ``{"error"}``
        """
        change = self._find_change(change_id, access_token)
        if change is None:
            return {"error": request.env._("Invalid change.")}
        try:
            change.order_id._check_customer_acts(request.env.user)
            change.order_id._check_signature(signature)
            change._answer_customer("accepted", name, signature=signature, origin=self._get_answer_origin())
        except UserError as error:
            return {"error": str(error)}
        self._post_answer(change, request.env._("%(name)s has signed the change.", name=name))
        return {"force_refresh": True, "redirect_url": change.get_portal_url(query_string="&message=accepted")}

    @route("/my/changes/<int:change_id>/refuse", type="http", auth="public", methods=["POST"], website=True)
    def portal_order_change_refuse(self, change_id, access_token=None, name=None, reason=None, **_kwargs):
        """The customer refuses, with the reason."""
        change = self._find_change(change_id, access_token)
        if change is None:
            return request.redirect("/my")
        try:
            change.order_id._check_customer_acts(request.env.user)
            person = name or change.order_id._get_signer_name(request.env.user) or change.partner_id.name
            change._answer_customer("refused", person, note=reason, origin=self._get_answer_origin())
        except UserError:
            return request.redirect(change.get_portal_url(query_string="&message=cant_refuse"))
        self._post_answer(change, request.env._("The change was refused: %(reason)s", reason=reason))
        return request.redirect(change.get_portal_url(query_string="&message=refused"))

    def _get_address_in(self, lang):
        """Address of this page in the customer's language, for who follows the link of a mail; None where it is that
        already, where he is logged in, or was led there before: then he may have chosen another one.

        Odoo shows its default language to who is not logged in, whatever his browser asks for.
        """
        lang = request.env["ir.http"].get_nearest_lang(lang)
        if (not lang or lang == request.env.lang or not request.env.user._is_public()
                or request.session.get("order_change_lang")):
            return None
        request.session["order_change_lang"] = lang
        return request.env["ir.http"]._url_lang(request.httprequest.full_path, lang)

    def _find_change(self, change_id, access_token):
        """The change of a page of the portal; None if it is not the visitor's, or not for him yet.

        By its link, or by the right to the order: customers have none to changes, which say what is not for them.
        """
        change = request.env["order.change"].sudo().browse(change_id).exists()  # shown to whoever has link or right
        token = access_token or request.httprequest.args.get("access_token")
        if not change or change.customer_state == "none":
            return None
        if isinstance(token, str) and change.access_token and consteq(token, change.access_token):
            return change
        try:
            self._document_check_access("sale.order", change.order_id.id)
        except (AccessError, MissingError):
            return None
        return change
