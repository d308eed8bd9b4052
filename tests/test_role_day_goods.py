"""The goods' way through the plant, a day for each role, from the login and from *New*; its cost in clicks."""
from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import new_test_user

import quality_company as qc
import role_day

ENTRY = ".o_qi_entry"
NEW = ".o_list_button_add"
PURCHASE, QUALITY = "purchase.menu_purchase_root", "quality_inspection.quality_inspection_menu_root"


class TestGoodsDays(role_day.RoleDays):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = qc.hire(cls.env)
        cls.env.company.delivery_note_required = True
        cls.terminal = qc.component(cls.env, "UK-2.5B 接线端子")
        cls.rail = qc.component(cls.env, "TS35 导轨")
        cls.busbar = qc.component(cls.env, "TMY 母线排")
        for product in (cls.terminal, cls.rail):
            cls._plan(product)
        department = cls.env["hr.department"].create({"name": "采购部"})
        department.manager_id = cls.env["hr.employee"].create({
            "name": "冯采购", "user_id": cls.people["buyer"].id, "department_id": department.id})
        cls.env.company.quality_review_department_ids = [Command.set(department.ids)]
        cls.supplier = cls.env["res.partner"].create({"name": "永联端子有限公司"})
        cls.env.company.sla_general_manager_id = cls.manager = new_test_user(
            cls.env, "qc_manager", groups="base.group_user", name="陈总", lang="zh_CN", tz="Asia/Shanghai")

    @classmethod
    def _plan(cls, product):
        """What is looked at, and three pieces to be measured."""
        qc.plan(cls.env, product, {"method": "fixed", "fixed_size": 3}, (
            {"name": "外观"},
            {"name": "长度", "kind": "measure", "uom_id": cls.env.ref("uom.product_uom_millimeter").id,
             "has_lower": True, "lower": 10, "has_upper": True, "upper": 20}))

    def test_goods_days(self):
        """REC-1, REC-3, NCR-2, NCR-4, NCR-5, PUR-9: buyer, storekeeper, inspector at the desk and on the phone, head of
        quality, guard and general manager do their work from the login on, for what the table of costs says."""
        self._answer(self._escalated())
        order = self._buy()
        self._receive(order)
        good, bad = qc.inspections(order.picking_ids)
        self._inspect_at_the_desk(good)
        self._inspect_on_the_phone(bad)
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", bad.id)])
        self._decide(report)
        gate_pass = report.disposition_ids.gate_pass_ids
        gate_pass.with_user(self.people["head2"]).action_approve()
        self._let_out(gate_pass)

    def _buy(self):
        with self.day(qc.login("buyer")) as buyer:
            buyer.start(PURCHASE)
            buyer.click(NEW)
            buyer.choose("[name=partner_id]", "永联")
            buyer.line("UK-2.5B", product_qty="500", price_unit="1.2")
            buyer.line("TS35", product_qty="20", price_unit="8")
            buyer.click("button[name=button_confirm]")
            buyer.see(".o_arrow_button_current[data-value=purchase]")
        self.cost("buyer", "order of two lines, confirmed", buyer)
        order = self.env["purchase.order"].search([("partner_id", "=", self.supplier.id)])
        self.assertRecordValues(order, [{"state": "purchase", "create_uid": self.people["buyer"].id}])
        self.assertEqual(order.order_line.mapped("product_qty"), [500, 20])
        return order

    def _receive(self, order):
        with self.day(qc.login("storekeeper")) as keeper:
            keeper.click(".o_data_row [name=partner_id]", "永联")
            keeper.fill("[name=delivery_note_ref] input", "SH-20261123")
            keeper.click("button[name=action_count_delivery_note]")
            keeper.click(".modal .o_data_row [name=quantity_counted]")
            keeper.fill(".modal .o_selected_row [name=quantity_counted] input", "495")
            keeper.click(".modal .btn-primary")
            keeper.click("button[name=button_validate]")
            keeper.see(".o_arrow_button_current[data-value=done]")
        self.cost("warehouse", "receipt of two lines, one short", keeper)
        done = order.picking_ids.filtered(lambda picking: picking.state == "done")
        self.assertRecordValues(done, [{"delivery_note_ref": "SH-20261123"}])
        self.assertEqual(done.move_ids.mapped("quantity"), [495, 20])

    def _inspect_at_the_desk(self, inspection):
        with self.day(qc.login("inspector")) as inspector:
            inspector.click(".o_data_row button[name=action_open_entry]")
            for value in ("14", "15", "16"):
                inspector.type(value)
                inspector.enter()
            inspector.click(f"{ENTRY} .o_qi_count .o_qi_ok")
            inspector.click(f"{ENTRY} .o_qi_conclude_button")
            inspector.click(".o_qi_confirm:enabled")
            inspector.see("body:not(:has(.o_qi_conclude))")
        self.cost("inspector", "lot accepted (desktop)", inspector)
        self.assertRecordValues(inspection, [{"state": "done", "verdict": "accept"}])

    def _inspect_on_the_phone(self, inspection):
        with self.day(qc.login("inspector"), phone=True) as inspector:
            inspector.click(".o_kanban_record button[name=action_open_entry]")
            inspector.click(f"{ENTRY} .o_qi_ng")
            inspector.click(f"{ENTRY} .o_qi_next")
            for value in ("14", "15", "16"):
                inspector.fill(f"{ENTRY} .o_qi_pad_input", value)
                inspector.click(f"{ENTRY} .o_qi_done")
            inspector.click(f"{ENTRY} .o_qi_conclude_button")
            inspector.click(".o_qi_confirm:enabled")
            inspector.see("body:not(:has(.o_qi_conclude))")
        self.cost("inspector", "lot rejected (phone)", inspector)
        self.assertRecordValues(inspection, [{"state": "done", "verdict": "reject"}])

    def _decide(self, report):
        with self.day(qc.login("head")) as head:
            head.start(QUALITY)
            head.menu("quality_inspection.quality_inspection_menu_nonconformity",
                      "quality_inspection.quality_inspection_menu_undecided")
            head.click(".o_kanban_record", "TS35")
            head.click("button[name=action_take]")
            head.click("button[name=action_propose]")
            head.select(".modal [name=kind]", "退回供应商")
            head.click(".modal [name=settlement] input[data-value=credit]")
            head.click(".modal .o_form_button_save")
            head.click("button[name=action_request_review]")
            head.see(".o_arrow_button_current[data-value=review]")
        report.review_line_ids.with_user(self.people["buyer"]).action_agree()
        with self.day(qc.login("head"), tab=head):
            head.click("button[name=action_decide]")
            head.click(".modal .btn-primary")
            head.see(".o_arrow_button_current[data-value=decided]")
        self.cost("quality head", "rejected lot: returned for credit, after a material review", head)
        self.assertRecordValues(report.disposition_ids, [{"kind": "return", "quantity": 20, "settlement": "credit"}])

    def _escalated(self):
        """A report that neither the inspector nor the head of quality took in time: the general manager's to-do."""
        with freeze_time("2026-03-02 02:00"):  # a Monday
            report = self.env["quality.nonconformity"].create({
                "source": "process", "product_id": self.busbar.id, "quantity": 1, "severity": "minor",
                "description": "导轨划伤"})
            report.action_open()
        for morning in ("2026-03-04 02:00", "2026-03-06 02:00"):
            with freeze_time(morning):
                self.env["sla.clock"]._process_due()
        self.assertTrue(report.gm_escalated_at)
        return report

    def _answer(self, report):
        with self.day("qc_manager") as manager:
            manager.click(".o_menu_systray button:has(.fa-clock-o)")
            manager.click(".o-mail-ActivityGroup[data-model_name='quality.nonconformity'] [name=activityTitle]")
            manager.click(".o_data_row [name=product_id]", "TMY")
            manager.click(".o_statusbar_buttons .btn-primary")
            manager.fill(".modal [name=text] textarea", "按让步接收处理")
            manager.click(".modal button[name=action_confirm]")
            manager.see("body:not(:has(.modal))")
        self.cost("general manager", "escalated nonconformity answered", manager)
        self.assertRecordValues(report, [{"head_answer": "按让步接收处理", "head_id": self.manager.id}])

    def _let_out(self, gate_pass):
        number = gate_pass.name
        with self.day(qc.login("guard"), phone=True) as guard:
            guard.click(".o_gate_expected button", number)
            guard.see(".o_gate_pass .o_gate_line")
        self.cost("guard", "first pass on the screen", guard)
