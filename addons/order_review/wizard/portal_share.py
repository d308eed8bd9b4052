from odoo import api, models


class PortalShare(models.TransientModel):
    """Sharing an order by e-mail gives the customer his link; the dialog shows one that asks for a login."""

    _inherit = "portal.share"

    @api.model
    def default_get(self, fields):
        result = super().default_get(fields)
        if result.get("res_model") == "sale.order" and result.get("res_id"):
            result["share_link"] = self._get_order_link(result["res_id"])
        return result

    @api.depends("res_model", "res_id")
    def _compute_share_link(self):
        orders = self.filtered(lambda wizard: wizard.res_model == "sale.order" and wizard.res_id)
        for wizard in orders:
            wizard.share_link = wizard._get_order_link(wizard.res_id)
        return super(PortalShare, self - orders)._compute_share_link()

    def action_send_mail(self):
        if self.res_model == "sale.order":
            self.resource_ref.check_access("read")
            return super(PortalShare, self.sudo()).action_send_mail()  # the link is the recipient's, see sale.order
        return super().action_send_mail()

    @api.model
    def _get_order_link(self, order_id):
        order = self.env["sale.order"].browse(order_id)
        return order.get_base_url() + order._get_share_url(redirect=True, share_token=False)
