"""The dossier and the evaluation over all addons: quality, plan, releases and changes of an order."""
from datetime import timedelta

from odoo import fields

from odoo.addons.order_closeout_mrp.tests.common import CloseoutMrpCommon


class TestCloseoutDossier(CloseoutMrpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.top = cls.productions.filtered(lambda production: production.product_id == cls.cabinet)
        cls.lot = cls.env["stock.lot"].create({"name": "C-1", "product_id": cls.cabinet.id})
        cls.env["stock.move.line"].create({
            "move_id": cls.top.move_finished_ids[:1].id, "product_id": cls.cabinet.id, "lot_id": cls.lot.id,
            "quantity": 1})
        cls.plan = cls.env["project.project"].create({
            "name": "Plan", "is_plan": True, "plan_begin": fields.Datetime.now()})
        cls.instruction = cls.env["production.instruction"].create({
            "order_id": cls.order.id, "company_id": cls.company.id})
        cls.plan._write_signed({"instruction_id": cls.instruction.id})
        cls.item = cls.env["project.task"].create({"name": "Drawings", "project_id": cls.plan.id})

    def _inspection(self, **values):
        return self.env["quality.inspection"].create({
            "product_id": self.cabinet.id, "quantity": 1, **values})

    def test_quality_of_its_lots_and_productions(self):
        """EVA-1, EVA-3: inspections and nonconformities of the order's serial numbers, productions and transfers are in
        its dossier, others not, and are counted in its evaluation."""
        of_lot = self._inspection(lot_id=self.lot.id)
        of_production = self._inspection(production_id=self.productions[0].id)
        other = self._inspection()
        found = self.env["quality.nonconformity"].create({
            "product_id": self.cabinet.id, "quantity": 1, "lot_ids": self.lot.ids, "description": "Scratch"})
        ids = self.order._get_dossier_ids()
        self.assertLessEqual({of_lot.id, of_production.id}, set(ids["quality.inspection"]))
        self.assertNotIn(other.id, ids["quality.inspection"])
        self.assertEqual(ids["quality.nonconformity"], found.ids)
        of_lot._write_signed({"state": "done", "verdict": "reject"})
        found._write_signed({"state": "open"})
        figures = dict(self.order._get_evaluation_figures()[self.order])
        self.assertEqual(figures["Inspections, of these rejected"], "1, 1")
        self.assertEqual(figures["Nonconformities, of these open"], "1, 1")

    def test_plan_its_items_and_what_is_linked_to_them(self):
        """EVA-1, EVA-3: the plan, its items, releases and contact sheets about any of the order's documents."""
        release = self.env["document.release"].create({
            "subject": "Drawing", "kind_id": self.env["document.release.kind"].search([], limit=1).id,
            "res_model": "project.task", "res_id": self.item.id})
        sheet = self.env["contact.sheet"].create({
            "subject": "Late", "question": "When?", "date_due": fields.Date.today(),
            "to_department_id": self.departments["production"].id,
            "res_model": "mrp.production", "res_id": self.top.id})
        ids = self.order._get_dossier_ids()
        self.assertEqual(ids["project.project"], self.plan.ids)
        self.assertEqual(ids["project.task"], self.item.ids)
        self.assertEqual(ids["document.release"], release.ids)
        self.assertEqual(ids["contact.sheet"], sheet.ids)

    def test_changes_are_counted(self):
        """EVA-1: change notices by level, and the days that they took."""
        change = self.env["order.change"].create({
            "order_id": self.order.id, "reason": "The customer wants one more", "line_ids": [(0, 0, {
                "kind": "quantity", "order_line_id": self.order.order_line.id, "quantity": 3})]})
        change._write_signed({"state": "applied", "level": "structural", "delay_days": 4})
        figures = dict(self.order._get_evaluation_figures()[self.order])
        self.assertIn("1, 1, Structural 1", figures["Change notices, of these applied"])
        self.assertEqual(figures["Later by change notices (days)"], "4")

    def test_plan_that_is_made_again_is_told_before(self):
        """CHG-9: where the instruction is issued anew the impact names the plan, and the day it is to be finished."""
        self.plan._write_signed({"planned_finish": "2031-03-03 08:00:00", "forecast_finish": False})
        self.instruction._write_signed({"state": "issued"})
        change = self.env["order.change"].create({
            "order_id": self.order.id, "reason": "The customer wants one more", "line_ids": [(0, 0, {
                "kind": "quantity", "order_line_id": self.order.order_line.id, "quantity": 3})]})
        change._write_signed({"level": "structural"})
        plans = [row for row in change._get_impact() if row["res_model"] == "project.project"]
        self.assertEqual([(row["res_id"], row["document_name"]) for row in plans], [(self.plan.id, "Plan")])
        self.assertIn("03/03/2031", plans[0]["what"])

    def test_evaluation_tells_them_in_words(self):
        """EVA-1: the figures stand on the evaluation that the departments read."""
        self._inspection(lot_id=self.lot.id)._write_signed({"state": "done", "verdict": "accept"})
        evaluation = self._evaluation()
        self.assertIn("Inspections, of these rejected: 1, 0", evaluation.figures)
        self.assertIn("Material, planned and used", evaluation.figures)

    def test_screen_of_a_large_order_within_fifteen_queries(self):
        """EVA-3: with all addons, documents between included, the dossier takes fifteen queries at most."""
        order = self.order.with_user(self.sales)
        self.env["mail.message"].create([{
            "model": "mrp.production", "res_id": self.top.id, "body": f"Note {number}", "message_type": "comment",
            "date": fields.Datetime.now() - timedelta(minutes=number)} for number in range(1000)])
        self.env.flush_all()
        order.get_dossier()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.assertGreater(len(order.get_dossier()["events"]), 1000)
        self.assertLessEqual(self.cr.sql_log_count - before, 15)

    def test_deliveries_claims_and_payments(self):
        """EVA-3, DLV-7, PAY-2: notices, claims, service requests and what has happened to the payments are among the
        documents of an order.
        """
        self.order._payment_event("accepted", fields.Date.today())
        self.assertEqual(self.order._get_dossier_ids()["order.payment.event"], self.order.payment_event_ids.ids)
        paths = self.order._get_dossier_paths()
        self.assertLessEqual({"delivery.notice", "delivery.claim", "service.request", "account.move"}, paths.keys())
        self.assertIn("order_id", paths["delivery.claim"])
