import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.order_review.tests.common import PICTURE

from .common import OrderChangeCommon


@tagged("-at_install", "post_install")
class TestDesignError(OrderChangeCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fitter = cls._user("fitter", "base.group_user")

    def _report(self, **values):
        report = Form(self.env["order.change.report"].with_user(self.fitter))
        report.order_name = values.get("order_name", self.order.name.lower())
        report.reason = values.get("reason", "The holes do not fit.")
        if values.get("product", True):
            report.product_id = self.product
        record = report.save()
        record.photo = PICTURE
        record.action_report()
        return record.change_id

    def test_reported_from_the_workshop(self):
        """CHG-6: a fitter without any sales right names order, product, what, with a photo; engineering is asked."""
        change = self._report()
        self.assertRecordValues(change.sudo(), [{
            "kind": "design", "source": "workshop", "state": "draft", "order_id": self.order.id, "level": "minor",
            "department_id": self.departments["engineering"].id, "responsible_id": self.reviewers["engineering"].id,
            "asked_by": self.fitter.name, "create_uid": self.fitter.id}])
        self.assertIn("Ring main unit", change.line_ids.text_before)
        self.assertEqual(change.sudo().attachment_ids.raw, base64.b64decode(PICTURE))
        self.assertEqual(self._todos(change.sudo(), "assess").user_id, self.reviewers["engineering"])
        self.assertEqual(change.with_user(self.fitter).reason, "The holes do not fit.")

    def test_designer_takes_in_what_the_customer_wants(self):
        """CHG-5: who designs it opens the technical change himself, without a right to sell: answered within 30
        minutes, on the customer's written word."""
        engineer = self.reviewers["engineering"]
        report = self.env["order.change.report"].with_user(engineer).create({
            "kind": "technical", "order_name": self.order.name, "reason": "The meters on the left side."})
        report.action_report()
        change = report.change_id
        self.assertRecordValues(change.sudo(), [{
            "kind": "technical", "source": "customer", "responsible_id": engineer.id, "asked_by": False}])
        self.assertEqual(change.sudo().sla_clock_ids.policy_id.code, "sla_policy_change_technical")
        change.line_ids.text = "Meters on the left."
        change.action_assess()
        with self.assertRaisesRegex(UserError, "written request"):
            self._approve(change)

    def test_notice_within_four_hours(self):
        """CHG-6, SLA-1: the clock runs from the report until the notice is out to the departments."""
        monday = fields.Datetime.to_datetime("2031-03-03 01:00:00")
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        with freeze_time(monday):
            change = self._report().sudo()
            clock = change.sla_clock_ids
            self.assertEqual(clock.policy_id.code, "sla_policy_change_design")
            deadline = self.company.resource_calendar_id.plan_hours(4, monday, compute_leaves=True)
            self.assertEqual(clock.deadline_at, deadline)
        with freeze_time(monday + timedelta(hours=2)):
            engineer = self.reviewers["engineering"]
            change.line_ids.with_user(engineer).text = "Holes at 42 mm."
            change.with_user(engineer).action_assess()
            self.assertEqual((change.next_step, clock.state), ("approve", "running"))
            self._approve(change)
            self.assertEqual(clock.state, "met")
        asked = change.acknowledgement_ids.filtered(lambda row: row.state == "asked").department_id
        for role in ("production", "quality", "purchasing"):
            self.assertIn(self.departments[role], asked)
        self.assertEqual(self.order.review_stage, "cleared")

    def test_order_that_nobody_knows(self):
        """CHG-6: a wrong number, a pattern, a quotation, nothing said: named, and nothing is opened."""
        count = self.env["order.change"].search_count([])
        quotation = self._order()
        for number in ("S99999", "%", "_____", quotation.name, "\\"):
            with self.subTest(number=number), self.assertRaisesRegex(UserError, "No confirmed order"):
                self._report(order_name=number, product=False)
        with self.assertRaisesRegex(UserError, "Say what is wrong"):
            self._report(reason=".")
        self.assertEqual(self.env["order.change"].search_count([]), count)

    def test_order_of_another_company_is_not_found(self):
        """ARC-5, CHG-6: the number of another company's order leads nowhere."""
        other = self.env["res.company"].create({"name": "Other"})
        self.order.sudo().name = "S-MINE"
        self.env.flush_all()
        self.fitter.write({"company_ids": [fields.Command.set(other.ids)], "company_id": other.id})
        report = self.env["order.change.report"].with_user(self.fitter).with_company(other).create({
            "order_name": "S-MINE", "reason": "The holes do not fit."})
        with self.assertRaisesRegex(UserError, "No confirmed order"):
            report.action_report()
