from odoo import api, models


class ScanLabel(models.AbstractModel):
    _inherit = "scan.label"

    @api.model
    def _get_coded(self):
        return {**super()._get_coded(), "mrp.production": "name", "mrp.workorder": "barcode"}

    @api.model
    def _get_texts(self, record):
        if record._name == "mrp.production":
            return record.name, f"{record.product_qty:g} {record.product_id.display_name}"
        if record._name == "mrp.workorder":
            return record.name, f"{record.production_id.name} · {record.workcenter_id.display_name}"
        return super()._get_texts(record)

    @api.model
    def _get_job_records(self, job):
        if job._name != "mrp.production":
            return super()._get_job_records(job)
        moves = job.move_raw_ids.filtered(lambda move: move.state != "cancel")
        lines = moves.move_line_ids
        works = self.env["mrp.workorder"]
        if works.has_access("read"):
            works = works.search([("production_id", "=", job.id)])
        return [job, works, lines.location_id, *self._get_goods(moves.product_id, lines.lot_id),
                lines.package_id]
