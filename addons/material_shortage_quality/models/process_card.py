from odoo import models


class ProcessCard(models.Model):
    _inherit = "process.card"

    def _on_missing(self, part):
        """A missing part on the card is one of its order (MAT-10): all that the card misses of the product."""
        result = super()._on_missing(part)
        if self.production_id.state not in ("done", "cancel"):  # a finished order gets it later, by the card
            [(missing,)] = part._read_group([
                ("card_id", "=", self.id), ("state", "=", "open"), ("product_id", "=", part.product_id.id)],
                aggregates=["quantity:sum"])
            self.env["material.shortage"]._report(
                part.product_id, missing, self.production_id, note=part.note, reported_by=part.reported_by)
        return result
