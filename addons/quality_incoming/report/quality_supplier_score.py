from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.query import Query


class QualitySupplierScore(models.Model):
    """What a supplier's score is made of (PUR-12): one row for each inspected lot, order line and answer.

    Parts that a row does not know are empty, so that averages count only the rows that know them. The score itself
    is the weighted mean of the parts of a group; the weights are the company's.
    """

    _name = "quality.supplier.score"
    _inherit = ["document.quantity.mixin"]
    _description = "Supplier Score"
    _rec_name = "partner_id"
    _auto = False
    _order = "date desc, id desc"

    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Supplier", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    date = fields.Datetime(readonly=True)
    kind = fields.Selection(
        [("lot", "Inspected lot"), ("delivery", "Order line"), ("response", "Answer")], string="From", readonly=True)
    lots = fields.Integer(readonly=True)
    lots_accepted = fields.Integer(string="Accepted Lots", readonly=True)
    lot_acceptance = fields.Float(
        string="Lot Acceptance (%)", readonly=True, aggregator="avg", help="Lots that were accepted as they came.")
    quantity_inspected = fields.Float(string="Inspected", digits="Product Unit", readonly=True)
    quantity_nonconforming = fields.Float(
        string="Nonconforming", digits="Product Unit", readonly=True,
        help="Not accepted, also after sorting; without what waits for its verdict.")
    ppm = fields.Float(
        string="PPM", digits=(16, 0), readonly=True, aggregator="avg",
        help="Nonconforming parts per million inspected parts.")
    on_time = fields.Float(
        string="On Time (%)", readonly=True, aggregator="avg",
        help="Part of the ordered quantity that had arrived by the day of the order line.")
    response_hours = fields.Float(
        string="Response (hours)", readonly=True, aggregator="avg",
        help="Hours by the clock until the supplier answered a nonconformity.")
    price_index = fields.Float(
        readonly=True, aggregator="avg",
        help="Lowest price of the product among all suppliers, in percent of this price: 100 is the best.")
    score = fields.Float(
        readonly=True, aggregator="avg", digits=(16, 1),
        help="Weighted mean of the parts that are known, 0 to 100; weights are set in the settings.")

    @property
    def _table_query(self):
        return SQL(
            "SELECT *, NULL::float AS ppm, NULL::float AS score FROM (%s UNION ALL %s UNION ALL %s) AS fact",
            self._get_lot_rows(), self._get_delivery_rows(), self._get_response_rows())

    def _get_lot_rows(self):
        """First inspections of received lots; their re-inspections count for the quantities only.

        A part that was split off is a lot of its own, so that the re-inspections go by ``parent_id``, not by the root.
        A lot that was inspected whole keeps its good units; with more bad ones than its plan allows it is not accepted.
        """
        return SQL("""
            SELECT lot.id * 3 AS id, lot.company_id, lot.partner_id, lot.product_id, lot.done_at AS date,
                   'lot' AS kind, 1 AS lots, good.whole::int AS lots_accepted,
                   good.whole::int * 100.0 AS lot_acceptance,
                   lot.quantity AS quantity_inspected,
                   GREATEST(lot.quantity - COALESCE(lot.quantity_accepted, 0) - COALESCE(again.settled, 0), 0)
                       AS quantity_nonconforming,
                   NULL::float AS on_time, NULL::float AS response_hours, NULL::float AS price_index
              FROM quality_inspection lot
        CROSS JOIN LATERAL (SELECT lot.verdict = 'accept' AND NOT EXISTS (
                        SELECT FROM quality_inspection_sample sample
                         WHERE sample.inspection_id = lot.id AND sample.decision = 'reject') AS whole) good
         LEFT JOIN (WITH RECURSIVE later(state, accepted, waiting, lot_id) AS (
                        SELECT state, COALESCE(quantity_accepted, 0), COALESCE(quantity_open, 0), parent_id
                          FROM quality_inspection WHERE parent_id IS NOT NULL
                         UNION ALL
                        SELECT later.state, accepted, waiting, parent_id
                          FROM later JOIN quality_inspection former ON former.id = later.lot_id
                         WHERE parent_id IS NOT NULL)
                    SELECT lot_id, SUM(accepted + CASE WHEN state IN ('draft', 'pending', 'in_progress')
                                       THEN waiting ELSE 0 END) AS settled
                      FROM later WHERE state != 'cancelled' GROUP BY lot_id) again ON again.lot_id = lot.id
             WHERE lot.trigger IN ('incoming', 'subcontract') AND lot.state = 'done' AND lot.parent_id IS NULL
               AND lot.partner_id IS NOT NULL""")

    def _get_delivery_rows(self):
        """Confirmed order lines of goods: what had arrived by their day, and their price against the lowest."""
        return SQL("""
            SELECT line.id * 3 + 1 AS id, po.company_id, partner.commercial_partner_id AS partner_id, line.product_id,
                   line.date_planned AS date, 'delivery' AS kind, 0 AS lots, 0 AS lots_accepted,
                   NULL::float AS lot_acceptance, 0.0 AS quantity_inspected, 0.0 AS quantity_nonconforming,
                   CASE WHEN line.date_planned::date < (NOW() AT TIME ZONE 'UTC')::date
                          OR COALESCE(got.in_time, 0) >= line.product_qty
                        THEN 100.0 * LEAST(COALESCE(got.in_time, 0) / line.product_qty, 1) END AS on_time,
                   NULL::float AS response_hours,
                   100.0 * MIN(price.unit) OVER (PARTITION BY po.company_id, line.product_id)
                       / NULLIF(price.unit, 0) AS price_index
              FROM purchase_order_line line
              JOIN purchase_order po ON po.id = line.order_id
              JOIN res_partner partner ON partner.id = po.partner_id
              JOIN uom_uom unit ON unit.id = line.product_uom_id
         LEFT JOIN LATERAL (
                   SELECT NULLIF(line.price_unit * (1 - COALESCE(line.discount, 0) / 100)
                                 / COALESCE(NULLIF(po.currency_rate, 0), 1) / unit.factor, 0) AS unit) price ON TRUE
         LEFT JOIN LATERAL (
                   SELECT SUM(move.quantity * move_unit.factor / unit.factor) AS in_time
                     FROM stock_move move
                     JOIN uom_uom move_unit ON move_unit.id = move.product_uom
                     JOIN stock_location source ON source.id = move.location_id
                    WHERE move.purchase_line_id = line.id AND move.product_id = line.product_id
                      AND move.state = 'done' AND source.usage = 'supplier'
                      AND move.date::date <= line.date_planned::date) got ON TRUE
             WHERE po.state = 'purchase' AND line.display_type IS NULL AND line.product_qty > 0
               AND line.qty_received_method = 'stock_moves'""")

    def _get_response_rows(self):
        """Nonconformities that the supplier answered."""
        return SQL("""
            SELECT nc.id * 3 + 2 AS id, nc.company_id, partner.commercial_partner_id AS partner_id, nc.product_id,
                   nc.supplier_answered_at AS date, 'response' AS kind, 0 AS lots, 0 AS lots_accepted,
                   NULL::float AS lot_acceptance, 0.0 AS quantity_inspected, 0.0 AS quantity_nonconforming,
                   NULL::float AS on_time, nc.supplier_response_hours AS response_hours, NULL::float AS price_index
              FROM quality_nonconformity nc
              JOIN res_partner partner ON partner.id = nc.partner_id
             WHERE nc.supplier_answered_at IS NOT NULL AND nc.state != 'cancelled'""")

    def _read_group_select(self, aggregate_spec: str, query: Query) -> SQL:
        if aggregate_spec == "ppm:avg":
            return self._get_ppm(query)
        if aggregate_spec == "score:avg":
            return self._get_score(query)
        return super()._read_group_select(aggregate_spec, query)

    def _get_ppm(self, query):
        return SQL(
            "SUM(%s) * 1000000 / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, "quantity_nonconforming", query),
            self._field_to_sql(self._table, "quantity_inspected", query))

    def _get_score(self, query):
        """Weighted mean of the known parts, each 0 to 100 (PUR-12)."""
        company = self.env.company.sudo()  # sudo: weights are no secret of the company's form
        average = {name: SQL("AVG(%s)", self._field_to_sql(self._table, name, query))
                   for name in ("lot_acceptance", "on_time", "response_hours", "price_index")}
        parts = [
            (company.score_weight_acceptance, average["lot_acceptance"]),
            (company.score_weight_ppm, SQL(
                "CASE WHEN SUM(%s) > 0 THEN GREATEST(0, 100 * (1 - (%s) / %s)) END",
                self._field_to_sql(self._table, "quantity_inspected", query), self._get_ppm(query),
                company.score_ppm_limit)),
            (company.score_weight_on_time, average["on_time"]),
            (company.score_weight_response, SQL(
                "CASE WHEN %(hours)s IS NOT NULL THEN GREATEST(0, 100 * (1 - %(hours)s / %(limit)s)) END",
                hours=average["response_hours"], limit=company.score_response_limit)),
            (company.score_weight_price, average["price_index"]),
        ]
        return SQL(
            "(%s) / NULLIF(%s, 0)",
            SQL(" + ").join(SQL("%s * COALESCE(%s, 0)", weight, part) for weight, part in parts),
            SQL(" + ").join(SQL("%s * ((%s) IS NOT NULL)::int", weight, part) for weight, part in parts))
