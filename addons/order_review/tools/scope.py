"""What a review looks at, each thing named once.

From these declarations follow the fingerprint of a round and of a signature, the fields at whose change both are looked
at anew, the words that say what has changed, and what a round keeps of the order for those who may not read it.
"""
from odoo.tools import float_round, format_datetime


class Reviewed:
    """A field of the order, or of its lines, whose change invalidates the review.

    :param name: of the field, whose label people read
    :param signed: whether both parties agree on it, so that the customer's signature binds it; else it is only what the
        house thinks of the order
    :param kept: field of the round, or of its item, that keeps the value for the departments
    """

    def __init__(self, name, signed=True, kept=None):
        self.name, self.signed, self.kept = name, signed, kept
        self.key = name  #: under which the scope holds it
        self.path = name  #: on which the scope depends

    def to_plain(self, record):
        """The value as plain data, the same for every reader."""
        field, value = record._fields[self.name], record[self.name]
        if field.type == "many2one":
            return value._origin.id or False
        if field.type in ("many2many", "one2many"):
            return sorted(value._origin.ids)
        if field.type in ("float", "monetary"):
            return f"{float_round(value, precision_digits=6) + 0.0:.6f}"  # + 0.0: no negative zero
        if field.type in ("date", "datetime"):
            return field.to_string(value) or False
        return value or False

    def keep(self, record):
        """The value as the round is to keep it."""
        return record._fields[self.name].convert_to_write(record[self.name], record)

    def describe_change(self, record, before, after):
        """A change of plain data in the words of whoever reads it."""
        return record.env._(
            "%(field)s: %(before)s → %(after)s", field=record._fields[self.name]._description_string(record.env),
            before=self._describe(record, before), after=self._describe(record, after))

    def _describe(self, record, value):
        env, field = record.env, record._fields[self.name]
        if field.relational and isinstance(value, (int, list)):
            records = env[field.comodel_name].browse(value or ()).exists()
            return ", ".join(records.mapped("display_name")) or "-"
        if field.type in ("float", "monetary"):
            return f"{float(value or 0):g}"
        if field.type == "datetime" and value:
            return format_datetime(env, value, tz=record.company_id._get_zone().zone, dt_format="short")
        if field.type == "selection":
            return record._get_selection_labels(self.name).get(value, value) or "-"
        if field.type == "boolean":
            return env._("yes") if value else env._("no")
        return value or "-"


class CustomValues(Reviewed):
    """What the customer has written for an attribute: pairs of attribute and text."""

    def __init__(self):
        super().__init__("product_custom_attribute_value_ids")
        self.key = "custom_values"
        self.path = f"{self.name}.custom_value"

    def to_plain(self, record):
        return sorted([value.custom_product_template_attribute_value_id._origin.id or 0, value.custom_value or ""]
                      for value in record[self.name])

    def _describe(self, record, value):
        return ", ".join(text for _attribute, text in value or []) or "-"


ORDER = (
    Reviewed("company_id"),
    Reviewed("partner_id", kept="partner_id"),
    Reviewed("partner_shipping_id"),
    Reviewed("currency_id", kept="currency_id"),
    Reviewed("commitment_date"),
    Reviewed("payment_term_id"),
    Reviewed("require_payment"),
    Reviewed("prepayment_percent"),
    Reviewed("incoterm"),  # comes with sale_stock, as the next one
    Reviewed("incoterm_location"),
    Reviewed("technical_requirements", kept="technical_requirements"),
    Reviewed("quality_requirements", kept="quality_requirements"),
    Reviewed("packing_requirements", kept="packing_requirements"),
    Reviewed("has_penalty_clause", kept="has_penalty_clause"),
    Reviewed("order_class", signed=False, kept="order_class"),
    Reviewed("project_name", signed=False, kept="project_name"),
    Reviewed("project_background", signed=False, kept="project_background"),
    Reviewed("is_reputation_critical", signed=False, kept="is_reputation_critical"),
    Reviewed("quality_beyond_standard", signed=False, kept="quality_beyond_standard"),
)
LINE = (
    Reviewed("product_id", kept="product_id"),
    Reviewed("name", kept="description"),
    Reviewed("product_uom_qty", kept="quantity"),
    Reviewed("product_uom_id", kept="uom_id"),
    Reviewed("price_unit", kept="price_unit"),
    Reviewed("discount", kept="discount"),
    Reviewed("tax_ids"),
    Reviewed("product_no_variant_attribute_value_ids"),
    Reviewed("combo_item_id"),
    Reviewed("is_downpayment"),
    Reviewed("is_expense"),
    CustomValues(),
)
DOCUMENT = ("name", "version", "kind", "checksum")
#: Which lines and documents count: see ``sale.order._get_scope_lines`` and ``_get_reviewed_documents``.
COUNTED = (
    "order_line.is_optional", "order_line.sequence", "order_line.invoice_lines", "order_line.analytic_line_ids",
    "order_document_ids.state")
