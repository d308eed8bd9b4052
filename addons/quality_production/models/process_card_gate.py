from odoo import models
from odoo.exceptions import UserError


class ProcessCard(models.Model):
    """What a process card must carry before work is finished: the gate of work orders and orders (FQC-1 to FQC-3)."""

    _inherit = "process.card"

    def _check_received(self):
        """The team has looked at the received components (FQC-3), where the company wants it."""
        for card in self:
            if card.company_id.process_card_receipt_check and card.received_result == "pending":
                raise UserError(self.env._(
                    "Process card %(name)s: before assembly, sign that the received components were checked for "
                    "appearance and completeness.", name=card.name))

    def _check_lines(self, lines):
        """These operations are signed, and confirmed where quality has to.

        :raise UserError: names card, operations and what is missing
        """
        problems = []
        for line in lines.filtered(lambda line: line._is_needed() and line.state != "done"):
            label = line._get_selection_label("state")
            problems.append(self.env._("%(operation)s: %(state)s", operation=line.name, state=label))
        if problems:
            raise UserError(self.env._(
                "Process card %(name)s is not complete:\n%(problems)s\nOpen the process card, sign the self-checks, "
                "and ask quality to confirm key operations and special processes.",
                name=", ".join(lines.card_id.mapped("name")), problems="\n".join(problems)))

    def _check_complete(self):
        """Gate of the manufacturing order: components checked, operations signed, missing parts written down."""
        for card in self.filtered(lambda card: card.company_id.process_card_gate and card.state != "cancelled"):
            card._check_received()
            card._check_lines(card.line_ids)
            card._check_missing(card.production_id.move_raw_ids)

    def _check_missing(self, moves):
        """What the order is short of is written on the card as missing parts (MAT-10).

        :param moves: consuming moves to look at
        :raise UserError: names the components that are short and not on the card
        """
        self.ensure_one()
        if not self.company_id.process_card_gate:
            return
        short = moves._get_process_card_shortages()
        written = {}
        for part in self.missing_ids:
            written[part.product_id] = written.get(part.product_id, 0) + part.product_qty
        problems = [
            self.env._("%(product)s: %(quantity)s %(uom)s short", product=product.display_name,
                       quantity=f"{quantity - written.get(product, 0):g}", uom=product.uom_id.name)
            for product, quantity in short.items()
            if product.uom_id.compare(quantity, written.get(product, 0)) > 0]
        if problems:
            raise UserError(self.env._(
                "Parts are missing that are not written on process card %(name)s:\n%(problems)s\nWork goes on with "
                "missing parts only when they are written on the card.", name=self.name,
                problems="\n".join(problems)))
