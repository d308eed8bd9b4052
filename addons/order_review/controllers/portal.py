from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.sale.controllers import portal
from odoo.addons.sale_management.controllers.portal import CustomerPortal as QuotationPortal


class CustomerPortal(QuotationPortal):

    def _prepare_quotations_domain(self, partner):
        """Quotations that wait for the customer's answer are listed too, sent or not (REV-5)."""
        theirs = Domain("partner_id", "child_of", partner.commercial_partner_id.ids)
        waiting = theirs & Domain("state", "=", "draft") & Domain("review_stage", "=", "customer")
        return list(Domain(super()._prepare_quotations_domain(partner)) | waiting)

    @route("/my/orders/<int:order_id>/review/accept", type="jsonrpc", auth="public", website=True)
    def portal_review_accept(self, order_id, access_token=None, name=None, signature=None, review_id=None):
        """The customer accepts the conditions that he was shown with a signature (REV-5).

        :param review_id: the round whose conditions stood on the page
        :return: ``{"force_refresh", "redirect_url"}`` or ``{"error"}``
        """
        order = self._find_order(order_id, access_token)
        if order is None:
            return {"error": request.env._("Invalid order.")}
        try:
            order._check_customer_acts(request.env.user)
            order._check_signature(signature)
            order._get_review_to_answer(review_id or request.httprequest.args.get("review_id"))._answer_customer(
                "accepted", name, signature=signature, origin=self._get_answer_origin())
        except UserError as error:
            return {"error": str(error)}
        self._post_answer(order, request.env._("%(name)s accepted the conditions of the review.", name=name))
        return {"force_refresh": True, "redirect_url": order.get_portal_url(query_string="&message=review_accepted")}

    @route("/my/orders/<int:order_id>/review/refuse", type="http", auth="public", methods=["POST"], website=True)
    def portal_review_refuse(self, order_id, access_token=None, name=None, reason=None, review_id=None, **_kwargs):
        """The customer refuses the conditions, with the reason; the order returns to sales (REV-7)."""
        order = self._find_order(order_id, access_token)
        if order is None:
            return request.redirect("/my")
        try:
            order._check_customer_acts(request.env.user)
            person = name or order._get_signer_name(request.env.user) or order.partner_id.name
            order._get_review_to_answer(review_id)._answer_customer(
                "refused", person, note=reason, origin=self._get_answer_origin())
        except UserError:
            return request.redirect(order.get_portal_url(query_string="&message=review_cant_refuse"))
        self._post_answer(order, request.env._("The conditions of the review were refused: %(reason)s", reason=reason))
        return request.redirect(order.get_portal_url(query_string="&message=review_refused"))

    @route()
    def portal_quote_option_update(self, order_id, line_id, access_token=None, **kwargs):
        """Whoever takes an option changes what was reviewed: the salesperson is asked to go on (REV-11)."""
        order = self._find_order(order_id, access_token)
        if order is None:
            return request.redirect("/my")
        former = order.review_stage
        result = super().portal_quote_option_update(order_id, line_id, access_token=access_token, **kwargs)
        if order.review_stage != former:
            order._follow_option()
        return result

    @route()
    def portal_quote_accept(self, order_id, access_token=None, name=None, signature=None):
        """The customer signs the order himself, with a signature that is one (QUO-2)."""
        order = self._find_order(order_id, access_token)
        if order is None:
            return {"error": request.env._("Invalid order.")}
        try:
            order._check_customer_acts(request.env.user)
            order._check_signature(signature)
        except UserError as error:
            return {"error": str(error)}
        answer = super().portal_quote_accept(order_id, access_token=access_token, name=name, signature=signature)
        if "error" not in answer:
            order.message_post(body=request.env._(
                "Signed on the portal by %(name)s; %(origin)s.", name=name, origin=self._describe_origin()))
        return answer

    def _find_order(self, order_id, access_token):
        """The order of a page of the portal, None if it is not the visitor's; the link's token counts as well."""
        token = access_token or request.httprequest.args.get("access_token")
        try:
            return self._document_check_access("sale.order", order_id, access_token=token)
        except (AccessError, MissingError):
            return None

    def _get_answer_origin(self):
        user = request.env.user
        return {"customer_user_id": False if user._is_public() else user.id,
                "customer_address": request.httprequest.remote_addr}

    def _describe_origin(self):
        user, address = request.env.user, request.httprequest.remote_addr
        if user._is_public():
            return request.env._("nobody was logged in, by the link, from %(address)s", address=address)
        return request.env._("logged in as %(user)s, from %(address)s", user=user.name, address=address)

    def _post_answer(self, order, body):
        user = request.env.user
        order.message_post(
            body=body, message_type="comment", subtype_xmlid="mail.mt_comment",
            author_id=order.partner_id.id if user._is_public() else user.partner_id.id)


class PaymentPortal(portal.PaymentPortal):

    @route()
    def portal_order_transaction(self, order_id, access_token, **kwargs):
        """No payment is begun for a quotation that its review still holds (REV-11)."""
        try:
            order = self._document_check_access("sale.order", order_id, access_token)
        except AccessError as error:
            raise ValidationError(request.env._("The access token is invalid.")) from error
        if order.state in ("draft", "sent") and (error := order._get_gate_error()):
            raise ValidationError(error)
        return super().portal_order_transaction(order_id, access_token, **kwargs)
