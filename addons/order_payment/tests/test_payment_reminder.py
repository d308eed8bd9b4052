import ast
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import PaymentCommon


@tagged("-at_install", "post_install")
class TestPaymentReminder(PaymentCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: 60.0)
        department = cls.env["hr.department"].create({"name": "Sales", "company_id": cls.company.id})
        head = cls.env["hr.employee"].create({
            "name": "Head", "user_id": cls.manager.id, "department_id": department.id, "company_id": cls.company.id})
        department.manager_id = head
        cls.env["hr.employee"].create({
            "name": "Seller", "user_id": cls.sales.id, "department_id": department.id, "company_id": cls.company.id})

    def _todos(self, line):
        return line.activity_ids.filtered(
            lambda todo: todo.activity_type_id == self.env.ref("order_payment.mail_activity_type_collect")).user_id

    def test_ladder(self):
        """PAY-1: three days ahead and when overdue the salesperson is asked, three working days later the head; paid,
        nobody is asked any more."""
        with freeze_time("2027-03-01 02:00:00"):  # a Monday
            order = self._order(payment_line_ids=self._lines(
                self._line("progress", 100, date="2027-03-15")))
            self.env.cr.flush()
            line = order.payment_line_ids
            clock = line.sla_clock_ids
            self.assertEqual((clock.user_id, clock.deadline_at.date()), (self.sales, datetime(2027, 3, 15).date()))
        for moment, people in (("2027-03-09 09:00:00", self.sales.browse()), ("2027-03-13 09:00:00", self.sales),
                               ("2027-03-16 09:00:00", self.sales), ("2027-03-22 09:00:00", self.sales | self.manager)):
            with freeze_time(moment):
                self.env["sla.clock"]._cron_process()
                self.assertEqual(self._todos(line), people, moment)
        with freeze_time("2027-03-22 10:00:00"):
            self._pay(order._create_invoices())
            self.env.cr.flush()
            self.assertEqual((clock.state, line.sla_clock_ids.ids), ("breached", []))
            self.assertFalse(self._todos(line))

    def test_no_clock_before_the_event(self):
        """PAY-1: no limit runs while the event has not happened; it starts with it, moves, and ends with the order."""
        order = self._order(payment_line_ids=self._lines(self._line("delivery", 100, days=5)))
        line = order.payment_line_ids
        self.env.flush_all()
        self.assertFalse(line.sla_clock_ids)
        order._payment_event("delivered", self.today)
        self.env.cr.flush()
        line.invalidate_recordset()
        self.assertEqual(len(line.sla_clock_ids), 1)
        order.with_context(disable_cancel_warning=True).action_cancel()
        self.env.cr.flush()
        line.invalidate_recordset()
        self.assertFalse(line.sla_clock_ids)

    def test_time_passes(self):
        """PAY-1: what nobody touches falls due and grows older, brought up to date by the cron."""
        order = self._order()
        line = order.payment_line_ids[0]
        self.env.flush_all()
        self.assertEqual((line.state, line.age), ("open", "later"))
        for days, state, age, overdue in ((6, "open", "later", False), (7, "due", "30", False), (8, "due", "30", True),
                                          (40, "due", "60", True), (200, "due", "older", True)):
            with freeze_time(datetime.now() + timedelta(days=days)):
                line.invalidate_recordset()
                self.env["order.payment.line"]._cron_fall_due()
                line.invalidate_recordset()
                self.assertEqual((line.state, line.age, line.is_overdue), (state, age, overdue), days)
                self.assertEqual(bool(line.search([("id", "=", line.id), ("is_overdue", "=", True)])), overdue)

    def test_lists(self):
        """PAY-1: due and overdue by customer and salesperson, aged sums in the company's currency; retentions."""
        order = self._order()
        self._age(order, 60)
        self.env.flush_all()
        Line = self.env["order.payment.line"].with_user(self.accountant)
        sums = Line._read_group([("order_id", "=", order.id)], ["partner_id", "user_id", "age"],
                                ["amount_open_company:sum"])
        self.assertIn((self.partner, self.sales, "60", 300.0), sums)
        action = self.env.ref("order_payment.order_payment_line_action_retention")
        domain = [*ast.literal_eval(action.domain), ("order_id", "=", order.id)]
        self.assertEqual(Line.search(domain).amount_open, 100)
