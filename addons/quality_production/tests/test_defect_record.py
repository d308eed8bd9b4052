from odoo.exceptions import AccessError, UserError

from .common import ProductionCommon


class TestDefectRecord(ProductionCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_final_plan()
        order = cls.make_order()
        cls.produce(order)
        cls.inspection = order.quality_inspection_ids
        cls.start(cls.inspection)

    def found(self, text="Door scratched"):
        record = self.inspection.with_user(self.inspector).action_record_defect(text)
        return record.with_user(self.env.user)

    def release(self):
        mine = self.inspection.with_user(self.inspector)
        self.fill(mine)
        mine.action_conclude()

    def test_defect_goes_to_the_leader(self):
        """FQC-5: a defect is written by the inspector, and the team leader is told."""
        record = self.found()
        self.assertRecordValues(record, [{
            "state": "open", "leader_id": self.leader.id, "found_by": self.inspector.id,
            "production_id": self.inspection.production_id.id}])
        self.assertEqual(record.activity_ids.user_id, self.leader)
        with self.assertRaises(AccessError):
            self.inspection.with_user(self.operator).action_record_defect("Mine")

    def test_release_waits_for_the_defect(self):
        """FQC-5: correction signed by production, re-inspection signed by quality, then the goods are released."""
        record = self.found()
        with self.assertRaisesRegex(UserError, "Door scratched"), self.env.cr.savepoint():
            self.release()
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "Write what was corrected"):
            record.with_user(self.leader).action_correct(" ")
        record.with_user(self.leader).action_correct("Door changed")
        self.assertRecordValues(record, [{
            "state": "corrected", "corrected_by": self.leader.id, "correction": "Door changed"}])
        self.assertIn(self.inspector, record.activity_ids.user_id)
        with self.assertRaisesRegex(UserError, "cannot be released"), self.env.cr.savepoint():
            self.release()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            record.with_user(self.leader).action_reinspect()
        record.with_user(self.inspector).action_reinspect()
        self.assertRecordValues(record, [{"state": "closed", "reinspected_by": self.inspector.id}])
        self.release()
        self.assertEqual(self.quantity_in(self.stock, self.cabinet), 1)

    def test_preview_says_what_blocks_the_release(self):
        """FQC-5: before the conclusion the screen says which defect blocks the release, and nothing more once it is
        closed."""
        record = self.found()
        mine = self.inspection.with_user(self.inspector)
        self.fill(mine)
        preview = mine.get_entry_data()["preview"]
        self.assertEqual(preview["verdict"], "accept")
        self.assertIn("Door scratched", preview["blocked"])
        record.with_user(self.leader).action_correct("Door changed")
        record.with_user(self.inspector).action_reinspect()
        self.env.invalidate_all()
        self.assertNotIn("blocked", mine.get_entry_data()["preview"])

    def test_still_wrong_opens_the_next_round(self):
        """FQC-5: what is still wrong is a new record; the signatures of the former round stay."""
        record = self.found()
        record.with_user(self.operator).action_correct("Polished")
        again = record.with_user(self.inspector).action_reinspect("ng", "Still visible").with_user(self.env.user)
        self.assertRecordValues(record, [{"state": "repeated", "corrected_by": self.operator.id}])
        self.assertRecordValues(again, [{
            "state": "open", "round": 2, "previous_id": record.id, "description": "Still visible",
            "leader_id": self.leader.id}])
        with self.assertRaisesRegex(UserError, "cannot be released"), self.env.cr.savepoint():
            self.release()

    def test_own_correction_is_not_reinspected(self):
        """FQC-5: who signed the correction does not re-inspect it."""
        record = self.found()
        record.with_user(self.double).action_correct("Done")
        with self.assertRaisesRegex(UserError, "another person"):
            record.with_user(self.double).action_reinspect()

    def test_concession_by_the_head_only(self):
        """FQC-5: the head of quality concedes a defect with a reason; then the goods are released."""
        record = self.found()
        with self.assertRaises(AccessError):
            record.with_user(self.inspector).action_concede("Invisible when mounted")
        with self.assertRaisesRegex(UserError, "Write why"):
            record.with_user(self.head).action_concede("")
        record.with_user(self.head).action_concede("Invisible when mounted")
        self.assertRecordValues(record, [{"state": "conceded", "conceded_by": self.head.id}])
        self.release()
        self.assertEqual(self.inspection.verdict, "accept")

    def test_record_is_written_by_its_buttons(self):
        """FQC-5: nobody writes another's signature, changes a signed defect, or deletes a record."""
        record = self.found()
        for user in (self.inspector, self.leader, self.planner, self.head):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                record.with_user(user).write({"corrected_by": self.leader.id, "state": "corrected"})
        with self.assertRaises(AccessError):
            self.env["quality.defect.record"].with_user(self.inspector).create({
                "inspection_id": self.inspection.id, "description": "x", "corrected_by": self.leader.id})
        record.with_user(self.inspector).description = "Door scratched, left"
        record.with_user(self.leader).action_correct("Door changed")
        with self.assertRaises(UserError):
            record.sudo().description = "Nothing"
        with self.assertRaises(UserError):
            record.sudo().unlink()

    def test_concession_of_the_lot_waits_for_the_record(self):
        """FQC-5: also by concession of what was rejected, goods with an open defect are not released."""
        record = self.found()
        mine = self.inspection.with_user(self.inspector)
        self.fill(mine, defects=1)
        mine.action_conclude()
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", self.inspection.id)])
        report.with_user(self.head).severity = "minor"  # a major one is reviewed by the departments first
        row = self.env["quality.disposition"].with_user(self.head).create({
            "nonconformity_id": report.id, "kind": "concession", "quantity": 1, "concession_scope": "Scratch"})
        with self.assertRaisesRegex(UserError, "Door scratched"), self.env.cr.savepoint():
            report.with_user(self.head).action_decide()
        self.env.invalidate_all()
        record.with_user(self.head).action_concede("Customer agreed")
        report.with_user(self.head).action_decide()
        self.assertEqual(row.state, "done")
        self.assertEqual(self.quantity_in(self.stock, self.cabinet), 1)

    def test_reworked_unit_is_inspected_again(self):
        """FQC-5, NCR-4: what was rejected is reworked, re-inspected for the same order, and then released."""
        mine = self.inspection.with_user(self.inspector)
        self.fill(mine, defects=1)
        mine.action_conclude()
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", self.inspection.id)])
        report.with_user(self.head).severity = "minor"  # a major one is reviewed by the departments first
        row = self.env["quality.disposition"].with_user(self.head).create({
            "nonconformity_id": report.id, "kind": "rework", "quantity": 1, "responsible_id": self.operator.id})
        report.with_user(self.head).action_decide()
        row.with_user(self.operator).action_task_done(hours=1, note="Door changed")
        again = self.inspection.child_ids
        self.assertRecordValues(again, [{
            "production_id": self.inspection.production_id.id, "state": "pending", "quantity_held": 1}])
        self.conclude(again)
        self.assertEqual(self.quantity_in(self.stock, self.cabinet), 1)

    def test_no_record_after_the_verdict(self):
        """FQC-5: after the verdict a defect is a nonconformity."""
        self.release()
        with self.assertRaisesRegex(UserError, "nonconformity"):
            self.found()

    def test_mistake_is_cancelled(self):
        """FQC-5: a record that was a mistake is cancelled with a reason and holds nothing."""
        record = self.found()
        record.with_user(self.inspector).action_cancel("Dirt only")
        self.assertEqual(record.state, "cancelled")
        self.release()
