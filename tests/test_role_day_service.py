"""A fault comes in by the code on a cabinet, by the customer's portal and by sales, is solved by the engineer on the
phone and reported to quality. Each day begins at the login, in Chinese; who scans the code has none."""
from odoo.tests import new_test_user, tagged

from odoo.addons.aftersales.tests.common import AftersalesCommon

import role_day


@tagged("-at_install", "post_install")
class TestServiceDays(AftersalesCommon, role_day.RoleDays):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        people = cls.head | cls.engineer | cls.seller
        people.write({"lang": "zh_CN", "tz": role_day.ZONE})
        people.odoobot_state = "disabled"
        cls.customer.lang = "zh_CN"

    def _tap_header(self, person, name):
        """A button of the form's header: on a phone some are behind the arrow beside them."""
        if not person.is_there(f"button[name={name}]"):
            person.click(".o_statusbar_buttons button:not([name])")
        person.click(f"button[name={name}]")

    def test_from_the_code_on_the_cabinet_to_the_solution(self):
        """AFT-1, AFT-2: reported by the code, handed over by the head, called and solved by the engineer on
        the phone."""
        page = self.lot._get_service_url().partition("/service/")[2]
        with self.day(None, phone=True) as visitor:
            visitor.open(f"/service/{page}?lang=zh_CN")
            visitor.fill("textarea[name=text]", "SF6 气压表指针在红区")
            visitor.fill("input[name=phone]", "13800005555")
            visitor.click("button.primary")
            number = visitor.see("#number")
        request = self.env["service.request"].search([("name", "=", number.strip())])
        self.assertRecordValues(request, [{"lot_id": self.lot.id, "source": "page", "dispatcher_id": self.head.id}])
        address, engineer_name = f"/odoo/service-requests/{request.id}", self.engineer.name
        with self.day(self.head.login, page="/odoo/service-requests") as head:
            head.click(".o_data_row td[name=subject]", "SF6")
            head.choose("[name=user_id]", "as_engineer", engineer_name)
            head.click("button[name=action_hand_over]")
            head.see("[name=handed_on]")
            self.assertLessEqual(head.clicks, 3)
        self.assertRecordValues(request, [{"user_id": self.engineer.id, "handed_by": self.head.id, "state": "new"}])
        with self.day(self.engineer.login, phone=True, page=address) as engineer:
            self._tap_header(engineer, "action_log_contact")
            engineer.fill(".modal [name=note] textarea", "用户确认压力 0.02 MPa，先退出运行")
            engineer.click(".modal button[name=action_log]")
            self._tap_header(engineer, "action_start")
            engineer.fill("[name=solution] textarea", "更换充气阀密封圈，补气至 0.04 MPa")
            self._tap_header(engineer, "action_solve")
            engineer.see("button[name=action_close]")
        self.assertRecordValues(request, [{"state": "solved", "solved_by": self.engineer.id}])
        self.assertEqual(request.contact_ids.user_id, self.engineer)

    def test_sales_hands_over_in_two_clicks(self):
        """AFT-1: from the customer's order to after-sales: two clicks, and what has happened."""
        self.company.order_review_policy = "none"
        self.order.user_id = self.seller
        self.order.action_confirm()
        order = self.order.id
        with self.day(self.seller.login, page=f"/odoo/sales/{order}") as seller:
            before = seller.clicks
            seller.click("button[name=action_new_service_request]")
            seller.fill("[name=subject] input", "断路器合不上闸")
            seller.click("button[name=action_hand_over]")
            seller.see("[name=handed_on]")
            self.assertEqual(seller.clicks - before, 2)
        request = self.env["service.request"].search([("order_id", "=", order)])
        self.assertRecordValues(request, [{
            "source": "sales", "dispatcher_id": self.seller.id, "user_id": self.head.id, "subject": "断路器合不上闸"}])

    def test_from_the_portal_to_quality(self):
        """AFT-1, AFT-4, NCR-1: the customer reports one of his cabinets on his portal; after-sales calls him and
        reports it to quality by one click, and quality takes it."""
        customer = new_test_user(self.env, "as_customer", groups="base.group_portal", lang="zh_CN", tz=role_day.ZONE)
        customer.partner_id.parent_id = self.customer
        inspector = new_test_user(
            self.env, "as_inspector", groups="quality_inspection.group_quality_user", lang="zh_CN", tz=role_day.ZONE)
        inspector.odoobot_state = "disabled"
        login = customer.login
        with self.day(None) as person:
            person.open("/web/login")
            person.fill(".oe_login_form input[name=login]", login)
            person.fill(".oe_login_form input[name=password]", login)
            person.click(".oe_login_form button[type=submit]")
            person.see("a[href$='/my/cabinets']")
            person.open("/zh_CN/my/cabinets")
            person.click("a[href*='/my/service/new']", "故障报修")
            person.fill("textarea[name=text]", "柜门联锁卡滞")
            person.click("form[action$='/my/service/new'] button[type=submit]")
            person.see("#service_request", "新建")
        request = self.env["service.request"].search([("lot_id", "=", self.lot.id)])
        self.assertRecordValues(request, [{"source": "portal", "dispatcher_id": self.head.id, "state": "new"}])
        request.with_user(self.engineer).action_take()
        self._call(request)
        request_id = request.id
        with self.day(self.engineer.login, page=f"/odoo/service-requests/{request_id}") as engineer:
            engineer.click("button[name=action_new_nonconformity]")
            engineer.click("button[name=action_open]")
            engineer.see("[name=state] .o_arrow_button_current", "待")
        report = request.nonconformity_ids
        self.assertRecordValues(report, [{"source": "site", "lot_ids": self.lot.ids, "state": "open"}])
        number = report.name
        with self.day(inspector.login, page="/odoo/nonconformities") as quality:
            quality.click(".o_data_row td[name=name]", number)
            quality.click("button[name=action_take]")
            quality.see("[name=inspector_id]", "as_inspector")
        self.assertEqual(report.inspector_id, inspector)
