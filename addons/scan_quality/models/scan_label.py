from odoo import api, models


class ScanLabel(models.AbstractModel):
    _inherit = "scan.label"

    @api.model
    def _get_coded(self):
        return {**super()._get_coded(), "quality.inspection": "name", "stock.gate.pass": "name"}

    @api.model
    def _get_texts(self, record):
        if record._name == "quality.inspection":
            return record.name, record.product_id.display_name
        return super()._get_texts(record)

    @api.model
    def _get_job_records(self, job):
        if job._name != "quality.inspection":
            return super()._get_job_records(job)
        return [job, *self._get_goods(job.product_id, job.lot_id | job.lot_ids)]
