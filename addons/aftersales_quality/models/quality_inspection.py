from odoo import fields, models


class QualityInspection(models.Model):
    """The inspection of goods that came back knows the request because of which they did (AFT-4)."""

    _inherit = "quality.inspection"
    _dossier_path = ("service_request_id",)

    service_request_id = fields.Many2one(
        "service.request", readonly=True, index="btree_not_null", ondelete="restrict", check_company=True)
