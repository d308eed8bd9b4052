from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import QualityCommon
from .common_ncr import NonconformityCommon


@tagged("post_install", "-at_install")
class TestNextStep(NonconformityCommon):
    """Whoever is asked finds the one button of his next step in the header, and nothing that is not his."""

    def _step(self, record, user):
        record.invalidate_recordset()
        return record.with_user(user).next_step or False

    def test_report_shows_each_one_his_next_step(self):
        """NCR-1, NCR-2, NCR-4, NCR-6: from the report to its closing the button changes hands; nobody has two."""
        record = self.env["quality.nonconformity"].with_user(self.worker).create({
            "product_id": self.part.id, "quantity": 4, "severity": "major", "description": "Bent",
            "is_stocked": False})
        buyer, engineer = self.purchasing.manager_id.user_id, self.engineering.manager_id.user_id
        everybody = {"worker": self.worker, "inspector": self.inspector, "head": self.head, "buyer": buyer}

        def steps():
            record.invalidate_recordset()
            return {name: record.with_user(user).next_step for name, user in everybody.items()
                    if record.with_user(user).has_access("read") and record.with_user(user).next_step}

        self.assertEqual(steps()["worker"], "report")
        record.action_open()
        self.assertEqual(steps(), {"inspector": "take", "head": "take"})
        record.with_user(self.inspector).action_take()
        self.assertEqual(steps(), {"inspector": "propose", "head": "propose"})
        self._propose(record, ("concession", 4))
        self.assertEqual(steps(), {"inspector": "review", "head": "review"})
        record.with_user(self.inspector).action_request_review()
        self.assertEqual(steps(), {"buyer": "sign"})
        action = record.with_user(buyer).action_sign_review()
        opinion = self.env[action["res_model"]].with_user(buyer).browse(action["res_id"])
        self.assertEqual(opinion.disposition_ids.kind, "concession")
        with Form(opinion, "quality_inspection.quality_review_line_view_form_sign") as form:
            form.note = "As long as it is painted"
        opinion.action_agree()
        self.assertEqual(opinion.note, "As long as it is painted")
        self.assertEqual(steps(), {})
        record.with_user(engineer).my_review_line_id.action_agree()
        self.assertEqual(steps(), {"head": "decide"})
        record.with_user(self.head).action_decide()
        self.assertEqual(steps(), {"inspector": "close", "head": "close"})

    def test_escalation_is_answered_until_it_is_decided(self):
        """NCR-2: the head answers; once everything is proposed he decides at once."""
        record = self._rejected(self.part, 10)
        record.with_user(self.inspector).action_escalate("Not ours")
        self.assertEqual(self._step(record, self.head), "answer")
        self._propose(record, ("concession", 10))
        self.assertEqual(self._step(record, self.head), "decide")

    def test_opinion_of_a_former_round_is_not_asked_again(self):
        """NCR-6: what stayed unsigned in a withdrawn round is not the reviewer's next step of the new one."""
        record = self._rejected(self.part, 10, severity="major")
        self._propose(record, ("concession", 10))
        record.with_user(self.inspector).action_request_review()
        buyer, engineer = self.purchasing.manager_id.user_id, self.engineering.manager_id.user_id
        record.with_user(buyer).my_review_line_id.action_agree()
        record.with_user(self.inspector).action_reopen()
        record.with_user(self.inspector).action_request_review()
        self.assertEqual(record.with_user(engineer).my_review_line_id.round, 2)

    def test_one_primary_button_for_each_step(self):
        """NCR-2: the header of a report has one primary button for each step, and none that looks so besides."""
        arch = self.env["ir.ui.view"].browse(
            self.env.ref("quality_inspection.quality_nonconformity_view_form").id)._get_combined_arch()
        primary = [(button.get("name"), button.get("invisible")) for button in arch.xpath("//header/button")
                   if "btn-primary" in button.get("class", "")]
        steps = ("report", "sign", "decide", "answer", "take", "isolate", "propose", "review", "work", "close")
        self.assertEqual(sorted(condition for _name, condition in primary),
                         sorted(f"next_step != '{step}'" for step in steps))

    def test_goods_in_stock_are_isolated_first(self):
        """NCR-1, REC-7: bad goods that lie in free stock are isolated by the one button of the header, also on a phone,
        before anything is proposed; and not once more."""
        self._put(self.part, 5)
        record = self._found(self.part, 4)
        record.with_user(self.inspector).action_take()
        self.assertEqual(self._step(record, self.inspector), "isolate")
        record.with_user(self.inspector).action_isolate()
        self.assertEqual(self._step(record, self.inspector), "propose")

    def test_columns_stand_in_the_order_of_the_way(self):
        """NCR-1: on the board a report is first reported, then decided, then closed, whatever the codes are."""
        rejected = self._rejected(self.part, 10)
        decided = self._rejected(self.part, 5)
        self._propose(decided, ("concession", 5))
        decided.with_user(self.head).action_decide()
        groups = (rejected + decided).with_context(read_group_expand=True).formatted_read_group(
            [("id", "in", (rejected + decided).ids)], ["state"], ["__count"])
        self.assertEqual([group["state"] for group in groups], ["open", "decided"])

    def test_who_sorts_says_so_in_the_header(self):
        """NCR-3, NCR-4: whoever is asked to sort has the button in the header, nobody else; with what he says of it the
        goods are inspected again."""
        record = self._rejected(self.part, 10)
        self._propose(record, ("sort", 10))
        record.with_user(self.head).action_decide()
        self.assertEqual(self._step(record, self.worker), "work")
        self.assertFalse(self._step(record, self.inspector))
        action = record.with_user(self.worker).action_report_task()
        window = Form(self.env[action["res_model"]].with_user(self.worker).with_context(**action["context"]))
        window.hours, window.note = 2, "Three are bent, on the left"
        window.save().action_confirm()
        again = record.disposition_ids.child_inspection_id
        self.assertIn("Three are bent", again.with_user(self.inspector).get_entry_data()["note"])
        self.assertFalse(self._step(record, self.worker))

    def test_nobody_sorts_who_has_left(self):
        """NCR-4: sorting is not decided for a person who has left: nobody would be asked."""
        record = self._rejected(self.part, 10)
        self._propose(record, ("sort", 10))
        self.worker.active = False
        with self.assertRaisesRegex(UserError, "name who does it"):
            record.with_user(self.head).action_decide()

    def test_reviewer_sees_the_price_reduction_that_he_signs(self):
        """NCR-4, NCR-6: the price at which goods are conceded is in the window in which a department signs."""
        arch = self.env.ref("quality_inspection.quality_review_line_view_form_sign")._get_combined_arch()
        column, = arch.xpath("//list/field[@name='price_reduction_percent']")
        self.assertEqual(column.get("optional"), "show")
        self.assertTrue(arch.xpath("//kanban//field[@name='price_reduction_percent']"))

    def test_reader_writes_and_cancels_nothing(self):
        """NCR-2: the general manager, asked by escalation, sees no Cancel and no field that he may not write."""
        manager = self._user("manager", "base.group_user")
        self.company.sla_general_manager_id = manager
        record = self._rejected(self.part, 10)
        record.with_user(self.inspector).action_escalate("Not ours")
        record._escalate_to_general_manager(record)
        record.activity_schedule("quality_inspection.mail_activity_type_escalation", user_id=manager.id)
        seen = record.with_user(manager)
        self.assertEqual(
            (seen.next_step, seen.is_describable, seen.is_proposable, seen.is_reviewable),
            ("answer", False, False, False))
        with self.assertRaises(UserError):
            seen.action_cancel()

    def test_proposal_starts_with_what_is_left(self):
        """NCR-4: the window for a disposition proposes the quantity and serial numbers that none covers yet."""
        serials = self._lots(self._product("Relay", "serial"), "R1", "R2", "R3")
        record = self._rejected(serials.product_id, 3, serials)
        self._propose(record, ("scrap", 1, {"lot_ids": serials[0].ids}))
        action = record.with_user(self.inspector).action_propose()
        form = Form(self.env["quality.disposition"].with_user(self.inspector).with_context(**action["context"]),
                    "quality_inspection.quality_disposition_view_form_propose")
        form.kind = "concession"
        row = form.save()
        self.assertRecordValues(row, [{
            "quantity": 2, "lot_ids": serials[1:].ids, "nonconformity_id": record.id, "state": "draft"}])

    def test_checklist_of_quality(self):
        """REC-1, REC-4, NCR-2, NCR-6: what quality needs is on the one checklist, and leads to its place."""
        self.company.quality_department_id = False
        self.env["quality.inspection.plan"].search([]).active = False
        Check = self.env["order.setup.check"].with_user(self.head)
        self.assertEqual(Check.action_open()["res_model"], "order.setup.check")
        checks = {row.name: row for row in Check.search([])}
        self.assertTrue(checks["Head of quality"].missing)
        self.assertTrue(checks["Inspection plans"].missing)
        self.assertTrue(checks["Inspectors"].is_ready)
        self.assertTrue(checks["Departments in the material review"].is_ready)
        self.assertTrue(checks["Inspection area"].is_ready)
        for row in checks.values():
            self.assertIn("res_model", row.action_set(), row.name)
        self.purchasing.manager_id = False
        Check.action_open()
        silent = Check.search([("name", "=", "Reviewers of the material review")])
        self.assertIn(self.purchasing.name, silent.missing)


