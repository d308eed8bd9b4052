from odoo import api, fields, models


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "document.fence.mixin"]

    service_request_id = fields.Many2one(
        "service.request", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict", check_company=True, help="The work that it quotes.")
    service_is_free = fields.Boolean(
        string="Free of Charge", readonly=True, copy=False, help="The warranty covers these spare parts.")
    service_request_ids = fields.One2many("service.request", "order_id", string="Service Requests", readonly=True)
    service_request_count = fields.Integer(compute="_compute_service_request_count")

    def _compute_service_request_count(self):
        counts = dict(self.env["service.request"]._read_group(
            [("order_id", "in", self.ids)], ["order_id"], ["__count"]))
        for order in self:
            order.service_request_count = counts.get(order._origin, 0)

    def action_new_service_request(self):
        """Take down a request of this order's customer (AFT-1)."""
        self.ensure_one()
        return self.env["service.request"]._open_new(default_order_id=self.id, default_partner_id=self.partner_id.id)

    def action_view_service_requests(self):
        """Open the requests about this order."""
        self.ensure_one()
        return self.env["service.request"]._open_list([("order_id", "=", self.id)])

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "service_request_id", "service_is_free", "service_request_ids"}
