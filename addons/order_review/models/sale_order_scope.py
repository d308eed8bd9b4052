import hashlib
import json

from odoo import api, models

from ..tools.scope import COUNTED, DOCUMENT, LINE, ORDER


class SaleOrder(models.Model):
    """What is sold, on which terms and for how much: one description, from which all that binds is derived.

    The fingerprint of a review round, the amount that decides who is authorised, and the binding of the customer's
    signature are three views of :meth:`_describe_scope`, made of what tools/scope.py declares. It holds ids, codes,
    checksums, decimals and moments in UTC, and the texts that are stored on the order itself; nothing that depends on
    the language, time zone, company or rights of the reader, and no name that somebody may change elsewhere.
    """

    _inherit = "sale.order"

    @api.model
    def _get_reviewed(self):
        """What a review looks at of the order. Add to it where a module adds terms."""
        return [reviewed for reviewed in ORDER if reviewed.name in self._fields]

    @api.model
    def _get_reviewed_of_lines(self):
        """What a review, and a signature, look at of the order's lines."""
        return list(LINE)

    @api.model
    def _get_scope_dependencies(self):
        """Fields on which the description depends."""
        return [
            *(reviewed.path for reviewed in self._get_reviewed()),
            *(f"order_line.{reviewed.path}" for reviewed in self._get_reviewed_of_lines()),
            *(f"order_document_ids.{name}" for name in DOCUMENT), *COUNTED,
        ]

    @api.model
    def _get_reviewed_document_kinds(self):
        return ("agreement", "drawing", "confirmation")

    def _get_reviewed_documents(self):
        """Technical documents in force: agreement, drawings, signed requirements (REV-4)."""
        kinds = self._get_reviewed_document_kinds()
        return self.order_document_ids.filtered(
            lambda document: document.state == "in_force" and document.kind in kinds)

    def _get_scope_lines(self):
        """Lines that are sold: all but what is only offered and what the system itself has entered."""
        offered = self._get_offered_lines()
        return (self.order_line - offered).filtered(lambda line: not line._is_entered_by_system())

    def _get_offered_lines(self):
        """Lines of optional sections that the customer has not taken, with the sections' own texts."""
        if not any(line.is_optional for line in self.order_line):
            return self.order_line.browse()
        options = self._get_options()
        taken = {options[line] for line in self.order_line if line.product_uom_qty}
        return self.order_line.filtered(lambda line: options[line] and (
            options[line] not in taken if line.display_type else not line.product_uom_qty))

    def _get_options(self):
        """The optional (sub)section that each line stands in or is: {line: section}, empty if plainly ordered."""
        options, section, option = {}, self.order_line.browse(), self.order_line.browse()
        for line in self.order_line.sorted("sequence"):  # as core's parent_id, which is kept when lines move
            if line.display_type == "line_section":
                section = option = line.filtered("is_optional")
            elif line.display_type == "line_subsection":
                option = line.filtered("is_optional") or section
            options[line] = option
        return options

    def _describe_scope(self):
        """Scope and terms of the order as plain data: ``{"order", "lines", "documents"}``."""
        self.ensure_one()
        order = self.sudo()  # the same for whoever asks
        return {
            "order": {reviewed.key: reviewed.to_plain(order) for reviewed in self._get_reviewed()},
            "lines": [
                {"id": line._origin.id,
                 **{reviewed.key: reviewed.to_plain(line) for reviewed in self._get_reviewed_of_lines()}}
                for line in order._get_scope_lines()],
            "documents": [
                {"id": document._origin.id, **{name: document[name] for name in DOCUMENT}}
                for document in order._get_reviewed_documents()],
        }

    # Fingerprints

    def _review_digest(self):
        """Fingerprint of what is reviewed; equal content gives an equal one, whatever the lines' ids."""
        return self._digest_scope(self._describe_scope())

    def _contract_digest(self):
        """Fingerprint of what the customer signs: scope and terms, without what the house thinks of them."""
        scope = self._describe_scope()
        terms = {reviewed.key: scope["order"][reviewed.key] for reviewed in self._get_reviewed()
                 if reviewed.signed and reviewed.key in scope["order"]}  # an order may have no terms of a kind
        return self._digest_scope({**scope, "order": terms})

    @api.model
    def _digest_scope(self, scope):
        def without_id(rows):
            return sorted(json.dumps({**row, "id": None}, sort_keys=True) for row in rows)
        plain = json.dumps(
            [scope["order"], without_id(scope["lines"]), without_id(scope["documents"])], sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()

    # Amount

    def _get_authority_amount(self):
        """Amount that decides who may conclude or approve, in the company's currency, at today's rate (REV-5, REV-8).

        The strict way: what is sold counts in full, taxes included. Lines with a negative amount (discounts, rewards,
        returns) do not lower it, an advance entered by hand counts with its price, and the order's own total counts
        where it is higher. The date of the order plays no part: it can be set back to a day with another rate.
        """
        self.ensure_one()
        order = self.sudo()  # as in _describe_scope
        sold = sum(max(line.price_total, line.price_unit if line.is_downpayment else 0.0, 0.0)
                   for line in order._get_scope_lines())
        return order.currency_id._convert(
            max(sold, order.amount_total), order.company_id.currency_id, order.company_id,
            order.company_id._get_today())
