from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .common import OrderChangeCommon


@tagged("-at_install", "post_install")
class TestLevel(OrderChangeCommon):

    def test_level_is_proposed_from_what_changes(self):
        """CHG-2, CHG-3, CHG-4: each kind of change proposes its level; the highest counts."""
        product = {"kind": "product", "order_line_id": self.row.id, "product_id": self.breaker.id}
        for lines, level in (
                ([self._text()], "minor"), ([self._quantity(8)], "minor"), ([self._quantity(12)], "delivery"),
                ([self._quantity(0)], "structural"), ([self._date(5)], "delivery"), ([self._price(90)], "structural"),
                ([product], "structural"), ([self._new()], "structural"),
                ([{"kind": "design", "text": "M10"}], "minor"), ([], "minor"),
                ([self._text(), self._date(5)], "delivery"), ([self._date(5), self._new()], "structural")):
            with self.subTest(lines=[line["kind"] for line in lines], level=level):
                change = self._change(*lines)
                self.assertEqual((change.level_proposed, change.level), (level, level))

    def test_level_follows_while_it_is_drawn_up(self):
        """CHG-4: another line, another level; what a person has decided with a reason stays."""
        change = self._change(self._text())
        change.line_ids = [fields.Command.create(self._new())]
        self.assertEqual(change.level, "structural")
        change.write({"level": "delivery", "level_reason": "The breaker is a spare part."})
        change.line_ids = [fields.Command.create(self._date(5))]
        self.assertEqual(change.level, "delivery")

    def test_level_is_overruled_with_a_reason_only(self):
        """CHG-2: another level than proposed needs a reason in words."""
        change = self._change(self._date(5), level="minor")
        change.level = "minor"
        for reason in (False, "."):
            change.level_reason = reason
            with self.subTest(reason=reason), self.assertRaisesRegex(UserError, "proposed as \"Delivery date\""):
                change.action_assess()
        change.write({"level": "minor", "level_reason": "The customer asks for a later day."})
        change.action_assess()
        self.assertEqual(change.state, "assessed" if not change.customer_required else "customer")

    def test_customer_is_answered_within_half_an_hour(self):
        """CHG-1, CHG-5, SLA-1: the clock runs from when he asked, and is met by the assessment."""
        monday = fields.Datetime.to_datetime("2031-03-03 02:00:00")
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        for kind in ("contract", "technical"):
            with self.subTest(kind=kind), freeze_time(monday):
                change = self._change(self._text(kind), kind=kind, received_on=monday - timedelta(minutes=10))
                clock = change.sudo().sla_clock_ids
                self.assertEqual(clock.policy_id.code, f"sla_policy_change_{kind}")
                self.assertEqual(clock.deadline_at, monday + timedelta(minutes=20))
                change.action_assess()
                self.assertEqual(clock.sudo().state, "met")

    def test_form_shows_before_and_proposes(self):
        """CHG-8: on the form a chosen line says what the order says now, and the level follows."""
        with Form(self.env["order.change"].with_user(self.desk).with_context(default_order_id=self.order.id)) as form:
            form.reason = "Two more cabinets."
            with form.line_ids.new() as line:
                line.kind = "quantity"
                line.order_line_id = self.row
                line.quantity = 12
                self.assertEqual(line.quantity_before, 10)
            self.assertEqual(form.level, "delivery")
            self.assertEqual(form.partner_name, self.partner.name)
        change = form.record
        self.assertEqual((change.order_name, change.company_id), (self.order.name, self.company))
        self.assertTrue(change.name.startswith("CN"))

    def test_two_taps_from_the_order(self):
        """CHG-1: the order's button opens the new notice of that order."""
        action = self.order.with_user(self.desk).action_change_order()
        self.assertEqual(
            (action["res_model"], action["context"]["default_order_id"]), ("order.change", self.order.id))
        self._change(self._text())
        self.assertEqual(self.order.change_count, 1)
        self.assertEqual(self.order.action_view_changes()["domain"], [("order_id", "=", self.order.id)])
