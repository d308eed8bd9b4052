"""The whole job in the browser, in Chinese, by everybody who has a part in it."""
from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

REVIEWER = "base.group_user,order_review.group_order_review_user"
DEPARTMENTS = {
    "engineering": ("技术部", "李工", ("eng_requirements", "eng_open_problems", "eng_documents", "eng_cycle")),
    "purchasing": ("采购部", "赵采购", ("pur_channel", "pur_time")),
    "planning": ("项目计划部", "孙计划", ("pla_date",)),
}
PHONE = "390x844"


@tagged("post_install", "-at_install")
class TestJourney(HttpCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.env["order.review.template"].search([]).active = False
        cls.env["order.review.authority"].search([]).active = False
        cls.head = cls.env["hr.department"].create({"name": "总经理办公室"})
        cls.sales = cls._user("jy_sales", "王销售", "order_review.group_order_review_desk")
        cls.manager = cls._user("jy_manager", "陈总", REVIEWER)
        cls._employee(cls.manager, cls.head)
        template = cls.env["order.review.template"].create({"name": "成套产品评审", "order_class": "non_regular"})
        cls.reviewers = {role: cls._department(template, role) for role in DEPARTMENTS}
        cls.env["order.review.authority"].create({
            "name": "总经理", "kind": "conclude", "user_ids": [Command.set(cls.manager.ids)]})
        cls.env["utm.medium"].create({"name": "微信公众号"})
        cls.customer = cls.env["res.partner"].create({
            "name": "华能江苏能源开发有限公司", "email": "buyer@huaneng.example", "lang": "zh_CN"})
        cls._user("jy_customer", cls.customer.name, "base.group_portal", partner_id=cls.customer.id)
        cls.env["product.product"].create({
            "name": "KYN28A-12 高压开关柜", "design_class": "complete_set", "list_price": 8600.0,
            "invoice_policy": "order", "taxes_id": [Command.clear()]})

    @classmethod
    def _user(cls, login, name, groups, **values):
        return new_test_user(
            cls.env, login, groups=groups, name=name, lang="zh_CN", tz="Asia/Shanghai",
            email=f"{login}@plant.example", **values)

    @classmethod
    def _employee(cls, user, department):
        department.manager_id = cls.env["hr.employee"].create({
            "name": user.name, "user_id": user.id, "department_id": department.id})

    @classmethod
    def _department(cls, template, role):
        name, person, criteria = DEPARTMENTS[role]
        department = cls.env["hr.department"].create({"name": name, "parent_id": cls.head.id})
        user = cls._user(f"jy_{role}", person, REVIEWER)
        cls._employee(user, department)
        cls.env["order.review.template.line"].create({
            "template_id": template.id, "department_id": department.id,
            "criterion_ids": [Command.set([
                cls.env.ref(f"order_review.review_criterion_{criterion}").id for criterion in criteria])]})
        return user

    def _walk(self, path, tour, login):
        self.start_tour(path, f"order_review_journey_{tour}", login=login, timeout=120)

    def _on_phone(self):
        self.browser_size, self.touch_enabled = PHONE, True
        self.addCleanup(self._on_desktop)

    def _on_desktop(self):
        for name in ("browser_size", "touch_enabled"):
            self.__dict__.pop(name, None)

    def test_order_goes_through_the_company(self):
        """INT-1, INT-3, REV-2, REV-3, REV-5, REV-11, REV-12, QUO-2, QUO-3, INS-1: from the intake to the
        acknowledged production instruction, by sales, engineer, buyer, planner (on a phone), general manager and
        customer."""
        self._walk("/odoo/order-intake", "sales", "jy_sales")
        order = self.env["sale.order"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(order.review_stage, "in_review")
        self.assertEqual(order.order_class, "non_regular")

        self._walk("/odoo/my-reviews", "engineer", "jy_engineering")
        self._walk("/odoo/review-board", "buyer", "jy_purchasing")
        self._on_phone()
        self._walk("/odoo/my-reviews", "planner", "jy_planning")
        self._on_desktop()
        self.assertEqual(order.review_id.line_ids.signed_by, self._all_reviewers())

        self._walk("/odoo/review-board", "manager", "jy_manager")
        self.assertEqual(order.review_stage, "customer")
        self._walk(order.get_portal_url(), "customer", "jy_customer")
        self.assertRecordValues(order, [{
            "state": "sale", "review_stage": "cleared", "contract_effective": True}])
        self.assertTrue(order.review_id.customer_signature)

        self._walk("/odoo/orders", "instruction", "jy_sales")
        self._walk("/odoo/production-instructions", "acknowledge", "jy_engineering")
        instruction = order.instruction_ids
        self.assertEqual(instruction.state, "issued")
        self.assertEqual(instruction.acknowledgement_ids.acknowledged_by, self.reviewers["engineering"])
        self.assertEqual(instruction.issued_on.date(), fields.Date.today())

    def _all_reviewers(self):
        users = self.env["res.users"]
        return users.union(*self.reviewers.values())
