from odoo import api, fields, models
from odoo.fields import Command


class QualityNonconformity(models.Model):
    """A report from site, or a claim to a supplier, knows the customer's request (NCR-1, AFT-4)."""

    _inherit = "quality.nonconformity"
    _dossier_path = ("service_request_id",)

    service_request_id = fields.Many2one(
        "service.request", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", check_company=True)

    @api.model
    def _report_from_site(self, request, product, lot, supplier=None):
        """A report of what a customer has found, with the words and papers of his request; to be completed and sent.

        The goods are with the customer, out of stock: once they come back their inspection holds them.

        :param request: service.request; the right was checked
        """
        report = self.create({
            "company_id": request.company_id.id, "source": "site", "product_id": product.id,
            "quantity": 1.0 if lot or supplier else request.quantity, "lot_ids": [Command.set(lot.ids)],
            "partner_id": supplier and supplier.id, "is_stocked": False, "location_id": False,
            "severity": "major", "description": "\n".join(filter(None, (request.display_name, request.description)))})
        report._write_signed({"service_request_id": request.id})
        report.attachment_ids = request._get_own_files().with_env(self.env)._adopt(report)
        return report

    @api.model
    def _prepare_inspection_nonconformity_vals(self, inspection, quantity, lots=None, defects=None):
        vals = super()._prepare_inspection_nonconformity_vals(inspection, quantity, lots, defects)
        return {**vals, "service_request_id": inspection.service_request_id.id}
