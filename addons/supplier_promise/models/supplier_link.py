import hashlib
import re
import secrets
from datetime import timedelta

from odoo import api, fields, models

from .supplier_promise import STAFF

TOKEN = re.compile(r"^[A-Za-z0-9_-]{43}$")
#: Days after which links that are no longer valid are forgotten.
KEPT_DAYS = 365
#: On what a link goes out. Mails of one question follow each other: the newest counts.
CARRIERS = [
    ("date", "Mail: Shipping Date"), ("shipment", "Mail: Shipped or Not"), ("paper", "Paper"), ("window", "By Hand")]
MAILS = ("date", "shipment")


class SupplierLink(models.Model):
    """A way to one order without login: a random token of which only the digest is kept (PUR-4).

    The token itself stands in the mail or on the paper and nowhere else: each mail, each print makes its own. A mail
    that asks once more replaces the link of the one before; papers are in several hands, and keep theirs. All may be
    taken back at once.
    """

    _name = "supplier.link"
    _inherit = ["document.control.mixin"]
    _description = "Supplier's Link"
    _order = "id desc"
    _check_company_auto = True
    _technical_fields = ("digest",)

    digest = fields.Char(required=True, readonly=True, groups="base.group_system", export_string_translation=False)
    order_id = fields.Many2one(
        "purchase.order", string="Purchase Order", required=True, readonly=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Supplier", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    carrier = fields.Selection(
        CARRIERS, string="Goes Out By", readonly=True, help="On what the link was given out.")
    expires_on = fields.Datetime(required=True, readonly=True)
    revoked_on = fields.Datetime(readonly=True)
    revoked_by = fields.Many2one("res.users", readonly=True)
    last_used_on = fields.Datetime(string="Last Used", readonly=True)
    state = fields.Selection(
        [("valid", "Valid"), ("expired", "Expired"), ("revoked", "Revoked")], string="Status",
        compute="_compute_state")

    _digest_uniq = models.UniqueIndex("(digest)", "This link is there already.")

    @api.depends("expires_on", "revoked_on")
    def _compute_state(self):
        now = fields.Datetime.now()
        for link in self:
            is_over = not link.expires_on or link.expires_on <= now
            link.state = "revoked" if link.revoked_on else "expired" if is_over else "valid"

    @api.depends("order_id", "create_date")
    def _compute_display_name(self):
        for link in self:
            link.display_name = f"{link.order_id.name} {fields.Date.to_date(link.create_date) or ''}".strip()

    def action_revoke(self):
        """Take the links back: who opens them is told that they are no longer valid.

        :raise AccessError: no buyer
        """
        self.check_access("read")
        self._check_groups(*STAFF)
        self._revoke(self.filtered(lambda link: not link.revoked_on))
        return True

    @api.model
    def _revoke(self, links):
        if links:
            links._write_signed({"revoked_on": fields.Datetime.now(), "revoked_by": self.env.uid})

    @api.model
    def _issue(self, order, carrier):
        """A new link to an order. That of an earlier mail with the same question is taken back.

        :param carrier: on what it goes out, of ``CARRIERS``
        :return: str, its token: nobody can ask for it a second time
        """
        token = secrets.token_urlsafe(32)
        links = self.sudo()  # sudo: nobody makes links by hand; who may is asked where the link is given out
        if carrier in MAILS:
            order._lock()
            links._revoke(links.search([
                ("order_id", "=", order.id), ("carrier", "=", carrier), ("revoked_on", "=", False)]))
        links.create({
            "digest": self._digest(token), "order_id": order.id, "partner_id": order.partner_id.id,
            "company_id": order.company_id.id, "carrier": carrier,
            "expires_on": fields.Datetime.now() + timedelta(days=order.company_id.supplier_link_days),
        })
        return token

    @api.model
    def _find(self, token):
        """The valid link of a token; empty for whatever else: nobody learns why.

        As superuser, in the company of the order.
        """
        if not TOKEN.match(token or ""):
            return self.sudo().browse()
        # sudo: who holds the token is not logged in
        link = self.sudo().search([("digest", "=", self._digest(token))], limit=1)
        if not link or link.state != "valid" or not link.order_id._is_linkable(link.partner_id):
            return link.browse()
        return link.with_company(link.company_id).with_context(allowed_company_ids=link.company_id.ids)

    @api.model
    def _digest(self, token):
        return hashlib.sha256(token.encode()).hexdigest()

    def _get_frozen_fields(self):
        living = {"last_used_on"} | ({"revoked_on", "revoked_by"} if not self.revoked_on else set())
        return set(self._fields) - living

    def _is_frozen(self):
        """Links that are over are forgotten after a year."""
        return bool(self.expires_on) and self.expires_on > fields.Datetime.now() - timedelta(days=KEPT_DAYS)

    @api.autovacuum
    def _gc_links(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.sudo().search([("expires_on", "<", limit)], limit=1000).unlink()  # sudo: housekeeping
