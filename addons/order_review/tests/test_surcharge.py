from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestSurcharge(ReviewCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.percent = cls.env.ref("order_review.surcharge_rule_dimension")
        cls.percent.value = 8
        cls.order = cls._order(cls.special)
        cls.fixed = cls.percent.copy({"name": "Special lock", "kind": "fixed", "value": 15})

    def test_surcharges_are_added_and_refreshed(self):
        """QUO-1: each surcharge of a line becomes a line of its own, refreshed and not doubled."""
        order = self.order
        line = order.order_line
        line.surcharge_rule_ids = self.percent | self.fixed
        order.action_apply_surcharges()
        extra = order.order_line.filtered("surcharge_rule_id").sorted("price_unit")
        self.assertRecordValues(extra, [
            {"price_unit": 16.0, "product_uom_qty": 1, "surcharge_source_id": line.id},
            {"price_unit": 30.0, "product_uom_qty": 1, "surcharge_source_id": line.id}])
        line.product_uom_qty = 10
        line.surcharge_rule_ids = self.percent
        order.action_apply_surcharges()
        extra = order.order_line.filtered("surcharge_rule_id")
        self.assertRecordValues(extra, [{"price_unit": 80.0, "product_id": self.percent.product_id.id}])

    def test_regular_order_is_quoted_from_the_price_list(self):
        """QUO-1: a regular order takes the price list's price, and no surcharge."""
        order = self._order(order_line=[Command.create({"product_id": self.product.id})])
        self.assertEqual(order.order_line.price_unit, self.product.list_price)
        order.order_line.surcharge_rule_ids = self.percent
        with self.assertRaisesRegex(UserError, "price list"):
            order.action_apply_surcharges()

    def test_price_update_keeps_surcharges(self):
        """QUO-1: updating the prices recomputes the surcharges from the new prices."""
        order = self.order
        order.order_line.surcharge_rule_ids = self.percent
        order.action_apply_surcharges()
        self.special.list_price = 500.0
        order.action_update_prices()
        extra = order.order_line.filtered("surcharge_rule_id")
        self.assertEqual(extra.price_unit, 80.0)

    def test_rule_is_limited_to_its_categories(self):
        """QUO-1: a rule meant for other products is refused."""
        category = self.env["product.category"].create({"name": "Transformers"})
        self.percent.category_ids = category
        order = self.order
        with self.assertRaisesRegex(ValidationError, "not meant for"):
            order.order_line.surcharge_rule_ids = self.percent
        self.special.categ_id = category.copy({"parent_id": category.id})
        order.order_line.surcharge_rule_ids = self.percent

    def test_confirmed_order_takes_no_surcharge(self):
        """QUO-1: surcharges belong to the quotation."""
        order = self._reviewed(self.special)
        order.action_confirm()
        with self.assertRaisesRegex(UserError, "not a quotation"):
            order.action_apply_surcharges()

    def test_surcharge_line_is_removed_with_its_source(self):
        """QUO-1: without the line there is no surcharge; a copy begins without."""
        order = self.order
        order.order_line.surcharge_rule_ids = self.percent
        order.action_apply_surcharges()
        order.order_line.filtered(lambda line: not line.surcharge_rule_id).unlink()
        self.assertFalse(order.order_line.exists())
