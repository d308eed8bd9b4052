import hashlib
import json

from odoo import api, models
from odoo.tools import float_round


class SaleOrder(models.Model):
    """What is sold, on which terms and for how much: one description, from which all that binds is derived.

    The fingerprint of a review round, the amount that decides who is authorised, and the binding of the customer's
    signature are three views of :meth:`_describe_scope`. It holds ids, codes, checksums, decimals and moments in UTC,
    and the texts that are stored on the order itself; nothing that depends on the language, time zone, company or
    rights of the reader, and no name that somebody may change elsewhere.
    """

    _inherit = "sale.order"

    @api.model
    def _get_contract_fields(self):
        """Fields of the order that both parties agree on. Add to them where a module adds terms."""
        names = ["company_id", "partner_id", "partner_shipping_id", "currency_id", "commitment_date",
                 "payment_term_id", "require_payment", "prepayment_percent", "incoterm", "incoterm_location",
                 "technical_requirements", "quality_requirements", "packing_requirements", "has_penalty_clause"]
        return [name for name in names if name in self._fields]  # incoterms come with sale_stock

    @api.model
    def _get_reviewed_fields(self):
        """Fields of the order whose change invalidates the review: the contract's, and what the house thinks of it."""
        return [*self._get_contract_fields(), "order_class", "project_name", "project_background",
                "is_reputation_critical", "quality_beyond_standard"]

    @api.model
    def _get_reviewed_line_fields(self):
        """Fields of the lines whose change invalidates review and signature."""
        return ["product_id", "name", "product_uom_qty", "product_uom_id", "price_unit", "discount", "tax_ids",
                "product_no_variant_attribute_value_ids", "combo_item_id", "is_downpayment", "is_expense"]

    @api.model
    def _get_scope_dependencies(self):
        """Fields on which the description depends."""
        return [
            *self._get_reviewed_fields(),
            *(f"order_line.{name}" for name in self._get_reviewed_line_fields()),
            "order_line.product_custom_attribute_value_ids.custom_value", "order_line.is_optional",
            "order_line.sequence", "order_line.invoice_lines", "order_line.analytic_line_ids",
            "order_document_ids.state", "order_document_ids.checksum",
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
            "order": {name: self._plain(order, name) for name in self._get_reviewed_fields()},
            "lines": [order._describe_line(line) for line in order._get_scope_lines()],
            "documents": [
                {"id": document._origin.id, "name": document.name, "version": document.version,
                 "kind": document.kind, "checksum": document.checksum}
                for document in order._get_reviewed_documents()],
        }

    @api.model
    def _describe_line(self, line):
        return {
            "id": line._origin.id,
            **{name: self._plain(line, name) for name in self._get_reviewed_line_fields()},
            "custom_values": sorted(
                [value.custom_product_template_attribute_value_id._origin.id or 0, value.custom_value or ""]
                for value in line.product_custom_attribute_value_ids),
        }

    @api.model
    def _plain(self, record, name):
        field, value = record._fields[name], record[name]
        if field.type == "many2one":
            return value._origin.id or False
        if field.type in ("many2many", "one2many"):
            return sorted(value._origin.ids)
        if field.type in ("float", "monetary"):
            return f"{float_round(value, precision_digits=6) + 0.0:.6f}"  # + 0.0: no negative zero
        if field.type in ("date", "datetime"):
            return field.to_string(value) or False
        return value or False

    # Fingerprints

    def _review_digest(self):
        """Fingerprint of what is reviewed; equal content gives an equal one, whatever the lines' ids."""
        return self._digest_scope(self._describe_scope())

    def _contract_digest(self):
        """Fingerprint of what the customer signs: scope and terms, without what the house thinks of them."""
        scope = self._describe_scope()
        terms = {name: scope["order"][name] for name in self._get_contract_fields()}
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
            order.company_id._get_review_today())
