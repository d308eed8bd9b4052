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
        """REC-8: who asked cannot approve, nor can an inspector without the authority; who refuses says why."""
        release = self.request(user=self.head)
        for user in (self.head, self.inspector, self.storekeeper):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                release.with_user(user).action_approve()
        for words in (None, " ", "-"):
            with self.assertRaisesRegex(UserError, "say why"):
                release.with_user(self.releaser).action_refuse(words)
        window = self.env["quality.reason"].with_user(self.releaser).create({
            "operation": "refuse_release", "document_id": release.id, "text": "Its papers are on the way"})
        window.action_confirm()
        self.assertRecordValues(release, [{"state": "refused", "decision_note": "Its papers are on the way"}])
        self.assertIn("Its papers are on the way", release.message_ids[0].body)
        self.assertEqual(release.message_ids[0].partner_ids, self.head.partner_id)
        with self.assertRaises(UserError):
            release.with_user(self.releaser).action_approve()

    def test_todos_end_with_their_step(self):
        """REC-8: who decides is asked until it is decided; who recalls, until the goods are back."""
        release = self.request()
        self.assertEqual(release.activity_ids.user_id, self.head)
        release.with_user(self.releaser).action_approve()
        self.assertFalse(release.activity_ids)
        release._ask_recall()
        self.assertTrue(release.activity_ids)
        release.with_user(self.releaser).action_recall()
        self.assertFalse(release.activity_ids)

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
            "verdict": "reject", "quantity_urgent": 30, "quantity_open": 70, "quantity_rejected": 100}])
        self.assertEqual(self.inspection.nonconformity_ids.quantity, 70)
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
        self.assertRecordValues(self.inspection, [{
            "quantity_urgent": 0, "quantity_used": 12, "quantity_open": 88, "quantity_held": 88}])
        self.assertIn("L1", release.usage_note)
        report = self.env["quality.nonconformity"].search([("product_id", "=", self.lot_product.id)])
        self.assertRecordValues(report, [{"quantity": 12, "state": "open"}])
        with self.assertRaises(UserError):
            release.with_user(self.releaser).action_recall()

    def test_lot_settles_no_more_than_was_accepted(self):
        """REC-8, NCR-4: 60 of 100 are out, 50 are bad: 50 are settled, 10 are to be recalled, 40 are under the report.

        The recalled ones get a report of their own, and both reports can be carried out.
        """
        self.inspection.plan_id.sampling_ids.method = "whole"
        release = self.approved(60)
        self.conclude(self.inspection, defects=50)
        self.assertRecordValues(release, [{"quantity_settled": 50, "recall_needed": True}])
        self.assertRecordValues(self.inspection, [{
            "quantity_accepted": 50, "quantity_urgent": 10, "quantity_open": 40, "quantity_rejected": 50}])
        self.assertEqual(self.inspection.nonconformity_ids.quantity, 40)
        self.assertEqual(self.quantity_in(self.hold, self.lot_product), 40)
        release.with_user(self.releaser).action_recall()
        self.assertRecordValues(self.inspection, [{"quantity_urgent": 0, "quantity_open": 50, "quantity_rejected": 50}])
        reports = self.inspection.nonconformity_ids.sorted("quantity")
        self.assertEqual(reports.mapped("quantity"), [10, 40])
        for report in reports:
            self.env["quality.disposition"].create({
                "nonconformity_id": report.id, "kind": "scrap", "quantity": report.quantity})
            report.with_user(self.head).sudo()._decide()
        self.assertRecordValues(self.inspection, [{"quantity_scrapped": 50, "quantity_open": 0, "quantity_held": 0}])
        self.assertEqual(self.quantity_in(self.stock, self.lot_product), 50)

    def _release_serials(self):
        """Ten serial numbers, the first three of them out before the verdict; all are inspected."""
        serials = self.make_lots(self.serial_product, *(f"S{number:02}" for number in range(1, 11)))
        plan = self.make_plan(sampling=[{"defect_class": "major", "method": "whole"}])
        inspection = self.inspect(self.receive(self.serial_product, 10, serials), plan)
        inspection.with_user(self.inspector).action_request_urgent_release("hurry", 3, serials[:3].ids)
        inspection.urgent_release_ids.with_user(self.releaser).action_approve()
        return serials, inspection

    def test_bad_serial_that_is_out_is_recalled(self):
        """REC-8, NCR-1: the bad one of three that are out is not accepted but recalled; the good ones are all free.

        Once recalled it is held under a report of its own.
        """
        serials, inspection = self._release_serials()
        self.conclude(inspection, bad_units={1})
        release = inspection.urgent_release_ids
        self.assertRecordValues(release, [{
            "quantity_settled": 2, "settled_lot_ids": serials[1:3].ids, "recall_needed": True}])
        self.assertEqual(inspection.disposition_ids.filtered(lambda row: row.kind == "accept").lot_ids, serials[1:])
        self.assertFalse(inspection.nonconformity_ids)
        self.assertFalse(inspection.held_lot_ids)
        self.assertEqual(serials.mapped("quality_state"), ["urgent"] + ["released"] * 9)
        release.with_user(self.releaser).action_recall()
        self.assertRecordValues(release, [{"quantity_recalled": 1, "recalled_lot_ids": serials[0].ids}])
        self.assertEqual(inspection.held_lot_ids, serials[0])
        self.assertRecordValues(inspection.nonconformity_ids, [{
            "quantity": 1, "lot_ids": serials[0].ids, "state": "open"}])
        self.assertEqual(self.quantity_in(self.stock, self.serial_product), 9)

    def test_bad_serials_in_and_out_of_the_area(self):
        """REC-8: one bad serial number is out and one is held; the report names the held one only."""
        serials, inspection = self._release_serials()
        self.conclude(inspection, bad_units={1, 10})
        self.assertRecordValues(inspection, [{"quantity_accepted": 8, "quantity_urgent": 1, "quantity_open": 1}])
        self.assertEqual(inspection.nonconformity_ids.lot_ids, serials[9])
        self.assertEqual(inspection.held_lot_ids, serials[9])

    def test_recall_after_rejection_is_under_a_report(self):
        """REC-8, NCR-1: a rejected lot's urgently released serial numbers come back under a report; used ones too.

        The used one's report moves no stock.
        """
        serials, inspection = self._release_serials()
        inspection.plan_id.sampling_ids.write({"method": "fixed", "fixed_size": 5})
        self.conclude(inspection, bad_units={5})
        self.assertEqual(inspection.nonconformity_ids.lot_ids, serials[3:])
        self.make_move(self.serial_product, 1, self.stock, self.customer_location, serials[0])._action_done()
        inspection.urgent_release_ids.with_user(self.releaser).action_recall()
        back = inspection.nonconformity_ids.sorted("id")[-1]
        self.assertRecordValues(back, [{"quantity": 2, "lot_ids": serials[1:3].ids}])
        self.assertEqual(inspection.held_lot_ids, serials[1:])
        used = self.env["quality.nonconformity"].search([
            ("product_id", "=", self.serial_product.id), ("inspection_id", "=", False)])
        self.assertRecordValues(used, [{"quantity": 1, "lot_ids": serials[0].ids, "is_stocked": False}])

    def test_second_release_of_a_recalled_serial(self):
        """REC-8: a serial number that was recalled and released again is out, and its acceptance settles it."""
        serials, inspection = self._release_serials()
        first = inspection.urgent_release_ids
        self.make_move(self.serial_product, 1, self.stock, self.customer_location, serials[2])._action_done()
        first.with_user(self.releaser).action_recall()
        inspection.with_user(self.inspector).action_request_urgent_release("hurry", 1, serials[0].ids)
        (inspection.urgent_release_ids - first).with_user(self.releaser).action_approve()
        self.assertEqual(serials[:3].mapped("quality_state"), ["urgent", "held", "urgent"])
        self.conclude(inspection)
        self.assertRecordValues(inspection, [{"quantity_accepted": 10, "quantity_urgent": 0, "quantity_open": 0}])
        self.assertEqual(self.quantity_in(self.stock, self.serial_product), 9)

    def test_recalled_release_is_not_asked_for_again(self):
        """REC-8: what was used is reported at the recall; a rejecting verdict asks nobody to recall it again."""
        release = self.approved()
        self.make_move(self.lot_product, 12, self.stock, self.customer_location, self.lot)._action_done()
        release.with_user(self.releaser).action_recall()
        self.conclude(self.inspection, defects=5)
        self.assertFalse(release.recall_needed)
        self.assertRecordValues(self.inspection.nonconformity_ids, [{"quantity": 88}])

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
