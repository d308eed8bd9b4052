from datetime import datetime

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.quality_inspection.tests.common_ncr import NonconformityCommon


@tagged("post_install", "-at_install")
class TestCorrectiveAction(NonconformityCommon):

    def _action(self, **values):
        return self.env["quality.corrective.action"].with_user(self.inspector).create({
            "subject": "Scratches", "product_id": self.part.id, "problem": "<p>Scratched at packing</p>", **values})

    def _verifying(self, **values):
        action = self._action(**values)
        action.action_next()
        action.write({"containment": "<p>100 %</p>", "root_cause": "<p>Box too small</p>"})
        action.action_next()
        action.write({"prevention": "<p>Packing rule</p>", "effectiveness_check_on": fields.Date.today(),
                      "task_ids": [Command.create({
                          "name": "Larger box", "owner_id": self.worker.id, "date_due": "2030-01-01"})]})
        action.task_ids.with_user(self.worker).action_done("Ordered")
        action.action_next()
        return action

    def test_steps_ask_for_their_content(self):
        """NCR-7: each discipline is filled in before the next; the message names what is missing."""
        action = self._action(problem="<p><br></p>")
        with self.assertRaisesRegex(UserError, "Problem"):
            action.action_next()
        action.problem = "<p>Scratched</p>"
        action.action_next()
        with self.assertRaisesRegex(UserError, "Root Cause"):
            action.action_next()
        action.write({"containment": "<p>100 %</p>", "root_cause": "<p>Box too small</p>"})
        action.action_next()
        self.assertEqual(action.state, "action")
        action.write({"prevention": "<p>Packing rule</p>", "effectiveness_check_on": fields.Date.today()})
        with self.assertRaisesRegex(UserError, "Actions"):
            action.action_next()
        action.write({"task_ids": [Command.create({
            "name": "Larger box", "owner_id": self.worker.id, "date_due": "2030-01-01"})]})
        self.assertIn(self.worker, action.task_ids.activity_ids.user_id)
        with self.assertRaisesRegex(UserError, "Larger box"):
            action.action_next()
        action.task_ids.with_user(self.worker).action_done("Ordered")
        self.assertFalse(action.task_ids.activity_ids)
        action.action_next()
        self.assertEqual(action.state, "verification")
        self.assertIn(self.head, action.activity_ids.user_id)

    def test_effect_is_checked_by_another(self):
        """NCR-7: another inspector than the owner signs the effect, with evidence, not before its day."""
        action = self._verifying()
        with self.assertRaisesRegex(AccessError, "another inspector"):
            action.action_effective("Looks good")
        with self.assertRaisesRegex(AccessError, "another inspector"):
            action.with_user(self.worker).action_effective("Looks good")
        with self.assertRaisesRegex(UserError, "evidence"):
            action.with_user(self.head).action_effective(" ")
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            action.write({"effectiveness_check_on": "2099-01-01"})
        action.with_user(self.head).write({"effectiveness_check_on": "2099-01-01"})
        with self.assertRaisesRegex(UserError, "2099-01-01"):
            action.with_user(self.head).action_effective("Looks good")
        action.with_user(self.head).write({"effectiveness_check_on": fields.Date.today()})
        action.with_user(self.head).action_effective("Three lots without a scratch")
        self.assertRecordValues(action, [{
            "state": "closed", "effectiveness": "effective", "verified_by": self.head.id}])

    def test_the_head_checks_not_his_own(self):
        """NCR-7: where the head of quality leads it or carries out its actions, an inspector is asked to check it."""
        record = self._rejected(self.part, 5)
        record.with_user(self.inspector).write({"inspector_id": self.inspector.id})
        action = self._verifying(owner_id=self.head.id, nonconformity_ids=[Command.set(record.ids)])
        self.assertEqual(action.activity_ids.user_id, self.inspector)

    def test_chosen_reports_are_not_typed_again(self):
        """NCR-7: product, supplier and problem come from the chosen report, and what was typed stays."""
        record = self._found(self.part, 1, partner_id=self.supplier.id, description="Scratched\nin box 3")
        form = Form(self.env["quality.corrective.action"].with_user(self.inspector))
        form.subject = "Scratches"
        form.nonconformity_ids.add(record)
        action = form.save()
        self.assertRecordValues(action, [{
            "subject": "Scratches", "product_id": self.part.id, "partner_id": self.supplier.id}])
        self.assertIn("in box 3", action.problem)

    def test_closed_action_is_frozen(self):
        """NCR-7: closed, it is changed and deleted by nobody; its signatures were never typed."""
        action = self._verifying()
        for vals in ({"state": "closed"}, {"effectiveness": "effective"}, {"verified_by": self.head.id}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                action.write(vals)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._action(**vals)
        action.with_user(self.head).action_effective("Three lots")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            action.sudo().write({"root_cause": "<p>Other</p>"})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            action.task_ids.sudo().write({"name": "Other"})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            action.sudo().unlink()

    def test_not_effective_opens_the_next(self):
        """NCR-7: not effective: closed as such, and the next one begins with the cases that came again."""
        first = self._found(self.part, 1, partner_id=self.supplier.id)
        result = first.with_user(self.inspector).action_corrective_action()
        action = self.env["quality.corrective.action"].with_user(self.inspector).browse(result["res_id"])
        self.assertRecordValues(action, [{
            "product_id": self.part.id, "partner_id": self.supplier.id, "nonconformity_ids": first.ids,
            "owner_id": self.inspector.id}])
        action.write({"problem": "<p>Scratched</p>"})
        action.action_next()
        action.write({"containment": "<p>100 %</p>", "root_cause": "<p>Box too small</p>"})
        action.action_next()
        action.write({"prevention": "<p>Rule</p>", "effectiveness_check_on": fields.Date.today(), "task_ids": [
            Command.create({"name": "Box", "owner_id": self.inspector.id, "date_due": "2030-01-01"})]})
        action.task_ids.action_done()
        action.action_next()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE quality_corrective_task SET done_on = done_on - interval '1 day' WHERE action_id = %s", [action.id])
        action.task_ids.invalidate_recordset()
        again = self._found(self.part, 2, partner_id=self.supplier.id)
        action.invalidate_recordset()
        self.assertEqual(action.recurrence_count, 1)
        follower = self.env["quality.corrective.action"].browse(
            action.with_user(self.head).action_ineffective("Came again")["res_id"])
        self.assertRecordValues(action, [{"state": "closed", "effectiveness": "ineffective"}])
        self.assertRecordValues(follower, [{"state": "draft", "previous_id": action.id}])
        self.assertEqual(follower.nonconformity_ids, first | again)

    def test_one_product(self):
        """NCR-7: nonconformities of several products are not mixed; the former cases come along."""
        first, again = (self._found(self.part, 1, partner_id=self.supplier.id) for _number in range(2))
        result = again.with_user(self.inspector).action_corrective_action()
        action = self.env["quality.corrective.action"].browse(result["res_id"])
        self.assertEqual(action.nonconformity_ids, first | again)
        other = self._found(self._product("Spring"), 1)
        with self.assertRaisesRegex(UserError, "one product"):
            (again | other).with_user(self.inspector).action_corrective_action()

    def test_task_is_due(self):
        """NCR-7: an action that is not done on its day is late, for its owner and then his manager."""
        self.company.resource_calendar_id.tz = "UTC"
        with freeze_time(datetime(2026, 3, 2, 9, 0)):
            action = self._action()
            action.action_next()
            action.write({"containment": "<p>100 %</p>", "root_cause": "<p>Box</p>"})
            action.write({"task_ids": [Command.create({
                "name": "Box", "owner_id": self.worker.id, "date_due": "2026-03-04"})]})
            action.action_next()
            self.assertTrue(action.task_ids.sla_clock_ids)
        with freeze_time(datetime(2026, 3, 5, 9, 0)):
            self.env["sla.clock"]._process_due()
            action.task_ids.invalidate_recordset()
            self.assertEqual(action.task_ids.sla_state, "late")
            self.assertTrue(action.task_ids.is_late)
            action.task_ids.with_user(self.worker).action_done()
            action.task_ids.invalidate_recordset()
            self.assertEqual(action.task_ids.sla_state, "none")

    def test_only_the_owner_reports(self):
        """NCR-7: another employee neither reads the action nor reports it as done."""
        action = self._action()
        action.write({"task_ids": [Command.create({
            "name": "Box", "owner_id": self.worker.id, "date_due": "2030-01-01"})]})
        with self.assertRaises(AccessError):
            action.task_ids.with_user(self._user("stranger", "base.group_user")).action_done()
        for vals in ({"date_due": "2040-01-01"}, {"owner_id": self.head.id}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                action.task_ids.with_user(self.worker).write(vals)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            action.task_ids.with_user(self.worker).unlink()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            action.with_user(self.worker).write({"root_cause": "<p>None</p>"})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            action.task_ids.with_user(self.worker).write({"done_on": "2026-01-01 00:00:00"})
        self.assertTrue(action.with_user(self.worker).name)
        action.action_next()
        for step in ("action_next", "action_back", "action_cancel"):
            with self.assertRaisesRegex(AccessError, "its owner, its team and quality"), self.env.cr.savepoint():
                getattr(action.with_user(self.worker), step)()

    def test_back_and_cancelled(self):
        """NCR-7: a step is gone back to be mended; what was cancelled stays, and goes no further."""
        action = self._action()
        with self.assertRaisesRegex(UserError, "Team and Problem"):
            action.action_back()
        action.action_next()
        action.action_back()
        self.assertEqual(action.state, "draft")
        action.action_cancel()
        self.assertEqual(action.state, "cancelled")
        for step in (action.action_next, action.action_back, action.action_cancel):
            with self.assertRaisesRegex(UserError, "Cancelled"):
                step()

    def test_to_dos_end_with_their_step(self):
        """NCR-7: gone back, nobody is asked to check the effect; gone on, one to-do, not two; cancelled, none."""
        action = self._verifying()
        check = self.env.ref("quality_corrective.mail_activity_type_effectiveness")
        for step, count in ((action.action_back, 0), (action.action_next, 1)):
            step()
            self.assertEqual(len(action.activity_ids.filtered(lambda todo: todo.activity_type_id == check)), count)
        action.action_back()
        action.write({"task_ids": [Command.create({
            "name": "Softer paper", "owner_id": self.worker.id, "date_due": "2030-01-01"})]})
        action.action_back()
        self.assertFalse(action.task_ids.activity_ids)
        action.action_next()
        self.assertEqual(len(action.task_ids.activity_ids), 1)
        action.action_cancel()
        self.assertFalse(action.activity_ids | action.task_ids.activity_ids)

    def test_report_leads_to_its_action(self):
        """NCR-7: quality links a report to a corrective action, also once it is closed; nobody else does."""
        record = self._found(self.part, 1)
        action = self._action()
        record.with_user(self.inspector).write({"corrective_action_ids": [Command.link(action.id)]})
        self.assertEqual(record.corrective_action_count, 1)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            record.with_user(self.worker).write({"corrective_action_ids": [Command.clear()]})

    def test_words_of_the_dialog(self):
        """NCR-7: the dialog reports an action as done, with the user's words."""
        action = self._action()
        action.write({"task_ids": [Command.create({
            "name": "Box", "owner_id": self.worker.id, "date_due": "2030-01-01"})]})
        self.env["quality.reason"].with_user(self.worker).with_context(active_id=action.task_ids.id).create({
            "operation": "task", "text": "Ordered"}).action_confirm()
        self.assertEqual(action.task_ids.result, "Ordered")
