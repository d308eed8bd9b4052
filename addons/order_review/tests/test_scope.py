from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import REVIEWER, ReviewCommon


@tagged("post_install", "-at_install")
class TestScope(ReviewCommon):
    """What the fingerprint, the authority's amount and the signature cover."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._reviewed()

    def _outdates(self, change, order=None):
        if not order:  # the class's order, which the next change finds as it was reviewed
            with self._undone():
                return self._outdates(change, self.order)
        self.assertEqual(order.review_stage, "cleared")
        change(order)
        self.env.flush_all()
        self.assertEqual(order.review_stage, "outdated")
        self.assertTrue(order.review_change_summary)
        with self.assertRaisesRegex(UserError, "has changed since its review"):
            order.action_confirm()
        return None

    def test_advance_by_hand(self):
        """REV-11, PAY-2: a line that a hand has flagged as down payment is content, whatever its price."""
        for price in (500.0, -50.0):
            self._outdates(lambda order, price=price: order.write({"order_line": [Command.create({
                "product_id": self.product.id, "is_downpayment": True, "product_uom_qty": 3, "price_unit": price})]}))
        self._outdates(lambda order: order.write({"order_line": [Command.create({
            "is_downpayment": True, "product_uom_qty": 0, "price_unit": 50, "name": "Down payment"})]}))

    def test_existing_line_becomes_an_advance(self):
        """REV-11: flagging a reviewed line as down payment does not take it out of the review."""
        self._outdates(lambda order: order.order_line.write({"is_downpayment": True}))

    def _invoice_down_payment(self, order):
        self.env["sale.advance.payment.inv"].create({
            "advance_payment_method": "fixed", "fixed_amount": 50.0, "sale_order_ids": [Command.set(order.ids)],
        }).create_invoices()

    def test_invoiced_down_payment(self):
        """REV-11, PAY-2: a down payment that its invoice has entered is no change, before and after posting."""
        order = self.order
        order.action_confirm()
        self._invoice_down_payment(order)
        self.env.flush_all()
        line = order.order_line.filtered(lambda line: line.is_downpayment and not line.display_type)
        self.assertEqual((line.price_unit, order.review_stage), (50.0, "cleared"))
        order.invoice_ids.action_post()
        self.env.flush_all()
        self.assertEqual(order.review_stage, "cleared")

    def test_invoiced_down_payment_made_larger(self):
        """REV-11, PAY-2: an invoiced down payment that deducts more than was invoiced, or orders goods, is content."""
        for values in ({"price_unit": 5000.0}, {"product_uom_qty": 1}):
            with self.subTest(**values), self._undone():
                order = self.order
                order.action_confirm()
                self._invoice_down_payment(order)
                order.order_line.filtered(lambda line: line.is_downpayment and not line.display_type).write(values)
                self.env.flush_all()
                self.assertEqual(order.review_stage, "outdated")

    def test_taxes(self):
        """REV-11: another tax invalidates the review."""
        tax = self.env["account.tax"].create({"name": "13 %", "amount": 13, "type_tax_use": "sale"})
        self._outdates(lambda order: order.order_line.write({"tax_ids": [Command.set(tax.ids)]}))

    def test_terms(self):
        """REV-11: payment terms, prepayment, delivery address and incoterm are terms that were reviewed."""
        terms = self.env["account.payment.term"].create({"name": "90 days"})
        site = self.env["res.partner"].create({"name": "Site"})
        changes = [{"payment_term_id": terms.id}, {"require_payment": True, "prepayment_percent": 0.5},
                   {"partner_shipping_id": site.id}]
        if "incoterm" in self.env["sale.order"]._fields:
            changes += [{"incoterm": self.env["account.incoterms"].create({"name": "Delivered", "code": "XTS"}).id},
                        {"incoterm_location": "Shanghai"}]
        for values in changes:
            with self.subTest(**values):
                self._outdates(lambda order, values=values: order.write(values))

    def _configured(self):
        attribute = self.env["product.attribute"].create({
            "name": "Paint", "create_variant": "no_variant", "value_ids": [
                Command.create({"name": "RAL 7035"}), Command.create({"name": "Other", "is_custom": True})]})
        template = self.env["product.template"].create({
            "name": "Cabinet", "type": "consu", "attribute_line_ids": [Command.create({
                "attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]})]})
        return template.product_variant_id, template.attribute_line_ids.product_template_value_ids

    def test_configuration(self):
        """REV-11: another configured attribute, or another custom value, invalidates the review."""
        product, (standard, custom) = self._configured()
        line = {"product_id": product.id, "name": "Cabinet", "product_no_variant_attribute_value_ids": [
            Command.set(custom.ids)], "product_custom_attribute_value_ids": [Command.create({
                "custom_product_template_attribute_value_id": custom.id, "custom_value": "RAL 5010"})]}
        self._outdates(lambda order: order.order_line.write(
            {"product_no_variant_attribute_value_ids": [Command.set(standard.ids)]}),
            self._reviewed(order_line=[Command.create(line)]))
        order = self._reviewed(order_line=[Command.create(line)])
        self._outdates(lambda order: order.order_line.product_custom_attribute_value_ids.write(
            {"custom_value": "RAL 9005"}), order)
        self.assertIn("RAL 5010 → RAL 9005", order.review_change_summary)

    def test_company_is_covered(self):
        """REV-11: the company that sells is part of what was reviewed."""
        order = self._order()
        self.assertEqual(order._describe_scope()["order"]["company_id"], self.company.id)

    def test_client_who_knows_the_fingerprint(self):
        """REV-11: what clears an order is its own concluded round; nothing written on the order takes its place."""
        order = self.order
        order.order_line.price_unit = 1.0
        digest = order._review_digest()
        with self.assertRaises(AccessError):
            order.with_user(self.sales).write({"review_digest": digest})
        with self.assertRaises(UserError):
            order.review_id.sudo().write({"promised_digest": digest})
        twin, cleared = self._order(), self._reviewed()
        twin.write({"commitment_date": cleared.commitment_date, "order_class": cleared.order_class})
        twin.sudo().review_id = cleared.review_id
        self.assertEqual(twin._review_digest(), cleared._review_digest())
        self.assertEqual(twin.review_stage, "outdated", "another order's round clears nothing")

    # Amount

    def _big_boss(self):
        boss = self._user("big_boss", REVIEWER)
        self.env["order.review.authority"].create({
            "name": "Big", "amount_min": 1000, "user_ids": [Command.set(boss.ids)]})
        return boss

    def test_negative_lines_do_not_lower_the_amount(self):
        """REV-5: a discount in a line of its own, or an advance by hand, does not bring the order under the limit."""
        self._big_boss()
        order = self._order(quantity=20)
        order.order_line = [Command.create({
            "product_id": self.product.id, "price_unit": -1500.0, "tax_ids": [Command.clear()]})]
        self.assertEqual(order.amount_total, 500.0)
        self.assertEqual(order._get_authority_amount(), 2000.0)
        order = self._order(order_line=[Command.create({
            "product_id": self.product.id, "product_uom_qty": 20, "price_unit": 100, "is_downpayment": True})])
        review = self._submit(order)
        self._agree(review)
        with self.assertRaisesRegex(AccessError, "rv_big_boss"):
            self._conclude(review, "accept")

    def test_old_date_does_not_change_the_rate(self):
        """REV-5: the amount is converted at today's rate, whatever date the order bears."""
        self._big_boss()
        currency = self.env["res.currency"].create({"name": "XTS", "symbol": "X", "rate_ids": [
            Command.create({"name": "2020-01-01", "rate": 100.0, "company_id": self.company.id}),
            Command.create({"name": fields.Date.today() - timedelta(days=5), "rate": 0.1,
                            "company_id": self.company.id})]})
        pricelist = self.env["product.pricelist"].create({"name": "Foreign", "currency_id": currency.id})
        order = self._order(pricelist_id=pricelist.id)
        order.order_line.price_unit = 100.0
        order.date_order = "2020-01-02"
        self.assertEqual(order.currency_id, currency)
        self.assertEqual(order._get_authority_amount(), 2000.0)
        review = self._submit(order)
        self._agree(review)
        with self.assertRaisesRegex(AccessError, "rv_big_boss"):
            self._conclude(review, "accept")
