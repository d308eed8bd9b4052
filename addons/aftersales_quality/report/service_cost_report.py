from odoo import api, models
from odoo.tools import SQL


class ServiceCostReport(models.Model):
    """What quality spends on goods of a request: hours of sorting and rework, and what is scrapped (AFT-5)."""

    _inherit = "service.cost.report"
    _depends = {
        "quality.nonconformity": ["service_request_id", "name"],
        "quality.disposition": ["cost", "state", "nonconformity_id", "decided_on", "task_done_on"],
        "stock.scrap": ["quality_disposition_id", "state", "date_done"],
        "stock.move": ["scrap_id", "value", "is_out"],
    }

    @api.model
    def _get_sources(self):
        day = self._get_day
        document = SQL("'quality.nonconformity', report.id, report.name")
        return [
            *super()._get_sources(),
            SQL(
                """
                SELECT row.id, report.service_request_id, 'hours', %s, row.cost, %s
                FROM quality_disposition row JOIN quality_nonconformity report ON report.id = row.nonconformity_id
                WHERE report.service_request_id IS NOT NULL AND row.state != 'cancelled' AND row.cost > 0
                """, day(SQL("COALESCE(row.task_done_on, row.decided_on, row.create_date)"), SQL("report.company_id")),
                document),
            SQL(
                """
                SELECT move.id, report.service_request_id, 'scrap', %s, move.value, %s
                FROM stock_move move
                    JOIN stock_scrap scrap ON scrap.id = move.scrap_id
                    JOIN quality_disposition row ON row.id = scrap.quality_disposition_id
                    JOIN quality_nonconformity report ON report.id = row.nonconformity_id
                WHERE report.service_request_id IS NOT NULL AND move.state = 'done' AND move.is_out
                    AND move.value != 0 AND move.service_request_id IS NULL
                """, day(SQL("move.date"), SQL("move.company_id")), document),
        ]
