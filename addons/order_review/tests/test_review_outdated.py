from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewOutdated(ReviewCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._reviewed()

    def setUp(self):
        super().setUp()
        self.assertEqual(self.order.review_stage, "cleared")

    def _outdates(self, change, order=None):
        order = order or self.order
        change()
        self.env.flush_all()
        self.assertEqual(order.review_stage, "outdated")
        with self.assertRaisesRegex(UserError, "has changed since its review"):
            order.action_confirm()

    def test_quantity(self):
        """REV-11: another quantity invalidates the review, and says so."""
        self._outdates(lambda: self.order.order_line.write({"product_uom_qty": 3}))
        self.assertIn("Quantity: 2 → 3", self.order.review_change_summary)

    def test_price_and_discount(self):
        """REV-11: another price or discount invalidates the review."""
        self._outdates(lambda: self.order.order_line.write({"price_unit": 90.0}))
        self.order.order_line.price_unit = 100.0
        self.assertEqual(self.order.review_stage, "cleared", "back to what was reviewed")
        self._outdates(lambda: self.order.order_line.write({"discount": 10.0}))

    def test_description(self):
        """REV-11: another specification invalidates the review."""
        self._outdates(lambda: self.order.order_line.write({"name": "Ring main unit, special"}))

    def test_line_added(self):
        """REV-11: a new line invalidates the review."""
        self._outdates(lambda: self.order.write({"order_line": [Command.create({"product_id": self.special.id})]}))
        self.assertIn("Line added", self.order.review_change_summary)

    def test_line_removed(self):
        """REV-11: a removed line invalidates the review."""
        order = self._order(order_line=[
            Command.create({"product_id": self.product.id}),
            Command.create({"product_id": self.product.id, "price_unit": 7})])
        review = self._submit(order)
        self._agree(review)
        self._conclude(review, "accept")
        self._outdates(order.order_line[1].unlink, order)
        self.assertIn("Line removed", order.review_change_summary)

    def test_delivery_date(self):
        """REV-11: another delivery date invalidates the review."""
        self._outdates(lambda: self.order.write({"commitment_date": self.order.commitment_date - timedelta(days=5)}))

    def test_requirements(self):
        """REV-11: other requirements invalidate the review."""
        self._outdates(lambda: self.order.write({"technical_requirements": "IP54"}))

    def test_customer(self):
        """REV-11: another customer invalidates the review."""
        self._outdates(lambda: self.order.write({"partner_id": self.env["res.partner"].create({"name": "Other"}).id}))

    def test_drawing_released(self):
        """REV-4, REV-11: a new version of a drawing invalidates the review; a contract document does not."""
        self._document(self.order, "contract", "Contract")
        self.env.flush_all()
        self.assertEqual(self.order.review_stage, "cleared")
        self._outdates(lambda: self._document(self.order, "drawing", "Front view"))
        self.assertIn("Front view", self.order.review_change_summary)

    def test_price_update(self):
        """REV-11: updating the prices from the price list invalidates the review."""
        self.product.list_price = 250.0
        self._outdates(self.order.action_update_prices)

    def test_currency_by_pricelist(self):
        """REV-11: another currency, by way of the price list, invalidates the review."""
        self.env["res.currency"]._activate_group_multi_currency()
        other = (self.env.ref("base.EUR") | self.env.ref("base.USD")).filtered(
            lambda currency: currency != self.company.currency_id)[0]
        other.active = True
        pricelist = self.env["product.pricelist"].create({"name": "Foreign", "currency_id": other.id})
        self._outdates(lambda: self.order.write({"pricelist_id": pricelist.id}))

    def test_import(self):
        """REV-11: load() invalidates the review."""
        line = self.order.order_line
        self._outdates(lambda: self.env["sale.order.line"].load(
            [".id", "product_uom_qty"], [[str(line.id), "7"]]))

    def test_context_does_not_hide_a_change(self):
        """REV-11: no context key keeps a change from invalidating the review."""
        line = self.order.order_line.with_context(
            tracking_disable=True, mail_notrack=True, sale_write_from_compute=True, skip_review=True)
        self._outdates(lambda: line.write({"price_unit": 1.0}))

    def test_discount_wizard(self):
        """REV-11: the discount dialog invalidates the review."""
        wizard = self.env["sale.order.discount"].create({
            "sale_order_id": self.order.id, "discount_type": "sol_discount", "discount_percentage": 0.1})
        self._outdates(wizard.action_apply_discount)

    def test_form_says_so_before_saving(self):
        """REV-11: the form already tells while it is edited."""
        with Form(self.order) as form:
            self.assertEqual(form.review_stage, "cleared")
            with form.order_line.edit(0) as line:
                line.product_uom_qty = 5
            self.assertEqual(form.review_stage, "outdated")

    def test_harmless_changes(self):
        """REV-11: notes, tags, salesperson, the customer's reference and the like leave the review valid."""
        tag = self.env["crm.tag"].create({"name": "Hot"})
        self.order.write({
            "note": "<p>Terms</p>", "tag_ids": [Command.link(tag.id)], "user_id": self.desk.id,
            "client_order_ref": "PO 17", "origin": "Call", "validity_date": "2030-01-01", "medium_id": False,
            "project_manager_id": self.desk.id})
        self.order.order_line.sequence = 5
        self.order.order_line.analytic_distribution = False
        self.env.flush_all()
        self.assertEqual(self.order.review_stage, "cleared")
        self.order.action_confirm()

    def test_same_line_written_anew(self):
        """REV-11: a line replaced by an equal one is no change."""
        line = self.order.order_line
        values = {"product_id": line.product_id.id, "product_uom_qty": 2, "price_unit": 100.0, "name": line.name,
                  "tax_ids": [Command.clear()]}
        self.order.order_line = [Command.clear(), Command.create(values)]
        self.env.flush_all()
        self.assertEqual(self.order.review_stage, "cleared")

    def test_change_is_logged_and_followed(self):
        """REV-11: the change shows in the order's chatter."""
        order = self.order.with_context(tracking_disable=False, mail_notrack=False)
        order.env.flush_all()
        self.cr.precommit.run()
        order.order_line.product_uom_qty = 9
        order.env.flush_all()
        self.cr.precommit.run()
        self.env.invalidate_all()
        tracked = self.order.message_ids.sudo().tracking_value_ids.filtered(
            lambda value: value.field_id.name == "review_stage")
        self.assertEqual(tracked[0].new_value_char, "Changed since the review")

    def test_running_round_is_replaced(self):
        """REV-7: a round that the order has outgrown is not concluded, and gives way to the next."""
        order = self._order()
        first = self._submit(order)
        self._agree(first)
        order.order_line.product_uom_qty = 50
        with self.assertRaisesRegex(UserError, "has changed since it was sent to review"):
            self._conclude(first, "accept")
        second = self._submit(order)
        self.assertRecordValues(first | second, [
            {"state": "cancelled", "round_no": 1, "is_current": False},
            {"state": "in_review", "round_no": 2, "is_current": True}])
        self.assertEqual(second.previous_round_ids, first)
