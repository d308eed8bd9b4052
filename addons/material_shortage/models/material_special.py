from odoo import api, fields, models
from odoo.tools import SQL


class MaterialSpecial(models.Model):
    """Special materials over their whole way: requested, ordered, promised, sent, received, inspected (MAT-5)."""

    _name = "material.special"
    _description = "Special Material on Its Way"
    _order = "date_required, id"
    _rec_name = "product_id"
    _auto = False
    _depends = {
        "product.template": ["is_special_material"],
        "product.product": ["product_tmpl_id"],
        "purchase.order": ["date_approve", "state"],
        "purchase.order.line": [
            "company_id", "date_planned", "order_id", "partner_id", "product_id", "product_qty", "product_uom_id",
            "qty_received"],
        "purchase.request": ["state"],
        "purchase.request.line": [
            "cancelled", "company_id", "date_required", "product_id", "product_qty", "product_uom_id", "production_id",
            "purchase_lines", "request_id"],
        "stock.move": ["date", "picking_id", "purchase_line_id", "state"],
        "stock.picking": ["supplier_shipped_on"],
        "supplier.promise": ["date_promised", "line_id", "state"],
    }

    product_id = fields.Many2one("product.product", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    product_qty = fields.Float(
        string="Quantity", readonly=True, digits="Product Unit", aggregator=False, help="In the unit of the document.")
    product_uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True)
    request_line_id = fields.Many2one("purchase.request.line", string="Requested on Line", readonly=True)
    request_id = fields.Many2one(related="request_line_id.request_id", string="Requested By")
    production_id = fields.Many2one("mrp.production", string="Manufacturing Order", readonly=True)
    purchase_line_id = fields.Many2one("purchase.order.line", readonly=True)
    purchase_order_id = fields.Many2one(related="purchase_line_id.order_id", string="Purchase")
    partner_id = fields.Many2one("res.partner", string="Supplier", readonly=True)
    date_required = fields.Date(string="Needed By", readonly=True)
    ordered_on = fields.Datetime(readonly=True)
    date_promised = fields.Datetime(readonly=True, help="What the supplier promised last, and was accepted.")
    shipped_on = fields.Date(readonly=True)
    received_on = fields.Datetime(readonly=True, help="When the last of it came.")
    qty_received = fields.Float(string="Received Quantity", readonly=True, digits="Product Unit", aggregator=False)
    inspected = fields.Boolean(readonly=True, help="Quality has concluded about all that was received.")
    stage = fields.Selection([
        ("requested", "Requested"), ("ordered", "Ordered"), ("promised", "Promised"), ("shipped", "Sent"),
        ("received", "Goods Received"), ("inspected", "Inspected")], readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            WITH special AS MATERIALIZED (
                SELECT product.id FROM product_product product
                    JOIN product_template template ON template.id = product.product_tmpl_id
                WHERE template.is_special_material)
            SELECT way.*, CASE WHEN inspected THEN 'inspected'
                WHEN qty_received >= product_qty AND qty_received > 0 THEN 'received'
                WHEN shipped_on IS NOT NULL THEN 'shipped' WHEN date_promised IS NOT NULL THEN 'promised'
                WHEN ordered_on IS NOT NULL THEN 'ordered' ELSE 'requested' END AS stage
            FROM (
                SELECT line.id * 2 AS id, line.product_id, line.company_id, line.product_qty,
                    line.product_uom_id, asked.id AS request_line_id, asked.production_id, line.id AS purchase_line_id,
                    line.partner_id, COALESCE(asked.date_required, line.date_planned::date) AS date_required,
                    purchase.date_approve AS ordered_on, promise.date_promised, goods.shipped_on, goods.received_on,
                    COALESCE(line.qty_received, 0) AS qty_received, %(inspected)s AS inspected
                FROM purchase_order_line line
                    JOIN purchase_order purchase ON purchase.id = line.order_id AND purchase.state = 'purchase'
                    LEFT JOIN LATERAL (
                        SELECT request.* FROM purchase_request_purchase_order_line_rel rel
                            JOIN purchase_request_line request ON request.id = rel.purchase_request_line_id
                        WHERE rel.purchase_order_line_id = line.id ORDER BY request.id LIMIT 1) asked ON TRUE
                    LEFT JOIN LATERAL (
                        SELECT said.date_promised FROM supplier_promise said
                        WHERE said.line_id = line.id AND said.state = 'accepted' ORDER BY said.id DESC LIMIT 1
                        ) promise ON TRUE
                    LEFT JOIN LATERAL (
                        SELECT max(picking.supplier_shipped_on) AS shipped_on,
                            max(move.date) FILTER (WHERE move.state = 'done') AS received_on
                        FROM stock_move move LEFT JOIN stock_picking picking ON picking.id = move.picking_id
                        WHERE move.purchase_line_id = line.id) goods ON TRUE
                WHERE line.product_id IN (SELECT id FROM special)
                UNION ALL
                SELECT line.id * 2 + 1, line.product_id, line.company_id, line.product_qty, line.product_uom_id,
                    line.id, line.production_id, NULL, NULL, line.date_required, NULL, NULL, NULL, NULL, 0, FALSE
                FROM purchase_request_line line
                    JOIN purchase_request request ON request.id = line.request_id
                        AND request.state NOT IN ('rejected', 'done')
                WHERE line.product_id IN (SELECT id FROM special)
                    AND NOT COALESCE(line.cancelled, FALSE) AND NOT EXISTS (
                    SELECT FROM purchase_request_purchase_order_line_rel rel
                        JOIN purchase_order_line bought ON bought.id = rel.purchase_order_line_id
                        JOIN purchase_order purchase ON purchase.id = bought.order_id AND purchase.state = 'purchase'
                    WHERE rel.purchase_request_line_id = line.id)
                ) AS way
            """, inspected=self._get_inspected_sql())

    @api.model
    def _get_inspected_sql(self):
        """Condition on ``line``, of purchase order lines: all that came was inspected. Glue to quality knows it."""
        return SQL("FALSE")
