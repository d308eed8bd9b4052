from odoo import fields, models


class QualityInspection(models.Model):
    """The lot becomes smaller or larger before its verdict: found units count with the goods they belong to (REC-3)."""
    _inherit = "quality.inspection"

    def _shrink(self, quantity, reason, lots=None):
        """Take goods that left the inspection area out of the lot: returned to the supplier, or found missing.

        The inspection is cancelled when nothing is left of it.

        :param quantity: in the product's unit, at most what is open
        :param reason: sentence for the chatter
        :param lots: serial numbers that left
        """
        self.ensure_one()
        left = self.product_uom_id.round(self.quantity - quantity)
        if self.product_uom_id.compare(left, 0.0) <= 0:
            self._cancel(reason)
            return
        self._resize(left, reason, lots)

    def _grow(self, quantity, reason, lots=None):
        """Take more goods into the lot: its receipt was corrected.

        :param lots: serial numbers that came
        """
        self.ensure_one()
        self.write({"lot_ids": [fields.Command.link(lot.id) for lot in lots or []]})
        self._resize(self.quantity + quantity, reason)

    def _inspect_more(self, quantity, lot, reason):
        """More came in of goods whose inspection is cancelled or has its sample: they are inspected on their own."""
        self.ensure_one()
        serial = self.product_id.tracking == "serial"
        vals = self._prepare_split_vals(quantity, lot if serial else lot.browse())
        self._create_batch([{**vals, "lot_id": False if serial else lot.id}]).message_post(body=reason)

    def _is_sample_drawn(self):
        """Whether the size of the lot has already said how many units are looked at."""
        return self.state == "in_progress" and not all(self.sample_ids.mapped("whole"))

    def _resize(self, quantity, reason, lots=None):
        self.write({"quantity": quantity, "lot_ids": [fields.Command.unlink(lot.id) for lot in lots or []]})
        self._update_quantities()
        self.message_post(body=reason)
        if self.state == "in_progress" and (whole := self.sample_ids.filtered("whole")):
            self._resize_whole(whole)

    def _resize_whole(self, samples):
        """Of a lot that is inspected whole, only results of the goods that are there count.

        A drawn sample stays as it is: it speaks for the lot it was taken from.
        """
        size = self._get_lot_size()
        lines = self.line_ids.filtered(lambda line: line.sample_id in samples)
        cleared = lines.filtered(lambda line: line._resize(size))
        samples.write({"lot_size": size, "sample_size": size, "nonconforming_typed": False})
        samples._update_count()
        self.write({"revision": self.revision + 1})  # who has the former results on his screen loads them anew
        if cleared:
            self.message_post(body=self.env._(
                "The lot has another size now. Enter the results of its goods again: %(lines)s.",
                lines=", ".join(cleared.mapped("name"))), partner_ids=self.inspector_id.partner_id.ids)
