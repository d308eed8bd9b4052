from odoo import api, fields, models
from odoo.tools import SQL


class DeliveryLedger(models.Model):
    """Sales ledger (销售台账): a row for each delivered line, and for each one that came back (DLV-5, DLV-9).

    Days are those of the company. A day is promised by the order, never by the transfer's deadline, which follows
    whatever a supplier says. Rows stand for what moved between us and a customer; a finished product that entered the
    store for the same order line is none.
    """

    _name = "delivery.ledger"
    _inherit = ["document.quantity.mixin"]
    _description = "Sales Ledger"
    _rec_name = "order_id"
    _auto = False
    _order = "date_shipped desc, id desc"
    _depends = {
        "stock.move": ["state", "date", "quantity", "product_uom", "product_id", "sale_line_id", "picking_id",
                       "location_id", "location_dest_id", "company_id", "product_qty", "origin_returned_move_id"],
        "stock.picking": ["delivery_notice_id", "picking_type_id", "carrier_price"],
        "stock.location": ["usage", "parent_path"],
        "sale.order": ["partner_id", "user_id", "team_id", "warehouse_id", "commitment_date", "date_first_promised",
                       "currency_rate"],
        "sale.order.line": ["product_id", "product_uom_id", "product_uom_qty", "price_subtotal", "order_id"],
        "delivery.notice": ["state", "date_arrival", "delayed_on", "delay_cause_id", "forwarder_id", "carriage",
                            "waybill", "signed_on", "has_report"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection([("delivery", "Delivered"), ("return", "Returned")], readonly=True)
    order_id = fields.Many2one("sale.order", string="Sales Order", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", string="Plant", readonly=True, help="The store that it left.")
    product_id = fields.Many2one("product.product", string="Delivered Product", readonly=True)
    sold_product_id = fields.Many2one(
        "product.product", readonly=True,
        help="What the order says. Of a kit each component is delivered, and stands here, for itself.")
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    quantity = fields.Float(
        digits="Product Unit", readonly=True, help="In the unit of the delivered product; what came back is negative.")
    amount = fields.Monetary(
        readonly=True, groups="sales_team.group_sale_salesman,account.group_account_invoice,"
                              "order_delivery.group_delivery_desk",
        help="Untaxed, of the order's price, in the company's currency. Components of a kit share its price: each "
             "kind the same, as far as it is delivered.")
    freight = fields.Monetary(
        readonly=True, groups="sales_team.group_sale_salesman,account.group_account_invoice,"
                              "order_delivery.group_delivery_logistics",
        help="Shipping cost of the transfer, shared by its lines, in the company's currency.")
    picking_id = fields.Many2one("stock.picking", string="Transfer", readonly=True)
    notice_id = fields.Many2one("delivery.notice", string="Delivery Notice", readonly=True)
    date_first_promised = fields.Date(
        string="First Promised", readonly=True, help="The delivery date with which the order was confirmed.")
    date_promised = fields.Date(
        string="Promised", readonly=True,
        help="The delivery date that the order says now: a change of the order that the customer has agreed moves it.")
    date_repromised = fields.Date(
        string="New Date", readonly=True,
        help="When the goods were to arrive after a delay was reported on the delivery notice. It excuses no delay.")
    date_shipped = fields.Datetime(string="Shipped", readonly=True)
    date_received = fields.Date(string="Received", readonly=True, help="When the receipt was signed on site.")
    days_late = fields.Integer(
        readonly=True, aggregator="avg", help="Days between the promised day and the day on which it was shipped.")
    punctuality = fields.Selection(
        [("on_time", "On Time"), ("late", "Late"), ("none", "Nothing Promised")], readonly=True,
        help="Shipped by the promised day. What came back is not counted, nor what was sent once more after that.")
    on_time = fields.Float(
        string="On Time (%)", readonly=True, aggregator="avg", help="Lines that were shipped by the promised day.")
    first_on_time = fields.Float(
        string="On Time, First Promise (%)", readonly=True, aggregator="avg",
        help="Lines that were shipped by the day that was promised first.")
    delay_cause_id = fields.Many2one("delivery.delay.cause", string="Cause of the Delay", readonly=True)
    carriage = fields.Selection(
        [("own", "Own Vehicle"), ("carrier", "Carrier"), ("customer", "Customer Fetches It")], readonly=True)
    forwarder_id = fields.Many2one("res.partner", string="Carrier", readonly=True)
    waybill = fields.Char(string="Waybill / Tracking", readonly=True)
    receipt_state = fields.Selection(
        [("outstanding", "Outstanding"), ("signed", "Signed"), ("reported", "Missing or Damaged")], string="Receipt",
        readonly=True)

    @property
    def _table_query(self):
        self._spare_compiler()
        # What nobody asks for is not calculated: the planner drops columns, their subqueries, and joins by a key.
        return SQL(
            """
            SELECT *,
                CASE WHEN counts THEN GREATEST(shipped_day - date_promised, 0) END AS days_late,
                CASE WHEN counts THEN CASE WHEN date_promised IS NULL THEN 'none'
                    WHEN shipped_day <= date_promised THEN 'on_time' ELSE 'late' END END AS punctuality,
                CASE WHEN counts THEN (shipped_day <= date_promised)::int::float8 * 100 END AS on_time,
                CASE WHEN counts THEN (shipped_day <= date_first_promised)::int::float8 * 100 END AS first_on_time
            FROM (%s) AS row
            """, self._get_rows())

    def _spare_compiler(self):
        """Queries of the transaction are not compiled, which takes seconds: what is read takes half a one."""
        self.env.cr.execute(SQL("SELECT set_config('jit', 'off', TRUE)"))

    def _get_rows(self):
        day, company = self.env["res.company"]._get_day_sql, SQL("move.company_id")
        return SQL(
            """
            SELECT move.id, move.company_id, CASE WHEN goes.out THEN 'delivery' ELSE 'return' END AS kind,
                goes.out AND move.origin_returned_move_id IS NULL AS counts,
                line.order_id, sold.partner_id, sold.user_id, sold.team_id,
                COALESCE(type.warehouse_id, sold.warehouse_id) AS warehouse_id,
                move.product_id, line.product_id AS sold_product_id,
                goes.sign * move.quantity::float8 * unit.factor::float8 / own_unit.factor::float8 AS quantity,
                goes.sign * %(amount)s / COALESCE(NULLIF(sold.currency_rate::float8, 0), 1) AS amount,
                %(freight)s / COALESCE(NULLIF(sold.currency_rate, 0), 1) AS freight,
                move.picking_id, notice.id AS notice_id,
                %(first)s AS date_first_promised, %(promised)s AS date_promised,
                CASE WHEN notice.delayed_on IS NOT NULL THEN %(arrival)s END AS date_repromised,
                move.date AS date_shipped, %(shipped)s AS shipped_day, notice.signed_on AS date_received,
                notice.delay_cause_id, notice.carriage, notice.forwarder_id, notice.waybill,
                CASE WHEN notice.has_report THEN 'reported' WHEN notice.state IN ('signed', 'closed') THEN 'signed'
                    WHEN notice.id IS NOT NULL THEN 'outstanding' END AS receipt_state
            FROM stock_move move
                JOIN stock_location source ON source.id = move.location_id
                JOIN stock_location target ON target.id = move.location_dest_id
                JOIN sale_order_line line ON line.id = move.sale_line_id
                JOIN sale_order sold ON sold.id = line.order_id
                LEFT JOIN uom_uom unit ON unit.id = move.product_uom
                LEFT JOIN uom_uom line_unit ON line_unit.id = line.product_uom_id
                LEFT JOIN product_product product ON product.id = move.product_id
                LEFT JOIN product_template template ON template.id = product.product_tmpl_id
                LEFT JOIN uom_uom own_unit ON own_unit.id = template.uom_id
                LEFT JOIN stock_picking picking ON picking.id = move.picking_id
                LEFT JOIN stock_picking_type type ON type.id = picking.picking_type_id
                LEFT JOIN delivery_notice notice ON notice.id = picking.delivery_notice_id
                CROSS JOIN LATERAL (
                    SELECT %(target)s AS out, CASE WHEN %(target)s THEN 1 ELSE -1 END AS sign) AS goes
            WHERE move.state = 'done' AND move.sale_line_id IS NOT NULL AND move.quantity != 0
                AND %(source)s != %(target)s
            """,
            amount=self._get_amount(), freight=self._get_freight(),
            first=day(SQL("sold.date_first_promised"), company), promised=day(SQL("sold.commitment_date"), company),
            arrival=day(SQL("notice.date_arrival"), company), shipped=day(SQL("move.date"), company),
            source=self._is_customers("source"), target=self._is_customers("target"))

    @api.model
    def _is_customers(self, alias):
        """SQL: whether a location is a customer's or a sister company's, as ``stock.location._is_outgoing``."""
        # sudo: whoever reads the ledger need not read the places of the stock
        transit = self.env.ref("stock.stock_location_inter_company", raise_if_not_found=False)
        path = transit and transit.sudo().parent_path or "/"
        return SQL(
            "(%(usage)s = 'customer' OR %(path)s LIKE %(transit)s)", usage=SQL.identifier(alias, "usage"),
            path=SQL.identifier(alias, "parent_path"), transit=f"{path}%")

    @api.model
    def _get_amount(self):
        """SQL of the price of what has moved, in the order's currency: by quantity; a component's share of its kit."""
        return SQL(
            """
            CASE WHEN move.product_id = line.product_id THEN
                line.price_subtotal::float8 * move.quantity::float8 / NULLIF(line.product_uom_qty::float8, 0)
                    * CASE WHEN move.product_uom = line.product_uom_id THEN 1
                        ELSE unit.factor::float8 / line_unit.factor::float8 END
            ELSE line.price_subtotal::float8 * move.quantity::float8 * unit.factor::float8 / own_unit.factor::float8 * (
                SELECT 1::float8 / NULLIF(COUNT(DISTINCT part.product_id)
                    * SUM(part.product_qty) FILTER (WHERE part.product_id = move.product_id), 0)
                FROM stock_move part JOIN stock_location target ON target.id = part.location_dest_id
                WHERE part.sale_line_id = line.id AND part.state != 'cancel' AND %s)
            END
            """, self._is_customers("target"))

    @api.model
    def _get_freight(self):
        """SQL of a line's part of its transfer's shipping cost, in the order's currency."""
        return SQL(
            """
            CASE WHEN picking.carrier_price != 0 THEN picking.carrier_price / (
                SELECT COUNT(*) FROM stock_move beside
                WHERE beside.picking_id = move.picking_id AND beside.state = 'done') ELSE 0 END
            """)

    def action_open_document(self):
        """Open the delivery notice, else the order.

        :raise AccessError: the user may not read it
        """
        self.ensure_one()
        document = self.notice_id or self.order_id
        document.check_access("read")
        return document._get_records_action()