@tagged("post_install", "-at_install")
class TestInspectionStep(QualityCommon):

    def test_rejection_leads_to_its_report(self):
        """REC-6, NCR-1: the verdict's message names the report, the form and the results lead to it."""
        inspection = self.inspect(self.receive(self.product, 20), self.make_plan())
        self.assertFalse(inspection.open_nonconformity_id)
        self.conclude(inspection, defects=5)
        report = inspection.nonconformity_ids
        mine = inspection.with_user(self.inspector)
        self.assertEqual(mine.open_nonconformity_id, report)
        self.assertEqual(mine.get_entry_data()["nonconformity"]["id"], report.id)
        self.assertEqual(mine.action_open_nonconformity()["res_id"], report.id)
        self.assertIn(report.name, inspection._describe_result())
        self.assertTrue(any(report.name in body for body in inspection.message_ids.mapped("body")))
        report.sudo()._cancel()
        self.assertFalse(mine.open_nonconformity_id)

    def test_who_is_asked_for_documents_says_they_are_here(self):
        """REC-3: whoever was asked for the missing documents has the button, and his to-do ends with it."""
        buyer, stranger = self.person_without_rights("buyer"), self.person_without_rights("stranger")
        inspection = self.inspect(self.receive(self.product, 20), self.make_plan())
        with patch.object(self.registry["quality.inspection"], "_get_buyer", lambda _self: buyer):
            inspection.with_user(self.inspector).action_missing_documents("Certificate of the copper")
        self.assertEqual(inspection.activity_ids.user_id, buyer)
        self.assertTrue(inspection.with_user(buyer).is_documents_asked)
        self.assertFalse(inspection.with_user(self.inspector).is_documents_asked)
        with self.assertRaises(UserError):
            inspection.with_user(stranger).action_documents_complete()
        inspection.with_user(buyer).action_documents_complete()
        self.assertFalse(inspection.missing_documents or inspection.activity_ids)

    def person_without_rights(self, login):
        return self.env["res.users"].create({
            "name": login, "login": f"step_{login}",
            "group_ids": [Command.set(self.env.ref("base.group_user").ids)]})

    def test_urgent_release_shows_its_button_to_who_may(self):
        """REC-8: another authorised person decides and recalls; who asked and inspectors see no such button."""
        lot = self.make_lots(self.lot_product, "L1")
        inspection = self.inspect(self.receive(self.lot_product, 10, lot), self.make_plan())
        inspection.with_user(self.head).action_request_urgent_release("Line stands still", 4)
        release = inspection.urgent_release_ids
        may = {user: release.with_user(user).can_decide for user in (self.head, self.releaser, self.inspector)}
        self.assertEqual(list(may.values()), [False, True, False])
        release.with_user(self.releaser).action_approve()
        may = {user: release.with_user(user).can_recall for user in (self.releaser, self.inspector)}
        self.assertEqual(list(may.values()), [True, False])
        release.with_user(self.releaser).action_recall()
        self.assertFalse(release.with_user(self.releaser).can_recall)

    def test_recalled_pallet_stays_whole(self):
        """REC-8, REC-6: a pallet that is recalled as a whole comes back as a pallet, by a transfer of its own."""
        self.env.user.group_ids |= self.env.ref("stock.group_tracking_lot")
        lot = self.make_lots(self.lot_product, "L1")
        inspection = self.inspect(self.receive(self.lot_product, 10, lot), self.make_plan())
        inspection.with_user(self.inspector).action_request_urgent_release("Line stands still", 4)
        release = inspection.urgent_release_ids
        release.with_user(self.releaser).action_approve()
        pallet = self.env["stock.package"].create({"name": "PAL-R"})
        self.env["stock.quant"]._update_available_quantity(self.lot_product, self.stock, -4, lot_id=lot)
        self.env["stock.quant"]._update_available_quantity(
            self.lot_product, self.stock, 4, lot_id=lot, package_id=pallet)
        release.with_user(self.releaser).action_recall()
        self.assertRecordValues(pallet.quant_ids, [{"location_id": self.hold.id, "quantity": 4}])
        picking = self.env["stock.picking"].search([("origin", "=", release.name)])
        self.assertRecordValues(picking, [{"state": "done", "location_dest_id": self.hold.id}])
        self.assertRecordValues(inspection, [{"quantity_urgent": 0, "quantity_used": 0, "quantity_held": 10}])
