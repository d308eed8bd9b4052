from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OrderChangeCommon


@tagged("-at_install", "post_install")
class TestDepartments(OrderChangeCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draughtsman = cls._user("draughtsman", "base.group_user,document_release.group_document_release_user")
        cls.drawing = cls.env["document.release"].with_user(cls.draughtsman).create({
            "kind_id": cls.env.ref("document_release.kind_drawing").id, "subject": "Front", "discipline": "both",
            "attachment_ids": [Command.create({"name": "a.dwg", "raw": b"drawing"})],
            "receiver_ids": [Command.create({"department_id": cls.departments["quality"].id})]})
        cls.drawing.sudo().write({"res_model": "sale.order", "res_id": cls.order.id})
        cls.drawing.action_release()
        cls.drawing = cls.drawing.with_user(cls.env.user)

    def test_each_department_acknowledges_once(self):
        """CHG-2: asked when the notice is issued, by a to-do and a clock; who, when; the to-do closes with it."""
        change = self._applied(self._quantity(8))
        row = self._row(change, "production")
        self.assertEqual((row.state, change.next_step), ("asked", "acknowledge"))
        self.assertEqual(self._todos(row, "acknowledge").user_id, self.reviewers["production"])
        self.assertEqual(row.sla_clock_ids.policy_id.code, "sla_policy_change_acknowledge")
        with self.assertRaises(AccessError):
            row.with_user(self.reviewers["quality"]).action_acknowledge()
        with self.assertRaisesRegex(UserError, "None of your departments"):
            change.with_user(self.sales).action_acknowledge()
        row.with_user(self.reviewers["production"]).action_acknowledge()
        self.assertRecordValues(row, [{
            "state": "acknowledged", "acknowledged_by": self.reviewers["production"].id,
            "acknowledged_name": self.reviewers["production"].name}])
        self.assertFalse(row.activity_ids)
        with self.assertRaisesRegex(UserError, "does not wait"):
            row.with_user(self.reviewers["production"]).action_acknowledge()
        for role in ("engineering", "quality", "purchasing"):
            for other in self._row(change, role):
                other.with_user(self.reviewers[role]).action_acknowledge()
        self.assertFalse(change.next_step)

    def test_notice_is_passed_on(self):
        """CHG-2: the plant's production manager passes it on to whoever it concerns; others cannot."""
        change = self._applied(self._quantity(8))
        values = {"change_id": change.id, "department_id": self.head.id}
        rows = self.env["order.change.acknowledgement"]
        with self.assertRaises(AccessError):
            rows.with_user(self.sales).create(values)
        row = rows.with_user(self.reviewers["production"]).create(values)
        self.assertEqual((row.state, row.user_id), ("asked", self.general_manager))
        self.assertTrue(row.activity_ids)

    def test_each_gets_its_part(self):
        """CHG-9: what the change means for a department stands in its row; money does not."""
        change = self._change(self._quantity(12), self._price(110))
        change.action_assess()
        part = self._row(change, "production").part
        self.assertIn("10 Units → 12 Units", part)
        self.assertNotIn("110.00", part)

    def test_impact_names_what_is_touched(self):
        """CHG-9: order lines with what is invoiced, released documents, the instruction; each with what happens."""
        self.order._create_invoices().action_post()
        action = self.order.with_user(self.desk).action_issue_instruction()
        instruction = self.env["production.instruction"].browse(action["res_id"])
        change = self._change(self._quantity(12))
        change.action_compute_impact()
        rows = {row.res_model: row for row in change.impact_ids}
        self.assertIn("invoiced 10", rows["sale.order.line"].what)
        self.assertIn("to be checked", rows["document.release"].what)
        self.assertEqual(rows["production.instruction"].res_id, instruction.id)
        self.assertIn("replaced by a new one", rows["production.instruction"].what)

    def test_obstacle_of_another_addon_stops_the_approval(self):
        """CHG-9: what glue finds cannot be changed any more is shown, and refused at the approval."""
        change = self._change(self._quantity(8))

        def impact(model):
            return [*original(model), {
                "document_name": "MO/1", "what": "8 of 10", "obstacle": "finished", "surplus_cost": 30.0,
                "department_id": self.departments["production"].id}]
        original = type(change)._get_impact
        self.patch(type(change), "_get_impact", impact)
        change.action_assess()
        self.assertEqual((change.impact_obstacles, change.sudo().surplus_cost), (1, 30.0))
        self.assertIn("finished", self._row(change, "production").part)
        self.assertNotIn("finished", self._row(change, "quality").part or "")
        with self.assertRaisesRegex(UserError, "MO/1: finished"):
            self._approve(change)

    def test_impact_costs_constant_queries(self):
        """CHG-9: ten lines or one, the same number of queries."""
        one = self._change(self._quantity(8))
        many = self._change(*[{"kind": "design", "text": f"Hole {number}"} for number in range(10)])
        counts = []
        for change in (one, many):
            change.sudo()._get_impact()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            change.sudo()._get_impact()
            counts.append(self.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0])

    # Superseded documents

    def test_superseded_release_warns_and_is_logged(self):
        """CHG-8: after the change its drawing is out of force: told to its receivers, a warning at use, on record."""
        change = self._applied(
            {"kind": "document", "release_id": self.drawing.id}, source="engineering", proof=False)
        self.assertEqual((self.drawing.superseded_change_id, self.drawing.is_superseded), (change, True))
        self.assertFalse(self.drawing.receiver_ids.activity_ids)
        clerk = self._user("clerk", "base.group_user")
        warning = self.drawing.with_user(clerk)._warn_superseded(self.order.partner_id)
        self.assertIn(change.name, warning["message"])
        self.assertIn("Grid Company", self.drawing.message_ids[0].body)
        self.assertIn(clerk.name, self.drawing.message_ids[0].body)
        found = self.env["document.release"].search([("is_superseded", "=", True)])
        self.assertIn(self.drawing, found)
        with self.assertRaises(UserError):
            self.drawing.superseded_change_id = False

    def test_warned_once_until_something_is_new(self):
        """CHG-8: each use is on record; a person is warned at his first one, and again when there is a new version."""
        self._applied({"kind": "document", "release_id": self.drawing.id}, source="engineering", proof=False)
        fitter, other = (self._user(name, "base.group_user") for name in ("fitter_1", "fitter_2"))
        used = len(self.drawing.message_ids)
        self.assertTrue(self.drawing.with_user(fitter)._warn_superseded(self.order.partner_id))
        self.assertIsNone(self.drawing.with_user(fitter)._warn_superseded(self.order.partner_id))
        self.assertTrue(self.drawing.with_user(other)._warn_superseded(self.order.partner_id))
        self.assertEqual(len(self.drawing.message_ids), used + 3)
        self.assertEqual(self.drawing.warned_user_ids, fitter | other)
        with self.assertRaises(UserError):
            self.drawing.with_user(self.draughtsman).warned_user_ids = [Command.clear()]
        new = self.drawing.browse(self.drawing.action_revise()["res_id"])
        new.attachment_ids = [Command.create({"name": "b.dwg", "raw": b"new drawing"})]
        new.action_release()
        self.assertEqual(self.drawing.replaced_by_id, new)
        warning = self.drawing.with_user(fitter)._warn_superseded(self.order.partner_id)
        self.assertIn(new.name, warning["message"])
        self.assertIsNone(self.drawing.with_user(fitter)._warn_superseded(self.order.partner_id))

    def test_release_in_force_does_not_warn(self):
        """CHG-8: nothing is said, nothing logged, of what is in force."""
        messages = self.drawing.message_ids
        self.assertIsNone(self.drawing._warn_superseded(self.order.partner_id))
        self.assertEqual(self.drawing.message_ids, messages)

    def test_desk_names_the_drawing(self):
        """CHG-8, ARC-5: who draws up a contract change finds the drawings in force, and changes none; no drafts."""
        draft = self.drawing.copy()
        mine = self.env["document.release"].with_user(self.desk).search([("id", "in", (self.drawing | draft).ids)])
        self.assertEqual(mine, self.drawing)
        self.assertTrue(mine.receiver_ids.mapped("department_id"))
        self.assertFalse(mine.with_user(self.sales).has_access("read"))
        with self.assertRaises(AccessError):
            mine.subject = "Side"
        with self.assertRaises(AccessError):
            mine.receiver_ids.unlink()

    def test_rejected_change_supersedes_nothing(self):
        """CHG-8: until it is approved the drawing is in force."""
        change = self._change({"kind": "document", "release_id": self.drawing.id}, source="engineering")
        change.action_assess()
        self.assertFalse(self.drawing.is_superseded)
        change.with_user(self.general_manager).action_reject("Not needed.")
        self.assertFalse(self.drawing.is_superseded)

    def test_new_version_of_an_agreed_drawing(self):
        """CHG-8, QUO-3: the new version comes into force with the change, the old one goes; the customer agrees."""
        old = self._document(self.order, "drawing", "Side")
        self.order.with_user(self.desk).action_request_review()
        self._agree_all(self.order.review_id)
        self._conclude(self.order.review_id, "accept", note="Decided.")
        new = self._document(self.order, "drawing", "Side", content=b"%PDF-1.4 new", release=False)
        change = self._applied(
            {"kind": "document", "document_id": old.id, "new_document_id": new.id}, source="engineering")
        self.assertEqual((old.state, new.state, change.state), ("superseded", "in_force", "applied"))
        self.assertEqual(self.order.review_stage, "cleared")
        self.assertEqual(change.customer_state, "accepted")

    def _row(self, change, role):
        return change.acknowledgement_ids.filtered(lambda row: row.department_id == self.departments[role])
