from odoo import fields, models

#: Dispositions that let goods through although they do not conform.
CONCEDED = (("kind", "=", "concession"), ("state", "in", ("decided", "in_progress", "done")))


class StockLot(models.Model):
    """A serial number shows what was found on it and what was conceded (AFT-4)."""

    _inherit = "stock.lot"

    nonconformity_count = fields.Integer(compute="_compute_nonconformity_counts")
    concession_count = fields.Integer(compute="_compute_nonconformity_counts")

    def _compute_nonconformity_counts(self):
        # sudo: how many there are is shown to whoever reads the number
        reports = dict(self.env["quality.nonconformity"].sudo()._read_group(
            [("lot_ids", "in", self.ids)], ["lot_ids"], ["__count"]))
        conceded = dict.fromkeys(self.ids, 0)
        for row in self.env["quality.disposition"].sudo().search(self._get_concession_domain()):  # sudo: as above
            for lot in row.lot_ids or row.nonconformity_id.lot_ids:
                if lot.id in conceded:
                    conceded[lot.id] += 1
        for lot in self:
            lot.nonconformity_count = reports.get(lot._origin, 0)
            lot.concession_count = conceded.get(lot._origin.id, 0)

    def action_view_nonconformities(self):
        """Open the nonconformities of this serial number."""
        return self.env["quality.nonconformity"].search([("lot_ids", "in", self.ids)])._get_records_action(
            name=self.env._("Nonconformities"))

    def action_view_concessions(self):
        """Open the reports by which something of this serial number was conceded."""
        conceded = self.env["quality.disposition"].search(self._get_concession_domain())
        return conceded.nonconformity_id._get_records_action(name=self.env._("Concessions"))

    def _get_concession_domain(self):
        return [*CONCEDED, "|", ("lot_ids", "in", self.ids), "&", ("lot_ids", "=", False),
                ("nonconformity_id.lot_ids", "in", self.ids)]
