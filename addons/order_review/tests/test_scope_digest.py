import hashlib
import json

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import float_round

from ..tools.scope import DOCUMENT, LINE, ORDER
from .common import ReviewCommon

# As 19.0.1.2.0 wrote them: what is stored was made of these.
CONTRACT = ("company_id", "partner_id", "partner_shipping_id", "currency_id", "commitment_date", "payment_term_id",
            "require_payment", "prepayment_percent", "incoterm", "incoterm_location", "technical_requirements",
            "quality_requirements", "packing_requirements", "has_penalty_clause")
HOUSE = ("order_class", "project_name", "project_background", "is_reputation_critical", "quality_beyond_standard")
LINES = ("product_id", "name", "product_uom_qty", "product_uom_id", "price_unit", "discount", "tax_ids",
         "product_no_variant_attribute_value_ids", "combo_item_id", "is_downpayment", "is_expense")


def former_plain(record, name):
    field, value = record._fields[name], record[name]
    if field.type == "many2one":
        return value.id or False
    if field.type in ("many2many", "one2many"):
        return sorted(value.ids)
    if field.type in ("float", "monetary"):
        return f"{float_round(value, precision_digits=6) + 0.0:.6f}"
    if field.type in ("date", "datetime"):
        return field.to_string(value) or False
    return value or False


def former_digest(order, names):
    """The fingerprint as the former revision made it."""
    def rows(values):
        return sorted(json.dumps({**row, "id": None}, sort_keys=True) for row in values)
    terms = {name: former_plain(order, name) for name in names if name in order._fields}
    lines = [{
        **{name: former_plain(line, name) for name in LINES},
        "custom_values": sorted(
            [value.custom_product_template_attribute_value_id.id or 0, value.custom_value or ""]
            for value in line.product_custom_attribute_value_ids)} for line in order._get_scope_lines()]
    documents = [{"name": document.name, "version": document.version, "kind": document.kind,
                  "checksum": document.checksum} for document in order._get_reviewed_documents()]
    return hashlib.sha256(
        json.dumps([terms, rows(lines), rows(documents)], sort_keys=True).encode()).hexdigest()


@tagged("post_install", "-at_install")
class TestScopeDigest(ReviewCommon):
    """What is declared once says what was said in six places before."""

    def _make_rich(self):
        attribute = self.env["product.attribute"].create({
            "name": "Colour", "create_variant": "no_variant",
            "value_ids": [Command.create({"name": "RAL"}), Command.create({"name": "Own", "is_custom": True})]})
        attribute_line = self.env["product.template.attribute.line"].create({
            "product_tmpl_id": self.product.product_tmpl_id.id, "attribute_id": attribute.id,
            "value_ids": [Command.set(attribute.value_ids.ids)]})
        own = attribute_line.product_template_value_ids.filtered("is_custom")
        order = self._order(
            has_penalty_clause=True, quality_beyond_standard=True, packing_requirements="Crate", prepayment_percent=0.3)
        order.order_line.write({
            "discount": 7.25, "product_no_variant_attribute_value_ids": [Command.set(own.ids)],
            "product_custom_attribute_value_ids": [Command.create({
                "custom_product_template_attribute_value_id": own.id, "custom_value": "violet"})]})
        order.order_line = [Command.create({"display_type": "line_note", "name": "By crane"})]
        self._document(order, "drawing", "D-1")
        return order

    def test_stored_fingerprints_stay_valid(self):
        """REV-11, QUO-2: fingerprints of rounds and signatures that are stored are those of today's description."""
        for order in (self._order(), self._make_rich()):
            self.assertEqual(order._review_digest(), former_digest(order, CONTRACT + HOUSE))
            self.assertEqual(order._contract_digest(), former_digest(order, CONTRACT))

    def test_round_keeps_what_it_reviewed(self):
        """REV-3: what is declared as kept stands in the round and in its items as in the order."""
        order = self._make_rich()
        review = self._submit(order)
        for reviewed in filter(lambda reviewed: reviewed.kept, ORDER):
            self.assertEqual(review[reviewed.kept], order[reviewed.name], reviewed.name)
        item, line = review.item_ids, order.order_line.filtered("product_id")
        for reviewed in filter(lambda reviewed: reviewed.kept, LINE):
            self.assertEqual(item[reviewed.kept], line[reviewed.name], reviewed.name)

    def test_each_declared_field_outdates(self):
        """REV-11: a change of any field that is declared is a dependency, and part of the description."""
        order = self._make_rich()
        dependencies, scope = order._get_scope_dependencies(), order._describe_scope()
        # what other addons declare is for their own tests
        for reviewed in filter(lambda reviewed: reviewed.name in order._fields, ORDER):
            self.assertIn(reviewed.name, dependencies)
            self.assertIn(reviewed.key, scope["order"])
        for reviewed in LINE:
            self.assertIn(f"order_line.{reviewed.path}", dependencies)
            self.assertIn(reviewed.key, scope["lines"][0])
        self.assertEqual(set(scope["documents"][0]), {"id", *DOCUMENT})

    def test_custom_value_is_described(self):
        """REV-11: what the customer has written for an attribute is told in his words when it changes."""
        order = self._make_rich()
        self._submit(order)
        order.order_line.product_custom_attribute_value_ids.custom_value = "green"
        self.env.flush_all()
        self.assertEqual(order.review_stage, "outdated")
        self.assertIn("violet → green", order.review_change_summary)
