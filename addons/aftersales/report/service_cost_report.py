from odoo import api, fields, models
from odoo.tools import SQL

from ..models.service_cost import KINDS

#: Ids of the rows of one source are those of its records, times this, plus the number of the source.
SOURCES = 16


class ServiceCostReport(models.Model):
    """Cost of quality after delivery: what requests cost, by order, product, cause and supplier (AFT-5).

    Goods that leave for a request cost what the stock values them at; what comes back is taken off them. Other addons
    join by :meth:`_get_sources`.
    """

    _name = "service.cost.report"
    _description = "Cost of Quality"
    _auto = False
    _order = "date desc, id desc"
    _depends = {
        "service.cost": ["request_id", "kind", "date", "amount", "name"],
        "service.request": ["partner_id", "order_id", "product_id", "lot_id", "part_id", "supplier_id",
                            "cause_category_id", "department_id", "warranty_state", "company_id"],
        "stock.move": ["service_request_id", "repair_id", "sale_line_id", "state", "value", "is_in", "is_out", "date"],
        "repair.order": ["service_request_id"],
        "sale.order": ["service_request_id", "service_is_free"],
    }

    request_id = fields.Many2one("service.request", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    date = fields.Date(readonly=True)
    name = fields.Char(string="Document", readonly=True)
    amount = fields.Monetary(readonly=True)
    res_model = fields.Char(readonly=True, export_string_translation=False)
    res_id = fields.Integer(readonly=True, aggregator=None, export_string_translation=False)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    lot_id = fields.Many2one("stock.lot", string="Serial Number", readonly=True)
    part_id = fields.Many2one("product.product", string="Faulty Part", readonly=True)
    supplier_id = fields.Many2one("res.partner", string="Supplier of the Part", readonly=True)
    cause_category_id = fields.Many2one("service.cause.category", string="Cause", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    warranty_state = fields.Selection(
        [("unknown", "Unknown"), ("in", "In Warranty"), ("out", "Out of Warranty")], string="Warranty", readonly=True)

    @property
    def _table_query(self):
        rows = SQL(" UNION ALL ").join(
            SQL("SELECT source.record_id * %s + %s AS id, source.* FROM (%s) AS source"
                "(record_id, request_id, kind, date, amount, res_model, res_id, name)", SOURCES, number, source)
            for number, source in enumerate(self._get_sources()))
        return SQL(
            """
            SELECT cost.id, cost.request_id, cost.kind, cost.date, cost.amount, cost.res_model, cost.res_id, cost.name,
                request.company_id, company.currency_id, request.partner_id, request.order_id, request.product_id,
                request.lot_id, request.part_id, request.supplier_id, request.cause_category_id,
                request.department_id, request.warranty_state
            FROM (%s) AS cost
                JOIN service_request request ON request.id = cost.request_id
                JOIN res_company company ON company.id = request.company_id
            """, rows)

    @api.model
    def _get_day(self, moment, company):
        """SQL of the day of a moment in a company's time zone, as ``res.company._get_day``.

        :param moment: SQL of a moment in UTC
        :param company: SQL of the id of the company
        """
        return self.env["res.company"]._get_day_sql(moment, company)

    @api.model
    def _get_sources(self):
        """Queries of what requests cost: id, request, kind, day, amount in the company's currency, and the document to
        open: its model, id and name.

        Add at the end: a source's number is part of the ids of its rows.
        """
        return [
            SQL("SELECT id, request_id, kind, date, amount, 'service.request', request_id, name FROM service_cost"),
            self._get_goods("move.service_request_id", SQL("'parts'"), SQL("TRUE")),
            self._get_goods("repair.service_request_id", SQL("'repair'"), SQL("move.service_request_id IS NULL")),
            self._get_goods("sold.service_request_id", SQL("'parts'"), SQL(
                "sold.service_is_free AND move.service_request_id IS NULL AND move.repair_id IS NULL")),
        ]

    @api.model
    def _get_goods(self, request, kind, condition):
        """Valued goods that left for the request that a column names; what comes back is taken off what left, never
        more: goods that wait to be repaired and sent back are no gain (AFT-5)."""
        alias, column = request.split(".")
        return SQL(
            """
            SELECT id, request_id, kind, date,
                CASE WHEN is_out THEN value
                    ELSE -LEAST(value, GREATEST(value + left_all - back_so_far, 0)) END AS amount,
                res_model, res_id, name
            FROM (
                SELECT move.id, %(request)s AS request_id, %(kind)s AS kind, %(day)s AS date, move.is_out, move.value,
                    SUM(CASE WHEN move.is_out THEN move.value ELSE 0 END) OVER (PARTITION BY %(request)s) AS left_all,
                    SUM(CASE WHEN move.is_out THEN 0 ELSE move.value END) OVER (
                        PARTITION BY %(request)s ORDER BY move.id) AS back_so_far,
                    CASE WHEN repair.id IS NULL THEN 'stock.picking' ELSE 'repair.order' END AS res_model,
                    COALESCE(repair.id, move.picking_id) AS res_id, COALESCE(repair.name, move.reference) AS name
                FROM stock_move move
                    LEFT JOIN repair_order repair ON repair.id = move.repair_id
                    LEFT JOIN sale_order_line line ON line.id = move.sale_line_id
                    LEFT JOIN sale_order sold ON sold.id = line.order_id
                WHERE %(request)s IS NOT NULL AND move.state = 'done' AND (move.is_out OR move.is_in)
                    AND move.value != 0 AND %(condition)s
            ) AS goods
            WHERE is_out OR value + left_all > back_so_far
            """, request=SQL.identifier(alias, column), kind=kind, condition=condition,
            day=self._get_day(SQL("move.date"), SQL("move.company_id")))

    def action_open_document(self):
        """Open the document that the cost comes from.

        :raise AccessError: the user may not open it
        """
        self.ensure_one()
        document = self.env[self.res_model].browse(self.res_id)
        document.check_access("read")
        return document._get_records_action()
