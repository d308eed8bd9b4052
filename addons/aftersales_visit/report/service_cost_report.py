from odoo import api, models
from odoo.tools import SQL


class ServiceCostReport(models.Model):
    """What signed visits cost their request: hours, travel, and parts at the value of the stock (AFT-5)."""

    _inherit = "service.cost.report"
    _depends = {
        "service.visit": ["request_id", "state", "done_on", "name", "labor_cost", "travel_cost"],
        "service.visit.part": ["visit_id", "move_id"],
        "stock.move": ["state", "value", "date"],
    }

    @api.model
    def _get_sources(self):
        return [
            *super()._get_sources(),
            self._get_visits("hours", "labor_cost"),
            self._get_visits("travel", "travel_cost"),
            SQL(
                """
                SELECT move.id, visit.request_id, 'parts', %s, move.value, 'service.visit', visit.id,
                    visit.name
                FROM service_visit_part part
                    JOIN service_visit visit ON visit.id = part.visit_id
                    JOIN stock_move move ON move.id = part.move_id
                WHERE visit.request_id IS NOT NULL AND move.state = 'done' AND move.value != 0
                """, self._get_day(SQL("move.date"), SQL("move.company_id"))),
        ]

    @api.model
    def _get_visits(self, kind, column):
        """One amount of the signed visits."""
        amount = SQL.identifier("visit", column)
        return SQL(
            """
            SELECT visit.id, visit.request_id, %s, %s, %s, 'service.visit', visit.id, visit.name
            FROM service_visit visit
            WHERE visit.request_id IS NOT NULL AND visit.state = 'done' AND %s > 0
            """, kind, self._get_day(SQL("visit.done_on"), SQL("visit.company_id")), amount, amount)
