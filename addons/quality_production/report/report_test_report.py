from odoo import api, models


class ReportTestReport(models.AbstractModel):
    """Values of the test report (出厂检验报告) of serial numbers and lots (FQC-5)."""

    _name = "report.quality_production.report_test_report"
    _description = "Test Report of a Serial Number"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Each serial number with its last concluded final inspection, if there is one.

        :return: ``docs`` (stock.lot), ``tests`` ({lot id: quality.inspection, empty if the lot was not tested})
        """
        lots = self.env["stock.lot"].browse(docids)
        return {"doc_ids": docids, "doc_model": "stock.lot", "docs": lots, "tests": self._get_tests(lots)}

    def _get_tests(self, lots):
        inspections = self.env["quality.inspection"]
        tests = dict.fromkeys(lots.ids, inspections)
        found = inspections.search(
            [("trigger", "=", "final"), ("state", "=", "done"), ("product_id", "in", lots.product_id.ids),
             "|", ("lot_id", "in", lots.ids), ("lot_ids", "in", lots.ids)], order="done_at, id")
        for inspection in found:  # the last one wins
            for lot in (inspection.lot_id | inspection.lot_ids) & lots:
                tests[lot.id] = inspection
        return tests
