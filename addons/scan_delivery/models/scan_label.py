from odoo import api, models


class ScanLabel(models.AbstractModel):
    _inherit = "scan.label"

    @api.model
    def _get_coded(self):
        return {**super()._get_coded(), "delivery.notice": "name"}

    @api.model
    def _get_job_records(self, job):
        """A notice opens its loading check: its label stands before those of its transfer."""
        records = super()._get_job_records(job)
        if job._name != "stock.picking" or not job.delivery_notice_id.has_access("read"):
            return records
        return [records[0], job.delivery_notice_id, *records[1:]]
