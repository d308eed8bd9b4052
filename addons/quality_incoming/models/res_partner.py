from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    quality_score = fields.Float(
        string="Supplier Score", compute="_compute_quality_score", digits=(16, 1),
        help="Lot acceptance, PPM, on-time delivery, response and price, weighted, 0 to 100 (PUR-12).")
    has_quality_score = fields.Boolean(compute="_compute_quality_score", export_string_translation=False)

    @api.depends_context("company")
    def _compute_quality_score(self):
        scores = self.commercial_partner_id._get_quality_scores()
        for partner in self:
            score = scores.get(partner.commercial_partner_id.id, {}).get("score")
            partner.has_quality_score = score is not None
            partner.quality_score = score or 0.0

    def _get_quality_scores(self):
        """Scores of the suppliers in the current company over its months: one query.

        :return: dict of commercial partner id to a dict with lots, lot_acceptance, ppm, on_time, response_hours,
            price_index and score; a part is None where nothing is known; suppliers without any are left out
        """
        parts = ("lots:sum", "lot_acceptance:avg", "ppm:avg", "on_time:avg", "response_hours:avg", "price_index:avg",
                 "score:avg")
        if not self.ids:
            return {}
        # sudo: whoever sees the supplier may see his score; the rows behind it stay with purchasing and quality
        groups = self.env["quality.supplier.score"].sudo()._read_group(
            [("partner_id", "in", self.ids), ("company_id", "=", self.env.company.id),
             ("date", ">=", self.env.company._get_score_start())], ["partner_id"], parts)
        return {partner.id: {
            part.partition(":")[0]: None if value is False else value  # Odoo reads an empty average as False
            for part, value in zip(parts, values, strict=True)} for partner, *values in groups}

    def action_view_quality_score(self):
        """Open what the supplier's score is made of."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("quality_incoming.quality_supplier_score_action")
        return {**action, "domain": [("partner_id", "=", self.commercial_partner_id.id)], "context": {}}
