import re
import secrets

from odoo import api, fields, models

from .delivery_notice import LOGISTICS

TOKEN = re.compile(r"^[A-Za-z0-9_-]{43}$")


class DeliveryCrate(models.Model):
    """A crate (a package of the store, or what leaves without one), and the page behind the code on it (DLV-3)."""

    _name = "delivery.crate"
    _inherit = ["document.control.mixin"]
    _description = "Crate"
    _order = "notice_id desc, number"
    _check_company_auto = True
    _technical_fields = ("token", "content")
    _dossier_path = "notice_id"

    notice_id = fields.Many2one("delivery.notice", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="notice_id.company_id", store=True, index=True, precompute=True)
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    package_id = fields.Many2one(
        "stock.package", readonly=True, index="btree_not_null", ondelete="restrict", check_company=True,
        help="Left empty: what leaves without a package.")
    content = fields.Json(readonly=True, export_string_translation=False)
    content_text = fields.Text(string="Content", compute="_compute_content_text")
    token = fields.Char(
        required=True, readonly=True, copy=False, groups="base.group_system", export_string_translation=False,
        default=lambda self: secrets.token_urlsafe(32))
    expires_on = fields.Datetime(string="Page Valid until", required=True, readonly=True)
    revoked_on = fields.Datetime(string="Page Closed", readonly=True, copy=False)
    state = fields.Selection(
        [("open", "Under Way"), ("signed", "Signed"), ("reported", "Missing or Damaged")], string="Status",
        required=True, readonly=True, default="open", copy=False, index=True)
    signer = fields.Char(string="Signed by", readonly=True, copy=False)
    signature = fields.Image(readonly=True, copy=False, max_width=1024, max_height=512)
    answered_on = fields.Datetime(string="Answered on", readonly=True, copy=False)
    report_text = fields.Text(string="What Is Missing or Damaged", readonly=True, copy=False)
    is_missing = fields.Boolean(string="Something Is Missing", readonly=True, copy=False)
    is_damaged = fields.Boolean(string="Something Is Damaged", readonly=True, copy=False)
    photo_ids = fields.Many2many(
        "ir.attachment", "delivery_crate_photo_rel", string="Photos", readonly=True, copy=False)

    _token_uniq = models.UniqueIndex("(token)", "Another crate has this code.")
    _package_uniq = models.UniqueIndex("(notice_id, COALESCE(package_id, 0))", "This crate is on the notice already.")

    @api.depends("content")
    @api.depends_context("lang")
    def _compute_content_text(self):
        for crate in self:
            crate.content_text = "\n".join(
                f"{row['name']} {row['lot'] or ''} {row['quantity']:g} {row['unit']}".replace("  ", " ")
                for row in crate.content or [])

    @api.depends("notice_id.name", "number", "package_id.name")
    def _compute_display_name(self):
        for crate in self:
            package = f" ({crate.package_id.name})" if crate.package_id else ""
            crate.display_name = f"{crate.notice_id.name or ''}-{crate.number}{package}"

    def action_revoke(self):
        """Close the page: who scans the code is told that it is no longer valid.

        :raise AccessError: not logistics
        """
        self.check_access("read")
        self._check_groups(LOGISTICS)
        self._write_signed({"revoked_on": fields.Datetime.now()})
        return True

    def action_renew(self):
        """A new code; the one that is printed opens nothing any more.

        :raise AccessError: not logistics
        :raise UserError: the notice is closed or cancelled
        """
        self.check_access("read")
        self._check_groups(LOGISTICS)
        for crate in self:
            crate.notice_id._check_state("released", "shipped", "signed")
            crate._write_signed({"token": secrets.token_urlsafe(32), "revoked_on": False,
                                 "expires_on": crate.notice_id._get_page_end()})
        return True

    def _get_page_url(self):
        """The address that the code on the crate says."""
        self.ensure_one()
        return f"{self.get_base_url()}/delivery/{self.sudo().token}"  # sudo: printed, never shown

    @api.model
    def _find_by_token(self, token):
        """The crate of a code, as superuser in its company; empty for whatever else: nobody learns why."""
        none = self.sudo().browse()  # sudo: who scans the code is not logged in
        if not TOKEN.match(token or ""):
            return none
        crate = none.search([("token", "=", token)], limit=1)
        if (not crate or crate.revoked_on or crate.expires_on <= fields.Datetime.now()
                or crate.notice_id.state not in ("shipped", "signed")):
            return none
        return crate.with_company(crate.company_id).with_context(allowed_company_ids=crate.company_id.ids)

    def _get_living_fields(self):
        return super()._get_living_fields() | {
            "state", "report_text", "is_missing", "is_damaged", "photo_ids", "revoked_on", "token", "expires_on"}

    def _is_frozen(self):
        return self.state != "open"
