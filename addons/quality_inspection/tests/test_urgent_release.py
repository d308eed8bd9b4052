from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.quality_inspection.hooks import post_init_hook, uninstall_hook

from .common import QualityCommon


@tagged("post_install", "-at_install")
class TestUrgentRelease(QualityCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.make_lots(cls.lot_product, "L1")
        cls.inspection = cls.inspect(cls.receive(cls.lot_product, 100, cls.lot), cls.make_plan())

    def request(self, quantity=30, user=None):
        self.inspection.with_user(user or self.inspector).action_request_urgent_release("Line stands still", quantity)
        return self.inspection.urgent_release_ids[0]

    def approved(self, quantity=30):
        release = self.request(quantity)
        release.with_user(self.releaser).action_approve()
        return release

    def test_approved_part_leaves_the_hold(self):
        """REC-8: the approved part is in stock and marked, the rest stays held."""
        release = self.approved()
        self.assertRecordValues(release, [{"state": "approved", "decided_by": self.releaser.id}])
        self.assertRecordValues(self.inspection, [{
            "quantity_urgent": 30, "quantity_open": 70, "quantity_held": 70, "state": "pending"}])
        self.assertEqual(self.quantity_in(self.stock, self.lot_product), 30)
        self.assertEqual(self.lot.quality_state, "urgent")

    def test_another_person_approves(self):
        """REC-8: who asked cannot approve, nor can an inspector without the authority."""
        release = self.request(user=self.head)
        for user in (self.head, self.inspector, self.storekeeper):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                release.with_user(user).action_approve()
        release.with_user(self.releaser).action_refuse("wait")
        with self.assertRaises(UserError):
            release.with_user(self.releaser).action_approve()

    def test_goods_without_lot_are_not_released(self):
        """REC-8: what could not be recalled is refused, with the reason."""
        inspection = self.inspect(self.receive(self.product, 10), self.make_plan())
        with self.assertRaisesRegex(UserError, "not tracked"):
            inspection.with_user(self.inspector).action_request_urgent_release("hurry", 5)

    def test_more_than_held_is_refused(self):
        """REC-8: no more is released than the inspection holds, also by two requests."""
        with self.assertRaises(UserError):
            self.request(101)
        first, second = self.request(60), self.request(60)
        first.with_user(self.releaser).action_approve()
        with self.assertRaises(UserError):
            second.with_user(self.releaser).action_approve()

    def test_accepting_verdict_settles_the_release(self):
        """REC-8: when the lot is accepted, what was released before is accepted where it is."""
        release = self.approved()
        self.conclude(self.inspection)
        self.assertRecordValues(self.inspection, [{
            "quantity_accepted": 100, "quantity_urgent": 0, "quantity_open": 0, "verdict": "accept"}])
        self.assertEqual(release.quantity_settled, 30)
        self.assertEqual(self.quantity_in(self.stock, self.lot_product), 100)
        self.assertEqual(self.lot.quality_state, "released")

    def test_rejecting_verdict_asks_for_the_recall(self):
        """REC-8: a rejected lot is held, and who approved is asked to recall what is out."""
        release = self.approved()
        self.conclude(self.inspection, defects=5)
        self.assertRecordValues(self.inspection, [{
            "verdict": "reject", "quantity_urgent": 30, "quantity_open": 70, "quantity_rejected": 70}])
        self.assertTrue(release.recall_needed)
        self.assertIn(self.releaser, release.activity_ids.user_id)

    def test_recall_brings_back_and_traces(self):
        """REC-8: what is left comes back under hold; what was delivered is named and gets a nonconformity."""
        release = self.approved()
        self.make_move(self.lot_product, 12, self.stock, self.customer_location, self.lot,
                       origin="SO-77", reference="WH/OUT/77")._action_done()
        with self.assertRaises(UserError):
            release.with_user(self.inspector).action_recall()
        release.with_user(self.releaser).action_recall()
        self.assertRecordValues(release, [{"state": "recalled", "quantity_recalled": 18}])
        self.assertEqual(self.quantity_in(self.stock, self.lot_product), 0)
        self.assertRecordValues(self.inspection, [{"quantity_urgent": 12, "quantity_open": 88, "quantity_held": 88}])
        self.assertIn("L1", release.usage_note)
        report = self.env["quality.nonconformity"].search([("product_id", "=", self.lot_product.id)])
        self.assertRecordValues(report, [{"quantity": 12, "state": "open"}])
        with self.assertRaises(UserError):
            release.with_user(self.releaser).action_recall()

    def test_release_of_serials(self):
        """REC-8: serial numbers are released one by one, and only those are free."""
        serials = self.make_lots(self.serial_product, "S1", "S2", "S3")
        inspection = self.inspect(self.receive(self.serial_product, 3, serials), self.make_plan())
        mine = inspection.with_user(self.inspector)
        with self.assertRaises(UserError):
            mine.action_request_urgent_release("hurry", 2, serials[:1].ids)
        mine.action_request_urgent_release("hurry", 1, serials[:1].ids)
        inspection.urgent_release_ids.with_user(self.releaser).action_approve()
        self.assertEqual(inspection.held_lot_ids, serials[1:])
        self.assertEqual(serials.mapped("quality_state"), ["urgent", "held", "held"])

    def test_split_lot_is_not_released_twice(self):
        """REC-8, REC-2: an inspection with a release cannot be split or merged."""
        self.approved()
        with self.assertRaises(UserError):
            self.inspection.with_user(self.inspector).action_split(10)


@tagged("post_install", "-at_install")
class TestHooks(QualityCommon):

    def test_uninstall_leaves_the_stock_usable(self):
        """REC-1: without the addon, an empty area is archived as Odoo has it; one with goods stays a plain location."""
        uninstall_hook(self.env)
        self.assertFalse(self.hold.active)
        post_init_hook(self.env)
        self.assertTrue(self.hold.active and self.hold.is_quality_hold)
        self.receive(self.product, 5)
        uninstall_hook(self.env)
        self.assertTrue(self.hold.active)
