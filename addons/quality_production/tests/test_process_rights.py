from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user

from .common import ProductionCommon


class TestProcessRights(ProductionCommon):

    def test_nobody_writes_a_card_directly(self):
        """FQC-1: card, operation, point, signature and check are written by their actions only."""
        card = self.make_order().process_card_id
        for user in (self.operator, self.leader, self.planner, self.inspector, self.head):
            for record, vals in ((card, {"state": "done"}), (card.line_ids[0], {"is_key": True}),
                                 (card.line_ids[1], {"state": "done"}),
                                 (card.line_ids[0].point_ids[0], {"result": "ok"})):
                with self.subTest(user=user.login, record=record), self.assertRaises(AccessError):
                    record.with_user(user).write(vals)
        for model, vals in (
                ("process.card.signature", {"card_id": card.id, "kind": "received", "result": "ok"}),
                ("process.card.check", {"card_id": card.id, "date": "2026-01-01", "result": "ok"}),
                ("process.card.missing", {"card_id": card.id, "product_id": self.product.id, "quantity": 1})):
            with self.subTest(model=model), self.assertRaises(UserError):
                self.env[model].with_user(self.planner).create({**vals, "user_id": self.operator.id}
                                                               if model == "process.card.check" else vals)

    def test_context_signs_nothing(self):
        """FQC-1, MAT-10, MAT-11: defaults of a context neither date a signature nor close what is open."""
        card = self.make_order().process_card_id
        context = {"default_signed_on": "2020-01-01 00:00:00", "default_state": "installed",
                   "default_reported_on": "2020-01-01 00:00:00", "default_user_id": self.leader.id}
        mine = card.with_user(self.operator).with_context(**context)
        mine.action_check_received()
        self.assertNotEqual(card.signature_ids.signed_on.year, 2020)
        self.assertEqual(card.signature_ids.user_id, self.operator)
        part = mine.action_report_missing(self.product.id, 1).with_user(self.env.user)
        self.assertEqual(part.state, "open")
        self.assertNotEqual(part.reported_on.year, 2020)
        report = mine.with_context(default_state="closed").action_report_defect("Bent")
        self.assertEqual(report.state, "open")
        slip = self.env["material.return"].with_user(self.operator).with_context(default_state="done").create({
            "production_id": card.production_id.id})
        self.assertEqual(slip.state, "draft")

    def test_nobody_makes_himself_the_leader(self):
        """FQC-1: the leader, who signs the daily check, is named by a team leader or manager."""
        card = self.make_order().process_card_id
        with self.assertRaises(AccessError):
            card.with_user(self.operator).leader_id = self.operator
        card.with_user(self.operator).note = "Door opens to the left"
        card.with_user(self.planner).leader_id = self.operator
        self.assertEqual(card.leader_id, self.operator)

    def test_storekeeper_and_employee_sign_nothing(self):
        """FQC-1: who does not work in production signs nothing; an employee does not even see the card."""
        card = self.make_order().process_card_id
        with self.assertRaises(AccessError):
            card.with_user(self.storekeeper).action_check_received()
        with self.assertRaises(AccessError):
            self.sign(card.line_ids[0], user=self.inspector)
        with self.assertRaises(AccessError):
            card.with_user(self.employee).get_page_data()

    def test_other_company_sees_nothing(self):
        """FQC-1: cards, signatures and defect records stay in their company."""
        card = self.make_order().process_card_id
        self.check_received(card)
        other = self.env["res.company"].create({"name": "Other plant"})
        stranger = new_test_user(
            self.env, "p_stranger", groups="mrp.group_mrp_manager,quality_inspection.group_quality_manager",
            company_id=other.id, company_ids=[Command.set(other.ids)])
        for records in (card, card.line_ids, card.signature_ids):
            with self.subTest(model=records._name):
                self.assertFalse(records.with_user(stranger).search([("id", "in", records.ids)]))
        with self.assertRaises(AccessError):
            card.with_user(stranger).action_check_received()
        self.assertFalse(card.with_user(stranger).find_card(card.name))
