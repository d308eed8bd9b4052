from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.signature import find_fault


class SaleOrder(models.Model):
    """What speaks for the customer: his link, and his signature on the portal (REV-5, QUO-2)."""

    _inherit = "sale.order"

    # Whoever has it acts for the customer: it is not for the people here, though their actions hand it out.
    access_token = fields.Char(groups="base.group_system")

    def _portal_ensure_token(self):
        return super(SaleOrder, self.sudo())._portal_ensure_token()  # for the link of whoever is written to

    def _sign_token(self, pid):
        return super(SaleOrder, self.sudo())._sign_token(pid)  # as above: every mail to the customer has it

    def _get_share_url(self, redirect=False, signup_partner=False, pid=None, share_token=True):
        self.check_access("read")
        order = self.sudo() if share_token else self  # for the link of whoever is written to
        return super(SaleOrder, order)._get_share_url(
            redirect=redirect, signup_partner=signup_partner, pid=pid, share_token=share_token)

    @api.private
    def get_portal_url(self, suffix=None, report_type=None, download=None, query_string=None, anchor=None):
        """The customer's link; our own code, templates and mails ask for it, no program from outside."""
        return super().get_portal_url(
            suffix=suffix, report_type=report_type, download=download, query_string=query_string, anchor=anchor)

    def action_preview_sale_order(self):
        """The customer's page, seen with one's own rights instead of his link."""
        action = super().action_preview_sale_order()
        return {**action, "url": self.access_url}

    def _get_review_to_answer(self, shown):
        """The round whose conditions wait for the customer.

        :param shown: id of the round whose conditions stood on the page; they are fixed since its conclusion
        :raise UserError: there is none, or the page showed the conditions of another one
        """
        self.ensure_one()
        if not self.review_id:
            raise UserError(self.env._(
                "There are no conditions to answer: order %(order)s is not in review.", order=self.name))
        if str(self.review_id.id) != str(shown):
            raise UserError(self.env._(
                "The conditions of order %(order)s have changed since you opened this page. Please reload it.",
                order=self.name))
        return self.review_id

    def _get_accepted_review(self):
        """The round whose conditions the customer has accepted and that are in force."""
        self.ensure_one()
        cleared = self.review_ids.filtered(lambda review: review.stage == "cleared").sorted("round_no")[-1:]
        return cleared.filtered(lambda review: review.customer_state == "accepted")

    def _get_signer_name(self, user):
        """Name to propose for a signature: a person's, as a company does not sign.

        :param user: who is logged in; the public user: nobody, he came by the link
        """
        person = self.partner_id if user._is_public() else user.partner_id
        return "" if person.is_company else person.name or ""

    @api.model
    def _check_customer_acts(self, user):
        """The portal's answers are the customer's own.

        :param user: who is logged in
        :raise AccessError: somebody who works here
        """
        if user._is_internal():
            raise AccessError(self.env._(
                "You are logged in as %(user)s, who works here. Only the customer answers on this page. Record his "
                "written answer in the order, with the document that proves it.", user=user.name))

    @api.model
    def _check_signature(self, signature):
        """A signature is a picture with something drawn on it.

        :param signature: in base64
        :raise UserError: says what is wrong with it
        """
        faults = {
            "missing": self.env._("Signature is missing."),
            "unreadable": self.env._("The signature is no picture that can be read. Please sign again."),
            "blank": self.env._("The signature is empty. Please sign in the field."),
        }
        if fault := find_fault(signature):
            raise UserError(faults[fault])
