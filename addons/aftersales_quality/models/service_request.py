from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.aftersales.models.service_request import STAFF


class ServiceRequest(models.Model):
    """What quality knows of a request: reports from site, claims, inspections of what came back (NCR-1, AFT-4)."""

    _inherit = "service.request"

    nonconformity_ids = fields.One2many(
        "quality.nonconformity", "service_request_id", string="Nonconformities", readonly=True)
    nonconformity_count = fields.Integer(compute="_compute_quality_counts")
    inspection_count = fields.Integer(compute="_compute_quality_counts")
    lot_inspection_count = fields.Integer(related="lot_id.inspection_count", string="Test Reports")
    lot_concession_count = fields.Integer(related="lot_id.concession_count", string="Concessions of the Goods")

    def _compute_quality_counts(self):
        counts = {}
        for name in ("quality.nonconformity", "quality.inspection"):
            # sudo: how many there are is shown to whoever reads the request
            counts[name] = dict(self.env[name].sudo()._read_group(
                [("service_request_id", "in", self.ids)], ["service_request_id"], ["__count"]))
        for request in self:
            request.nonconformity_count = counts["quality.nonconformity"].get(request._origin, 0)
            request.inspection_count = counts["quality.inspection"].get(request._origin, 0)

    def action_new_nonconformity(self):
        """Report the goods as nonconforming, from site (NCR-1).

        :raise AccessError: nobody of after-sales
        :raise UserError: no product
        """
        self._check_reportable()
        if not self.product_id:
            raise UserError(self.env._("%(request)s: name the serial number or the product first.", request=self.name))
        return self._report(self.product_id, self.lot_id)

    def action_new_claim(self):
        """Claim the faulty part from its supplier: a report that names him, with what quality then decides.

        :raise AccessError: nobody of after-sales
        :raise UserError: no part, or nobody who supplied it
        """
        self._check_reportable()
        if not self.part_id or not self.supplier_id:
            raise UserError(self.env._("%(request)s: name the faulty part and its supplier first.", request=self.name))
        return self._report(self.part_id, self.part_lot_id, self.supplier_id)

    def action_send_back(self):
        """What quality has rejected leaves by its decision: reworked and inspected again, or conceded (NCR-4).

        :raise UserError: it is not decided yet
        """
        self._check_groups(STAFF)
        # sudo: whoever of after-sales sends it back need not read reports
        backs = self.sudo()._get_kept_returns().filtered(lambda move: move.state == "done")
        rejected = backs.quality_inspection_ids.filtered(
            lambda inspection: inspection.state == "done" and inspection.quantity_held)
        if reports := rejected.nonconformity_ids.filtered(lambda report: report.state != "cancelled"):
            raise UserError(self.env._(
                "%(request)s: quality has rejected what came back. %(report)s decides first: rework, or a concession.",
                request=self.name, report=reports[0].name))
        return super().action_send_back()

    def action_view_nonconformities(self):
        """Open the nonconformities of this request."""
        self.ensure_one()
        return self.nonconformity_ids._get_records_action(name=self.env._("Nonconformities"))

    def action_view_inspections(self):
        """Open the inspections of what came back."""
        self.ensure_one()
        found = self.env["quality.inspection"].search([("service_request_id", "=", self.id)])
        return found._get_records_action(name=self.env._("Inspections"))

    def action_view_lot_inspections(self):
        """Open the test reports of the serial number."""
        self.ensure_one()
        return self.lot_id.action_view_inspections()

    def action_view_lot_concessions(self):
        """Open what was conceded of the serial number."""
        self.ensure_one()
        return self.lot_id.action_view_concessions()

    def _check_reportable(self):
        self.ensure_one()
        self.check_access("read")
        self._check_groups(STAFF)
        self._check_state("contacted", "in_progress", "solved")

    def _report(self, product, lot, supplier=None):
        """Open the report of these goods; a second press makes no second one."""
        self._lock()
        same = Domain("service_request_id", "=", self.id) & Domain("product_id", "=", product.id) & Domain(
            "state", "!=", "cancelled") & Domain("partner_id", "=", supplier.id if supplier else False)
        there = self.env["quality.nonconformity"].search([*same, ("lot_ids", "=", lot.id)], limit=1)
        report = there or self.env["quality.nonconformity"]._report_from_site(self, product, lot, supplier)
        return report._get_records_action()

    def _get_document_fields(self):
        return [*super()._get_document_fields(), "nonconformity_ids"]

    def _get_living_fields(self):
        return super()._get_living_fields() | {"nonconformity_ids"}
