"""Every method that RPC reaches on change notices, feasible dates and the close-out, called by who has no business."""
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.order_change_mrp.tests.common import OrderChangeMrpCommon
from odoo.addons.order_closeout.tests.common import CloseoutCommon

from doors import Doors


@tagged("post_install", "-at_install")
class TestChangeDoors(Doors, CloseoutCommon, OrderChangeMrpCommon):
    ours = ("order_change", "order_change_mrp", "order_change_quality", "order_closeout", "order_closeout_mrp",
            "order_review_mrp")
    windows = ("action_view_", "action_open", "action_report_", "action_change_order", "action_record_customer")
    worded = ("action_conclude", "action_done")
    tables = ("sale_order", "sale_order_line", "order_change", "order_change_line", "order_change_acknowledgement",
              "order_change_impact", "order_leftover", "order_evaluation", "order_evaluation_answer",
              "order_evaluation_measure", "order_exception", "order_dossier_print", "order_dossier_print_part",
              "order_review", "document_release", "mrp_production", "stock_move", "purchase_order_line",
              "purchase_request_line", "mail_activity")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sister = cls.env["res.company"].create({"name": "Sister Works"})
        strong = ("order_closeout.group_order_management,order_review.group_order_review_manager,"
                  "order_review.group_order_review_desk,order_change.group_order_change_approver,"
                  "sales_team.group_sale_manager,mrp.group_mrp_manager,purchase.group_purchase_manager,"
                  "stock.group_stock_manager,quality_inspection.group_quality_manager")
        cls.outsiders = {
            "portal": cls._user("doors_portal", "base.group_portal"),
            "clerk": cls._user("doors_clerk", "base.group_user"),
            "sister": cls._user("doors_sister", strong),
        }
        cls.outsiders["sister"].write({"company_ids": [Command.set(sister.ids)], "company_id": sister.id})
        cls.documents = [*cls._make_changes(), *cls._make_closeout()]
        cls.env.flush_all()

    @classmethod
    def _make_changes(cls):
        """A draft, one that is assessed, one that waits for departments; what a cancelled order has left."""
        order = cls.production._get_sale_orders()
        line = {"kind": "quantity", "order_line_id": order.order_line.id}
        draft, assessed, applied = (
            cls._change({**line, "quantity": quantity}, order=order) for quantity in (7, 8, 9))
        assessed.action_assess()
        applied.action_assess()
        applied.with_user(cls.general_manager).action_approve()
        gone = cls._confirmed(product=cls.cabinet)
        bought = cls._purchases(cls.sheet).filtered(
            lambda row: row.order_id.reference_ids.sale_ids == gone and row.order_id.state == "draft")
        bought.order_id.button_confirm()
        gone._action_cancel()
        left = cls.env["order.leftover"].search([("order_id", "=", gone.id)])
        cls.quotation = cls._order(cls.cabinet)
        window = cls.env["order.feasible"].with_user(cls.sales).create({"order_id": cls.quotation.id})
        answer = cls.env["order.change.answer"].with_user(cls.desk).create({
            "change_id": assessed.id, "answer": "refused", "answered_by": "Mr. Wang"})
        return [cls.quotation, order, cls.production, draft | assessed | applied, draft.line_ids,
                applied.acknowledgement_ids, left, window, answer]

    @classmethod
    def _make_closeout(cls):
        """An evaluation that departments answer, one whose measures are open, problems, and a dossier being made."""
        asking = cls._evaluation()
        concluded = cls._evaluation(cls._confirmed(product=cls.breaker))
        measures = cls.env["order.evaluation.measure"].with_user(cls.desk).create([{
            "evaluation_id": concluded.id, "name": name, "owner_id": cls.sales.id, "feeds": "review",
            "date_due": fields.Date.today() + timedelta(days=10)} for name in ("Ask earlier", "Ask twice")])
        for answer in concluded.answer_ids.filtered(lambda answer: answer.state == "asked"):
            answer.with_user(answer.user_id).went_wrong = "All went well"
            answer.with_user(answer.user_id).action_acknowledge()
        concluded.with_user(cls.general_manager).action_conclude("Ask for drawings earlier.")
        measures[0].with_user(cls.sales).action_done("Asked, and noted.")
        problem, failure = (cls.env["order.exception"].with_user(cls.sales).create({
            "order_id": cls.order.id, "kind": kind, "description": "It fell off the lorry"})
            for kind in ("problem", "failure"))
        cls.order.with_user(cls.sales).action_print_dossier()
        job = cls.env["order.dossier.print"].search([("order_id", "=", cls.order.id)])
        cls.word = cls.env["order.closeout.word"].with_user(cls.sales).create({
            "res_model": problem._name, "res_id": problem.id, "operation": "close", "text": "Repaired and tested"})
        return [cls.order, asking | concluded, asking.answer_ids, measures, problem | failure, job, cls.word]

    def test_nobody_outside_does_anything(self):
        """ARC-5, CHG-8, CHG-9, REV-10, EVA-1, EVA-3, EXC-1, EXC-2: a portal user, a clerk without any role, and whoever
        is everything in another company: each method is refused in a clear word, or does nothing; no traceback."""
        self.assertGreater(self.check_nobody_acts(), 200)

    def test_sister_reads_nothing(self):
        """ARC-5, EXC-2: whoever is everything in another company finds and reads none of them; nor does the portal."""
        self.check_nobody_reads("portal", "sister")

    def test_window_of_ones_own_opens_no_door(self):
        """ARC-5, EVA-1, EXC-1: who makes the window himself does by it no more than by the document's own method."""
        wanted = [("order.evaluation", "conclude"), ("order.evaluation.measure", "done"), ("order.exception", "close")]
        before = self._state()
        for model, operation in wanted:
            record, = next(records for records in self.documents if records._name == model)[:1]
            for who in ("clerk", "sister"):
                word = self.env["order.closeout.word"].with_user(self.outsiders[who]).create({
                    "res_model": model, "res_id": record.id, "operation": operation, "text": "So it was decided."})
                with self.subTest(model=model, who=who), self.assertRaises(UserError):
                    word.action_confirm()
            with self.assertRaises(AccessError):
                self.env["order.closeout.word"].with_user(self.outsiders["portal"]).create({
                    "res_model": model, "res_id": record.id, "operation": operation, "text": "So it was decided."})
        self.assertEqual(self._state(), before)
