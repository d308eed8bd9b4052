"""Options that the customer takes on the portal, after the review of what was quoted."""
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.order_review.tests.common import PICTURE, ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewOption(ReviewCommon, HttpCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = cls._with_option()

    def _post(self, order, path, **params):
        return self.make_jsonrpc_request(
            f"/my/orders/{order.id}{path}", {"access_token": order._portal_ensure_token(), **params})

    @classmethod
    def _with_option(cls):
        order = cls._order(require_signature=True, require_payment=False, order_line=[
            Command.create({"product_id": cls.product.id, "sequence": 1}),
            Command.create({"display_type": "line_section", "name": "Options", "is_optional": True, "sequence": 2}),
            Command.create({"product_id": cls.special.id, "sequence": 3, "product_uom_qty": 0})])
        order.action_quotation_sent()
        review = cls._submit(order)
        cls._agree(review)
        cls._conclude(review, "accept")
        return order, order.order_line.sorted("sequence")[-1]

    def _todo(self, order):
        self.env.invalidate_all()
        kind = self.env.ref("order_review.mail_activity_type_option")
        return order.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)

    def test_portal_option_invalidates_the_review(self):
        """REV-11: a customer who takes an option invalidates the review; he is told, and the salesperson is asked once
        to go on; put back, nothing is left to do."""
        order, option = self.offer
        self.assertIn("/accept", self.url_open(order.get_portal_url()).text)
        self._post(order, "/update_line_dict", line_id=option.id, input_quantity=5)
        todo = self._todo(order)
        self.assertRecordValues(todo, [{"user_id": self.sales.id}])
        self.assertIn(self.special.name, todo.note)
        self.assertRecordValues(order, [{"review_stage": "outdated"}])
        self.assertEqual(option.product_uom_qty, 5)
        self.assertIn("error", self._post(order, "/accept", name="Mr. Wang", signature=PICTURE))
        self.assertIn("Your order has changed since we examined it", self.url_open(order.get_portal_url()).text)
        self._post(order, "/update_line_dict", line_id=option.id)
        self.assertEqual(self._todo(order), todo)
        self._post(order, "/update_line_dict", line_id=option.id, input_quantity=0)
        self.assertFalse(self._todo(order))
        self.assertEqual(order.review_stage, "cleared")
        self.assertNotIn("error", self._post(order, "/accept", name="Mr. Wang", signature=PICTURE))

    def test_taken_option_is_sent_to_review(self):
        """REV-11: the to-do of a taken option is done by sending the order to review again."""
        order, option = self.offer
        self._post(order, "/update_line_dict", line_id=option.id, input_quantity=1)
        self.assertTrue(self._todo(order))
        self.assertEqual(self._submit(order).order_class, "non_regular")
        self.assertFalse(self._todo(order))

    def test_option_needs_the_token(self):
        """REV-11: who has not the order's token takes no option and sets nobody to work."""
        order, option = self.offer
        self.url_open(f"/my/orders/{order.id}/update_line_dict", json={
            "params": {"line_id": option.id, "access_token": "none", "input_quantity": 5}})
        self.assertFalse(self._todo(order))
        self.assertEqual((option.product_uom_qty, order.review_stage), (0, "cleared"))
