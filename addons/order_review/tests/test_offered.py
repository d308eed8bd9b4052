import unittest
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestOffered(ReviewCommon):
    """What is offered is not ordered; what is promised can be kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.optional = cls._cleared(cls._with_option())
        cls.order = cls._reviewed()

    @classmethod
    def _with_option(cls, product=None, **values):
        return cls._order(order_line=[
            Command.create({"product_id": cls.product.id, "product_uom_qty": 2, "price_unit": 100.0, "sequence": 1}),
            Command.create({"display_type": "line_section", "name": "Options", "is_optional": True, "sequence": 2}),
            Command.create({"display_type": "line_subsection", "name": "Spares", "sequence": 3}),
            Command.create({"product_id": (product or cls.special).id, "product_uom_qty": 0, "sequence": 4}),
            Command.create({"display_type": "line_note", "name": "Only with the cabinet", "sequence": 5}),
            Command.create({"display_type": "line_section", "name": "Service", "sequence": 6}),
            Command.create({"display_type": "line_note", "name": "Free of charge", "sequence": 7})], **values)

    @classmethod
    def _cleared(cls, order):
        review = cls._submit(order)
        cls._agree(review)
        cls._conclude(review, "accept")
        return order

    def _option(self, order):
        return order.order_line.filtered(lambda line: line.product_id == self.special)

    def test_option_does_not_hold_the_intake(self):
        """INT-2, INT-5: an option not taken is neither missing a quantity nor does it make the order non-regular."""
        order = self._with_option(project_background=False, project_name=False)
        self.assertFalse(order.intake_missing)
        self.assertEqual(order.order_class_proposed, "regular")
        self.assertEqual(order.ordered_product_ids, self.product)
        review = self._submit(order)
        self.assertEqual(review.item_ids.product_id, self.product)
        self.assertEqual(review.order_class, "regular")

    def test_option_that_is_taken_is_ordered(self):
        """INT-5, REV-11: an option that is taken counts as ordered, and makes the review outdated."""
        order = self.optional
        self._option(order).product_uom_qty = 1
        self.assertRecordValues(order, [{
            "review_stage": "outdated", "order_class_proposed": "non_regular",
            "ordered_product_ids": (self.product | self.special).ids}])
        self._option(order).product_uom_qty = 0
        self.assertEqual(order.review_stage, "cleared")

    def test_offer_is_no_change_of_what_is_ordered(self):
        """REV-11: an option, its price and its texts may change as long as it is not taken; other texts may not."""
        order = self.optional
        self._option(order).write({"price_unit": 7.0, "name": "Larger"})
        order.order_line.filtered(lambda line: line.name in ("Options", "Only with the cabinet")).write({"name": "New"})
        self.env.flush_all()
        self.assertEqual(order.review_stage, "cleared")
        order.order_line.filtered(lambda line: line.name == "Free of charge").name = "At cost"
        self.assertEqual(order.review_stage, "outdated")

    def test_texts_of_a_taken_option_are_content(self):
        """REV-11: the texts of an option that is taken were reviewed with it."""
        order = self._with_option()
        self._option(order).product_uom_qty = 1
        self._cleared(order)
        order.order_line.filtered(lambda line: line.name == "Only with the cabinet").name = "Always"
        self.assertEqual(order.review_stage, "outdated")

    def test_option_is_not_produced(self):
        """INS-1: an option that was not taken is not in the production instruction."""
        order = self.optional
        values = self.env["production.instruction"]._prepare_from_order(order)
        self.assertEqual([command[2]["product_id"] for command in values["line_ids"]], self.product.ids)

    def test_combo_is_made_of_its_parts(self):
        """INS-1: of a combo its parts are to be made, not the combo."""
        combo = self.env["product.combo"].create({
            "name": "Set", "combo_item_ids": [Command.create({"product_id": self.product.id})]})
        product = self._product("Set", type="combo", combo_ids=[Command.set(combo.ids)])
        order = self._order(order_line=[Command.create({"product_id": product.id, "product_uom_qty": 2})])
        order.order_line = [Command.create({
            "product_id": self.product.id, "product_uom_qty": 2, "combo_item_id": combo.combo_item_ids.id,
            "linked_line_id": order.order_line.id})]
        values = self.env["production.instruction"]._prepare_from_order(order)
        self.assertEqual([command[2]["product_id"] for command in values["line_ids"]], self.product.ids)

    def test_goods_delivered_beyond_the_order(self):
        """REV-11: a product that was delivered beyond the order is no change of the order; ordering it is."""
        if "picking_ids" not in self.env["sale.order"]._fields:
            raise unittest.SkipTest("sale_stock is not installed")
        order = self.order
        order.action_confirm()
        picking = order.picking_ids
        picking.move_ids = [Command.create({
            "product_id": self.special.id, "product_uom_qty": 1, "quantity": 1, "picked": True,
            "location_id": picking.location_id.id, "location_dest_id": picking.location_dest_id.id})]
        picking.move_ids.write({"quantity": 1, "picked": True})
        picking.with_context(skip_backorder=True).button_validate()
        self.env.flush_all()
        extra = self._option(order)
        self.assertRecordValues(extra, [{"product_uom_qty": 0, "qty_delivered": 1}])
        self.assertEqual(order.review_stage, "cleared")
        extra.product_uom_qty = 1
        self.assertEqual(order.review_stage, "outdated")

    def test_line_without_quantity_is_content(self):
        """REV-11: a line of quantity 0 that no delivery has entered is a change, in a confirmed order too."""
        order = self.order
        order.action_confirm()
        order.order_line = [Command.create({"product_id": self.special.id, "product_uom_qty": 0, "price_unit": 9.0})]
        self.env.flush_all()
        self.assertEqual(order.review_stage, "outdated")

    # Promises

    def test_past_date_is_not_promised(self):
        """REV-4: neither the round nor a department promises a day that is past."""
        review = self._submit(self._order())
        yesterday = self.company._get_today() - timedelta(days=1)
        line = self._line(review, "production")
        line.check_ids.result = "ok"
        line.earliest_date = yesterday
        with self.assertRaisesRegex(UserError, "is past"):
            line.action_agree()
        line.earliest_date = False
        self._agree(review)
        with self.assertRaisesRegex(UserError, "is past"):
            self._conclude(review, "accept", promise_date=yesterday)
        self._conclude(review, "accept")

    def test_date_that_a_department_cannot_keep(self):
        """REV-4: the requested date, which a department cannot keep, is promised for a reason or on a condition."""
        for extra in ({"note": "Two shifts from Monday"},
                      {"conditions": [{"name": "Partial delivery", "kind": "delivery"}]}):
            review = self._submit(self._order())
            self._line(review, "production").lead_time_days = 140
            self._agree(review)
            with self.assertRaisesRegex(UserError, "production department can deliver on"):
                self._conclude(review, "accept", promise_date=review.requested_date)
            self._conclude(review, "conditional" if "conditions" in extra else "accept",
                           promise_date=review.requested_date, **extra)
            self.assertEqual(review.promise_date, review.requested_date)
