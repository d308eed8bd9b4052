from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL


class QualityInspection(models.Model):
    """When the goods are needed: the inspector's queue is sorted by it, without a query per inspection."""
    _inherit = "quality.inspection"

    def _compute_demand_date(self):
        dates = self._get_demand_dates(self.product_id.ids)
        for inspection in self:
            inspection.demand_date = dates.get((inspection.company_id.id, inspection.product_id.id), False)

    @api.depends("demand_date")
    def _compute_is_urgent(self):
        now = fields.Datetime.now()
        for inspection in self:
            # sudo: how soon is urgent is a setting of the company
            hours = inspection.company_id.sudo().quality_urgent_hours
            inspection.is_urgent = bool(
                inspection.state in ("pending", "in_progress") and inspection.demand_date
                and inspection.demand_date <= now + timedelta(hours=hours))

    @api.model
    def _get_demand_dates(self, product_ids):
        """Earliest open demand: ``{(company id, product id): datetime}``, one query."""
        if not product_ids:
            return {}
        self.env["stock.move"].flush_model(["product_id", "company_id", "state", "date", "location_id",
                                            "location_dest_id"])
        return {(company, product): date for company, product, date in self.env.execute_query(SQL(
            "%s AND move.product_id = ANY(%s) GROUP BY move.company_id, move.product_id",
            self._get_demand_query(), list(product_ids)))}

    @api.model
    def _get_demand_query(self):
        """Open moves that take goods out of stock: to production, to a customer, out of the company.

        Selects company, product and the earliest date, and lacks its GROUP BY; upper addons may join more demands.
        """
        return SQL(
            "SELECT move.company_id, move.product_id, min(move.date) AS date FROM stock_move move "
            "JOIN stock_location source ON source.id = move.location_id "
            "JOIN stock_location target ON target.id = move.location_dest_id "
            "WHERE move.state IN ('waiting', 'confirmed', 'partially_available') "
            "AND source.usage IN ('internal', 'transit') AND target.usage IN ('customer', 'production', 'supplier')")

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """``demand_date`` is not stored, and can be sorted by all the same: one join, whatever the number of rows."""
        if field_name != "demand_date":
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        self.env["stock.move"].flush_model(["product_id", "company_id", "state", "date", "location_id",
                                            "location_dest_id"])
        demand = query.make_alias(alias, "demand")
        query.add_join("LEFT JOIN", demand, SQL(
            "(%s GROUP BY move.company_id, move.product_id)", self._get_demand_query()), SQL(
            "%s = %s AND %s = %s", SQL.identifier(demand, "product_id"), SQL.identifier(alias, "product_id"),
            SQL.identifier(demand, "company_id"), SQL.identifier(alias, "company_id")))
        return SQL("%s %s %s", SQL.identifier(demand, "date"), direction, nulls or SQL("NULLS LAST"))

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """The client may sort lists by the demand's date."""
        result = super().fields_get(allfields, attributes)
        if "demand_date" in result and "sortable" in result["demand_date"]:
            result["demand_date"]["sortable"] = True
        return result
