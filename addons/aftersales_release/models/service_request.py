from odoo import fields, models


class ServiceRequest(models.Model):
    _inherit = "service.request"

    release_count = fields.Integer(compute="_compute_release_count")

    def _compute_release_count(self):
        for request in self:  # asked for on the form only
            # sudo: what the order brings is shown with the request
            request.release_count = request.sudo().order_id._count_releases_in_force()

    def action_view_releases(self):
        """Open the documents of the request's order that are in force."""
        self.ensure_one()
        self.check_access("read")
        return self.order_id._open_releases_in_force()
