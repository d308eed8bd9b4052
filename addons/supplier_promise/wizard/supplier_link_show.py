from odoo import api, fields, models


class SupplierLinkShow(models.TransientModel):
    """A new link, shown once: to copy it, or to let the supplier scan it."""

    _name = "supplier.link.show"
    _description = "Show the Supplier's Link"

    order_id = fields.Many2one("purchase.order", string="Purchase Order", required=True, readonly=True)
    url = fields.Char(string="Link", readonly=True, store=False, default="")  # shown from the context, kept nowhere
    qr = fields.Binary(compute="_compute_qr", string="QR Code")
    expires_on = fields.Datetime(compute="_compute_qr")

    @api.depends("url")
    def _compute_qr(self):
        for show in self:
            show.qr = show.order_id._get_qr(show.url)
            show.expires_on = show.order_id.supplier_link_ids[:1].expires_on
