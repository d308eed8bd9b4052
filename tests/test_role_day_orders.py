"""An order's way through the company, a day for each role, from the login page and from *New*; its cost in clicks."""
from odoo.fields import Command
from odoo.tests import new_test_user

import role_day

REVIEWER = "order_review.group_order_review_user"
NEW = ".o_list_button_add"
SALES, REVIEW = "sale.sale_menu_root", "order_review.order_review_menu_root"
DEPARTMENTS = {
    "engineering": ("技术部", "李工", ("eng_requirements", "eng_open_problems", "eng_documents", "eng_cycle")),
    "purchasing": ("采购部", "赵采购", ("pur_channel", "pur_time")),
}


class TestOrderDays(role_day.RoleDays):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["order.review.template"].search([]).active = False
        cls.env["order.review.authority"].search([]).active = False
        cls.head = cls.env["hr.department"].create({"name": "总经理办公室"})
        cls.sales = cls._user("day_sales", "王销售", "sales_team.group_sale_salesman")
        cls.desk = cls._user("day_desk", "周内勤", "order_review.group_order_review_desk")
        cls.manager = cls._user("day_manager", "陈总", REVIEWER)
        cls._employ(cls.manager, cls.head)
        template = cls.env["order.review.template"].create({"name": "成套产品评审", "order_class": "non_regular"})
        cls.reviewers = {role: cls._department(template, role) for role in DEPARTMENTS}
        cls.env["order.review.authority"].create([
            {"name": "订单管理", "kind": "conclude", "user_ids": [Command.set(cls.desk.ids)]},
            {"name": "总经理", "kind": "approve", "user_ids": [Command.set(cls.manager.ids)]}])
        cls.customer = cls.env["res.partner"].create({
            "name": "华能江苏能源开发有限公司", "email": "buyer@huaneng.example", "lang": "zh_CN"})
        cls.env["product.product"].create({
            "name": "KYN28A-12 高压开关柜", "design_class": "complete_set", "list_price": 8600.0,
            "invoice_policy": "order", "taxes_id": [Command.clear()]})

    @classmethod
    def _user(cls, login, name, groups):
        return new_test_user(
            cls.env, login, groups=f"base.group_user,{groups}", name=name, lang="zh_CN", tz="Asia/Shanghai",
            email=f"{login}@plant.example", odoobot_state="disabled")  # its chat would lie over the phone

    @classmethod
    def _employ(cls, user, department):
        department.manager_id = cls.env["hr.employee"].create({
            "name": user.name, "user_id": user.id, "department_id": department.id})

    @classmethod
    def _department(cls, template, role):
        name, person, criteria = DEPARTMENTS[role]
        department = cls.env["hr.department"].create({"name": name, "parent_id": cls.head.id})
        user = cls._user(f"day_{role}", person, REVIEWER)
        cls._employ(user, department)
        cls.env["order.review.template.line"].create({
            "template_id": template.id, "department_id": department.id, "criterion_ids": [Command.set([
                cls.env.ref(f"order_review.review_criterion_{criterion}").id for criterion in criteria])]})
        return user

    def test_order_days(self):
        """INT-1, INT-3, REV-2, REV-3, REV-5, REV-8, QUO-2, INS-1: sales, order desk, reviewers at the desk and on the
        phone, and general manager do their work from the login on, for what the table of costs says."""
        order = self._sell()
        desk = self._send(order)
        self._review("engineering", "day_engineering", phone=False)
        self._review("purchasing", "day_purchasing", phone=True)
        self.assertEqual(order.review_id.line_ids.signed_by, self.env["res.users"].union(*self.reviewers.values()))
        self._conclude(order, desk)
        self._approve(order)
        self._instruct(order, desk)
        self.cost("order desk", "order sent, concluded, contract and production instruction", desk)

    def _sell(self):
        with self.day("day_sales") as sales:
            sales.start(SALES)
            sales.click(NEW)
            sales.choose("[name=partner_id]", "华能江苏")
            sales.line("KYN28A-12", product_uom_qty="2")
            sales.click(".nav-link[name=order_intake]")
            sales.pick("[name=medium_id]", "微信")
            sales.fill("[name=project_name] input", "海上风电升压站")
            sales.fill("[name=project_background] textarea", "业主自建，一季度投运")
            sales.fill("input[data-field=commitment_date]", "2030/01/15")
            sales.fill("[name=technical_requirements] textarea", "12kV，31.5kA，IP4X")
            sales.fill("[name=quality_requirements] textarea", "按 GB/T 3906 出厂试验")
            sales.fill("[name=requirement_confirmed_by] input", "刘工")
            sales.click("[name=order_document_ids] .o_field_x2many_list_row_add a")
            sales.upload(".modal [name=datas] input[type=file]", self.paper)
            sales.click(".modal .o_form_button_save")
            sales.click("button[name=action_confirm_requirements]")
            sales.see("[name=order_document_ids] .o_data_row .text-bg-success")
        self.cost("sales", "quotation of a project with its intake, handed over", sales)
        order = self.env["sale.order"].search([("partner_id", "=", self.customer.id)])
        self.assertRecordValues(order, [{
            "create_uid": self.sales.id, "project_manager_id": self.sales.id, "order_class_proposed": "non_regular",
            "intake_missing": "", "intake_state": "ready"}])
        self.assertRecordValues(order.order_document_ids, [{
            "kind": "confirmation", "name": "需求确认书", "state": "in_force"}])
        self.assertTrue(order.requirement_confirmed_on)
        return order

    def _send(self, order):
        ready = self.env.ref("order_review.sale_order_action_ready").id
        with self.day("day_desk") as desk:
            desk.start(REVIEW)
            desk.click(f".o_control_panel button[name='{ready}']")
            desk.click(".o_data_row button[name=action_request_review]")
            desk.see(".o_review_chip[data-state=pending]")
        self.assertEqual(order.review_stage, "in_review")
        return desk

    def _review(self, role, login, phone):
        department = DEPARTMENTS[role][0]
        with self.day(login, phone) as reviewer:
            reviewer.start(REVIEW)
            reviewer.click(".o_review_chip[data-state=pending]", department)
            reviewer.see(".modal [name=check_ids] button[data-value=ok]")
            reviewer.click(".modal button[name=action_meet_all]")
            reviewer.click(".modal button[name=action_agree]")
            reviewer.see(".o_review_chip[data-state=agree]", department)
        self.cost("reviewer", f"opinion of {len(DEPARTMENTS[role][2])} criteria ({'phone' if phone else 'desktop'})",
                  reviewer)

    def _conclude(self, order, desk):
        with self.day("day_desk", tab=desk):
            desk.click("button[name=action_conclude]")  # the review is open since it was sent
            desk.click(".modal button[name=action_conclude]")
            desk.see("body:not(:has(.modal))")
        self.assertEqual(order.review_stage, "approval")

    def _approve(self, order):
        with self.day("day_manager") as manager:
            manager.start(REVIEW)
            manager.click(".o_kanban_record span", "海上风电")
            manager.click("button[name=action_open_approval]")
            manager.click(".modal button[name=action_confirm]")
            manager.see("body:not(:has(.modal))")
        self.cost("general manager", "important order approved", manager)
        self.assertEqual(order.review_stage, "cleared")

    def _instruct(self, order, desk):
        with self.day("day_desk", tab=desk):
            desk.click("button[name=action_view_order]")
            desk.click("button[name=action_register_contract]")  # confirms the quotation
            desk.fill(".modal [name=signed_by] input", "刘工")
            desk.upload(".modal [name=datas] input[type=file]", self.paper)
            desk.click(".modal button[name=action_register]")
            desk.click("button[name=action_issue_instruction]")
            desk.click("button[name=action_issue]")
            desk.see(".o_arrow_button_current[data-value=issued]")
        self.assertRecordValues(order, [{"state": "sale", "contract_effective": True}])
        self.assertEqual(order.instruction_ids.state, "issued")
