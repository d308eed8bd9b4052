from odoo import models


class ProcessCardMissing(models.Model):
    _inherit = "process.card.missing"

    def _close(self, operation, note):
        """Installed or conceded: nobody has to bring it any more."""
        result = super()._close(operation, note)
        for part in self.sudo():  # the line follows the card, whoever signs on it
            part._close_shortage()
        return result

    def _close_shortage(self):
        line = self.env["material.shortage"].search([
            ("production_id", "=", self.production_id.id), ("product_id", "=", self.product_id.id),
            ("state", "!=", "closed"), ("reported_quantity", ">", 0)], limit=1)
        still = sum(self.card_id.missing_ids.filtered(
            lambda part: part.state == "open" and part.product_id == self.product_id).mapped("quantity"))
        line._take_back_report(still)
