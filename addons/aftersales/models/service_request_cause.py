from odoo import api, fields, models

from .service_request import STAFF


class ServiceRequest(models.Model):
    """Causes of a request (AFT-5)."""

    _inherit = "service.request"

    cause_ids = fields.One2many("service.cause", "request_id", string="Causes", readonly=True)
    cause_category_id = fields.Many2one(
        "service.cause.category", string="Cause", compute="_compute_cause_category_id", store=True,
        index="btree_not_null", help="The first cause that was found.")

    @api.depends("cause_ids.category_id")
    def _compute_cause_category_id(self):
        for request in self:
            request.cause_category_id = request.cause_ids.sorted("id")[:1].category_id

    def action_new_cause(self):
        """Note why the customer had to ask.

        :raise AccessError: nobody of after-sales
        """
        self.ensure_one()
        self.check_access("read")
        self._check_groups(STAFF)
        return {
            "type": "ir.actions.act_window", "res_model": "service.cause", "view_mode": "form",
            "name": self.env._("New Cause"), "context": {"default_request_id": self.id},
        }

    def _get_living_fields(self):  # found after the request was closed, too
        return super()._get_living_fields() | {"cause_ids", "cause_category_id"}
