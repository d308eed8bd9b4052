from odoo import fields, models
from odoo.tools import SQL


class DeliveryPunctuality(models.Model):
    """On-time delivery: a row for each confirmed order with goods and a promised day (DLV-9).

    An order is on time when its last piece was shipped by the promised day. One that is not complete is late as soon
    as that day is over, and counts for nothing before.
    """

    _name = "delivery.punctuality"
    _description = "On-Time Delivery"
    _rec_name = "order_id"
    _auto = False
    _order = "date_promised desc, id desc"
    _depends = {
        "stock.move": ["state", "date", "sale_line_id", "picking_id", "location_id", "location_dest_id",
                       "origin_returned_move_id"],
        "stock.location": ["usage", "parent_path"],
        "sale.order": ["state", "partner_id", "user_id", "team_id", "warehouse_id", "commitment_date",
                       "date_first_promised", "amount_untaxed", "currency_rate", "company_id"],
        "sale.order.line": ["order_id"],
        "delivery.notice": ["order_id", "state", "delayed_on", "delay_cause_id"],
    }

    order_id = fields.Many2one("sale.order", string="Sales Order", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", string="Plant", readonly=True)
    amount = fields.Monetary(
        readonly=True, help="Untaxed amount of the order, in the company's currency.",
        groups="sales_team.group_sale_salesman,account.group_account_invoice,order_delivery.group_delivery_desk")
    date_first_promised = fields.Date(
        string="First Promised", readonly=True, help="The delivery date with which the order was confirmed.")
    date_promised = fields.Date(
        string="Promised", readonly=True,
        help="The delivery date that the order says now: a change of the order that the customer has agreed moves it.")
    date_completed = fields.Datetime(string="Last Piece Shipped", readonly=True)
    days_late = fields.Integer(
        readonly=True, aggregator="avg",
        help="Days between the promised day and the day on which the last piece was shipped, or today.")
    state = fields.Selection(
        [("open", "Under Way"), ("overdue", "Overdue"), ("on_time", "On Time"), ("late", "Late")], string="Status",
        readonly=True, help="Overdue: the promised day is over, and something is still to be shipped.")
    on_time = fields.Float(
        string="On Time (%)", readonly=True, aggregator="avg",
        help="Orders whose last piece was shipped by the promised day; overdue ones are not on time.")
    first_on_time = fields.Float(
        string="On Time, First Promise (%)", readonly=True, aggregator="avg",
        help="Orders whose last piece was shipped by the day that was promised first.")
    delay_cause_id = fields.Many2one(
        "delivery.delay.cause", string="Cause of the Delay", readonly=True,
        help="The last one that was reported on a delivery notice of the order.")

    @property
    def _table_query(self):
        self.env["delivery.ledger"]._spare_compiler()
        return SQL(
            """
            SELECT *, id AS order_id,
                GREATEST(until - date_promised, 0) AS days_late,
                CASE WHEN done THEN CASE WHEN until <= date_promised THEN 'on_time' ELSE 'late' END
                    WHEN until > date_promised THEN 'overdue' ELSE 'open' END AS state,
                CASE WHEN done OR until > date_promised THEN (until <= date_promised)::int * 100.0 END AS on_time,
                CASE WHEN done OR until > date_first_promised THEN (until <= date_first_promised)::int * 100.0 END
                    AS first_on_time
            FROM (%s) AS row
            """, self._get_rows())

    def _get_rows(self):
        day, company = self.env["res.company"]._get_day_sql, SQL("sold.company_id")
        return SQL(
            """
            SELECT sold.id, sold.company_id, sold.partner_id, sold.user_id, sold.team_id, sold.warehouse_id,
                sold.amount_untaxed / COALESCE(NULLIF(sold.currency_rate, 0), 1) AS amount,
                %(first)s AS date_first_promised, %(promised)s AS date_promised,
                goods.open = 0 AS done, CASE WHEN goods.open = 0 THEN goods.last END AS date_completed,
                %(until)s AS until,
                (SELECT notice.delay_cause_id FROM delivery_notice notice
                    WHERE notice.order_id = sold.id AND notice.delay_cause_id IS NOT NULL
                        AND notice.state != 'cancelled'
                    ORDER BY notice.delayed_on DESC LIMIT 1) AS delay_cause_id
            FROM sale_order sold JOIN (%(goods)s) AS goods ON goods.order_id = sold.id
            WHERE sold.state = 'sale' AND sold.commitment_date IS NOT NULL
                AND (goods.open > 0 OR goods.last IS NOT NULL)
            """,
            goods=self._get_goods(), first=day(SQL("sold.date_first_promised"), company),
            promised=day(SQL("sold.commitment_date"), company),
            until=day(SQL("CASE WHEN goods.open = 0 THEN goods.last ELSE %s END", fields.Datetime.now()), company))

    def _get_goods(self):
        """SQL of how many moves of an order are still open, picking and packing too, and when the last one left."""
        ledger = self.env["delivery.ledger"]
        return SQL(
            """
            SELECT line.order_id,
                COUNT(*) FILTER (WHERE move.state != 'done') AS open,
                MAX(move.date) FILTER (WHERE move.state = 'done' AND %(target)s) AS last
            FROM stock_move move
                JOIN stock_location source ON source.id = move.location_id
                JOIN stock_location target ON target.id = move.location_dest_id
                JOIN sale_order_line line ON line.id = move.sale_line_id
            WHERE move.sale_line_id IS NOT NULL AND move.state != 'cancel' AND move.picking_id IS NOT NULL
                AND move.origin_returned_move_id IS NULL AND NOT %(source)s
            GROUP BY line.order_id
            """, source=ledger._is_customers("source"), target=ledger._is_customers("target"))

    def action_open_document(self):
        """Open the order.

        :raise AccessError: the user may not read it
        """
        self.ensure_one()
        self.order_id.check_access("read")
        return self.order_id._get_records_action()
