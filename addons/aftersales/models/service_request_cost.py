from odoo import fields, models

from .service_request import STAFF


class ServiceRequest(models.Model):
    """What a request costs (AFT-5)."""

    _inherit = "service.request"

    cost_ids = fields.One2many("service.cost", "request_id", string="Costs")
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost_total = fields.Monetary(compute="_compute_cost_total", groups="aftersales.group_service_manager")

    def _compute_cost_total(self):
        totals = dict(self.env["service.cost.report"]._read_group(
            [("request_id", "in", self.ids)], ["request_id"], ["amount:sum"]))
        for request in self:
            request.cost_total = totals.get(request._origin, 0.0)

    def action_view_costs(self):
        """Open what this request costs.

        :raise AccessError: not the head of after-sales
        """
        self.ensure_one()
        self._check_groups("aftersales.group_service_manager")
        action = self.env["ir.actions.act_window"]._for_xml_id("aftersales.service_cost_report_action")
        return {**action, "domain": [("request_id", "=", self.id)], "context": {}, "view_mode": "list,pivot"}

    def _get_open_fields(self):
        is_open = self.state != "cancelled" and self.env.user.has_group(STAFF)
        return super()._get_open_fields() | {"cost_ids"} if is_open else super()._get_open_fields()

    def _get_living_fields(self):  # bills of carriers come late
        return super()._get_living_fields() | {"cost_ids"}
