from odoo import api, fields, models
from odoo.tools import SQL


class QualityRfqComparison(models.Model):
    """Offers of several suppliers for a product side by side: price, date, quality history (PUR-3)."""

    _name = "quality.rfq.comparison"
    _inherit = ["document.quantity.mixin"]
    _description = "Comparison of Offers"
    _rec_name = "order_id"
    _auto = False
    _order = "product_id, price_unit, id"

    order_id = fields.Many2one("purchase.order", string="Request for Quotation", readonly=True)
    order_line_id = fields.Many2one("purchase.order.line", string="Offer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", string="Supplier", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    origin = fields.Char(string="Source", readonly=True)
    state = fields.Selection(
        [("draft", "RFQ"), ("sent", "RFQ Sent"), ("to approve", "To Approve"), ("purchase", "Purchase Order"),
         ("cancel", "Cancelled")], string="Status", readonly=True)
    is_open = fields.Boolean(string="Open", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True, help="In the product's unit.")
    price_unit = fields.Monetary(
        string="Unit Price", currency_field="company_currency_id", readonly=True, aggregator="min",
        help="Per unit of the product, discount taken off, in the company's currency.")
    date_planned = fields.Datetime(string="Arrival", readonly=True)
    offers = fields.Integer(readonly=True, aggregator="max", help="Open offers for the product.")
    is_best_price = fields.Boolean(
        string="Lowest Price", readonly=True, help="Who has not named a price yet has not the lowest.")
    is_earliest = fields.Boolean(string="Earliest", readonly=True)
    score = fields.Float(
        string="Supplier Score", compute="_compute_score", digits=(16, 1), help="Of all products of the supplier.")
    has_score = fields.Boolean(compute="_compute_score", export_string_translation=False)
    lots = fields.Integer(compute="_compute_score", help="Lots of this product that the supplier delivered.")
    lot_acceptance = fields.Float(string="Accepted Lots (%)", compute="_compute_score", help="Of this product.")
    ppm = fields.Float(string="PPM", compute="_compute_score", digits=(16, 0), help="Of this product.")
    rfq_choice_reason = fields.Text(related="order_id.rfq_choice_reason")

    @property
    def _table_query(self):
        return SQL("""
            SELECT line.id, line.id AS order_line_id, po.id AS order_id, po.company_id,
                   partner.commercial_partner_id AS partner_id, line.product_id, po.origin, po.state,
                   po.state IN ('draft', 'sent', 'to approve') AS is_open,
                   line.product_qty * unit.factor / product_unit.factor AS quantity, price.unit AS price_unit,
                   line.date_planned, COUNT(*) OVER offer AS offers,
                   COALESCE(price.unit <= MIN(price.unit) FILTER (WHERE price.unit > 0) OVER offer AND price.unit > 0,
                            FALSE) AS is_best_price,
                   line.date_planned <= MIN(line.date_planned) OVER offer AS is_earliest
              FROM purchase_order_line line
              JOIN purchase_order po ON po.id = line.order_id
              JOIN res_partner partner ON partner.id = po.partner_id
              JOIN uom_uom unit ON unit.id = line.product_uom_id
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom product_unit ON product_unit.id = template.uom_id
        CROSS JOIN LATERAL (
                   SELECT line.price_unit * (1 - COALESCE(line.discount, 0) / 100) * product_unit.factor
                          / unit.factor / COALESCE(NULLIF(po.currency_rate, 0), 1) AS unit) price
             WHERE line.display_type IS NULL AND line.product_qty > 0
            WINDOW offer AS (PARTITION BY po.company_id, line.product_id,
                             po.state IN ('draft', 'sent', 'to approve'))""")

    @api.depends_context("company")
    def _compute_score(self):
        Score = self.env["quality.supplier.score"]
        overall = self.partner_id._get_quality_scores()
        since = self.env.company._get_score_start()
        groups = Score._read_group(
            [("partner_id", "in", self.partner_id.ids), ("product_id", "in", self.product_id.ids),
             ("company_id", "=", self.env.company.id), ("date", ">=", since)],
            ["partner_id", "product_id"], ["lots:sum", "lot_acceptance:avg", "ppm:avg"])
        mine = {(partner, product): values for partner, product, *values in groups}
        for offer in self:
            lots, acceptance, ppm = mine.get((offer.partner_id, offer.product_id), (0, 0.0, 0.0))
            score = overall.get(offer.partner_id.id, {}).get("score")
            offer.has_score = score is not None
            offer.score = score or 0.0
            offer.lots = lots
            offer.lot_acceptance = acceptance or 0.0
            offer.ppm = ppm or 0.0

    def action_choose(self):
        """Open the window that records the choice of this offer and its reason (PUR-3)."""
        self.ensure_one()
        return self.order_id.action_choose_rfq()
