from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .common import DeliveryCommon

NOTICE = "order_delivery.mail_activity_type_notice"


@tagged("post_install", "-at_install")
class TestDeliveryClocks(DeliveryCommon):
    """A works in Shanghai (UTC+8) that works Monday to Friday from 8 to 12 and from 13 to 17; Tuesday 2027-03-09 is a
    holiday. All moments are in UTC, the hours of the works in the remarks.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: 60.0)
        calendar = cls.env["resource.calendar"].create({
            "name": "Works", "tz": "Asia/Shanghai", "company_id": cls.company.id, "attendance_ids": [
                Command.clear(), *(Command.create({
                    "name": "Shift", "dayofweek": str(day), "hour_from": begin, "hour_to": end, "day_period": period})
                    for day in range(5) for begin, end, period in ((8, 12, "morning"), (13, 17, "afternoon")))]})
        cls.env["resource.calendar.leaves"].create({
            "name": "Holiday", "calendar_id": calendar.id, "company_id": cls.company.id,
            "date_from": "2027-03-08 16:00:00", "date_to": "2027-03-09 15:59:59"})
        cls.company.resource_calendar_id = calendar
        cls.head.group_ids |= cls.env.ref("sales_team.group_sale_salesman_all_leads")  # who reads transfers is asked
        department = cls.env["hr.department"].create({"name": "Order desk", "company_id": cls.company.id})
        chief, *_others = cls.env["hr.employee"].create([
            {"name": user.name, "user_id": user.id, "department_id": department.id, "company_id": cls.company.id}
            for user in (cls.head, cls.desk, cls.seller)])
        department.manager_id = chief

    def _clock(self, notice, name):
        self.env.cr.flush()
        return self.env["sla.clock"].search([
            ("res_model", "=", notice._name), ("res_id", "=", notice.id),
            ("policy_id", "=", self.env.ref(f"order_delivery.sla_policy_notice_{name}").id)])

    def _asked(self, record, name):
        """Who has a to-do of that kind on the record."""
        record.invalidate_recordset()
        return record.sudo().activity_ids.filtered(
            lambda todo: todo.activity_type_id == self.env.ref(f"order_delivery.mail_activity_type_{name}")).user_id

    def _process(self, moment):
        with freeze_time(moment):
            self.env["sla.clock"]._cron_process()

    def _planned(self, moment, release, arrival=None):
        planned = datetime.fromisoformat(moment)
        return self._notice(release=release, date_planned=planned,
                            date_arrival=arrival or planned + timedelta(days=1))

    def test_released_a_working_day_ahead(self):
        """DLV-1: goods that leave on a Monday at 10 are released by Friday at 10, those that leave on the day after a
        holiday by Monday; the desk is reminded four working hours before, the head is told when it is over."""
        with freeze_time("2027-03-01 01:00:00"):
            monday = self._planned("2027-03-08 02:00:00", release=False)  # 10:00
            after_holiday = self._planned("2027-03-10 02:00:00", release=False)  # Wednesday, 10:00
            weekend = self._planned("2027-03-14 04:00:00", release=False)  # a Sunday, 12:00
            clock = self._clock(monday, "release")
            self.assertEqual((clock.deadline_at, clock.user_id), (datetime(2027, 3, 5, 2), self.desk))
            self.assertEqual(self._clock(after_holiday, "release").deadline_at, datetime(2027, 3, 8, 2))
            self.assertLessEqual(self._clock(weekend, "release").deadline_at, datetime(2027, 3, 12, 9), "on Friday")
        for moment, people in (("2027-03-04 05:59:00", self.desk.browse()),  # Thursday, 13:59
                               ("2027-03-04 07:01:00", self.desk),  # 15:01: four working hours before
                               ("2027-03-05 01:59:00", self.desk), ("2027-03-05 02:01:00", self.desk | self.head)):
            self._process(moment)
            self.assertEqual(self._asked(monday, "release"), people, moment)
        with freeze_time("2027-03-05 03:00:00"):
            monday.action_release()
            self.env.cr.flush()
        self.assertEqual((clock.state, clock.stopped_at), ("breached", datetime(2027, 3, 5, 3)))
        self.assertFalse(self._asked(monday, "release"))

    def test_not_shipped_as_planned_is_said_the_same_day(self):
        """DLV-4: the desk is reminded two hours before the goods leave and asked when they have not; the head is told
        at the end of that very day, a Friday too; who has said the new date has a new limit, exactly that date."""
        with freeze_time("2027-03-01 01:00:00"):
            notice = self._planned("2027-03-05 02:00:00", release=True)  # Friday, 10:00
            answer = self._clock(notice, "answer")
            self.assertEqual(self._clock(notice, "ship").deadline_at, datetime(2027, 3, 5, 2))
            self.assertEqual(answer.deadline_at, datetime(2027, 3, 5, 16), "midnight in Shanghai")
        for moment, people in (("2027-03-05 00:00:01", self.desk), ("2027-03-05 02:01:00", self.desk),
                               ("2027-03-05 15:59:00", self.desk), ("2027-03-05 16:01:00", self.desk | self.head)):
            self._process(moment)
            self.assertEqual(self._asked(notice, "ship"), people, moment)
        cause = self.env.ref("order_delivery.cause_vehicle")
        with freeze_time("2027-03-06 02:00:00"):
            notice.with_user(self.logistics).action_report_delay(
                cause, "The truck broke down", datetime(2027, 3, 8, 6), datetime(2027, 3, 9, 6))
            self.assertEqual(self._clock(notice, "ship").deadline_at, datetime(2027, 3, 8, 6))
            self.assertEqual(answer.deadline_at, datetime(2027, 3, 8, 16))
        self.assertFalse(self._asked(notice, "ship"))
        ship = self._clock(notice, "ship")
        with freeze_time("2027-03-08 05:00:00"):
            self._ship(notice)
            self.env.cr.flush()
        notice.invalidate_recordset()
        self.assertTrue(notice.with_user(self.store).is_to_follow, "the form says that more is coming")
        self._process("2027-03-08 06:01:00")  # it was not looked at yet, and left in time all the same
        self.assertEqual((ship.state, ship.stopped_at), ("met", datetime(2027, 3, 8, 5)))
        with freeze_time("2027-03-08 17:00:00"):  # the job was held up
            self._run_job()
            self.env.cr.flush()
        self.assertEqual((answer.state, answer.stopped_at), ("met", datetime(2027, 3, 8, 5)))
        self.assertFalse(notice.sudo().clocks_on)
        self.assertFalse(self._asked(notice, "ship"))

    def test_who_has_shipped_sees_it_at_once(self):
        """DLV-3, SLA-1: whoever has validated and opens the notice finds it in the history, and its clocks as they are,
        before the job has come; once."""
        with freeze_time("2027-03-01 01:00:00"):
            notice = self._planned("2027-03-05 02:00:00", release=True)
        with freeze_time("2027-03-05 01:30:00"):
            self._ship(notice)
        picking = notice.sudo().picking_ids.with_user(self.store)
        with freeze_time("2027-03-05 01:31:00"):
            for _twice in range(2):
                self.assertEqual(picking.action_view_delivery_notice()["res_id"], notice.id)
                self.env.cr.flush()
        self.assertRecordValues(
            self._clock(notice, "ship"), [{"state": "met", "stopped_at": datetime(2027, 3, 5, 1, 30)}])
        self.assertEqual(self._clock(notice, "receipt").state, "running")
        said = notice.sudo().message_ids.filtered(lambda message: "Shipped." in (message.body or ""))
        self.assertEqual(said.author_id, self.store.partner_id)
        self.assertEqual(len(said), 1)
        self.assertTrue(notice.sudo().is_to_follow, "pass, crates and mail are the job's")

    def test_customer_is_told_the_same_day(self):
        """DLV-5: what leaves on a Friday at 16:30 is told by midnight, not on Monday; else the head knows."""
        self.customer.email = False
        with freeze_time("2027-03-05 08:30:00"):
            notice = self._planned("2027-03-05 08:45:00", release=True)
            self._ship(notice)
            notice.sudo()._follow()
            clock = self._clock(notice, "tell")
            self.assertEqual(clock.deadline_at, datetime(2027, 3, 5, 16))
        self._process("2027-03-05 15:59:00")
        self.assertFalse(self._asked(notice, "tell") & self.head)
        self._process("2027-03-05 16:01:00")
        self.assertEqual(self._asked(notice, "tell"), self.seller | self.desk | self.head)
        with freeze_time("2027-03-06 01:00:00"):
            notice.with_user(self.seller).action_customer_told()
            self.env.cr.flush()
        self.assertEqual(clock.state, "breached")
        self.assertFalse(self._asked(notice, "tell"))

    def test_told_by_mail_is_in_time(self):
        """DLV-5: the mail that the job sends ends the clock, also where goods leave late at night."""
        with freeze_time("2027-03-05 15:00:00"):  # 23:00
            notice = self._planned("2027-03-05 15:30:00", release=True)
            self._ship(notice)
            self._run_job()
            self.env.cr.flush()
        self.assertEqual(self._clock(notice, "tell").state, "met")

    def test_receipt_is_outstanding(self):
        """DLV-3: three working days after the arrival the receipt is asked for, holiday and weekend not counted; the
        salesperson is reminded a day before, his head is told two days after; a paper that is filed ends it."""
        with freeze_time("2027-03-04 01:00:00"):
            notice = self._planned("2027-03-04 02:00:00", True, datetime(2027, 3, 5, 2))  # arrives Friday, 10:00
            self._ship(notice)
            notice.sudo()._follow()
            clock = self._clock(notice, "receipt")
            self.assertEqual((clock.deadline_at, clock.user_id), (datetime(2027, 3, 11, 2), self.seller))
        for moment, people in (("2027-03-10 01:59:00", self.seller.browse()), ("2027-03-10 02:01:00", self.seller),
                               ("2027-03-15 01:59:00", self.seller), ("2027-03-15 02:01:00", self.seller | self.head)):
            self._process(moment)
            self.assertEqual(self._asked(notice, "receipt"), people, moment)
        with freeze_time("2027-03-15 03:00:00"):
            paper = self.env["ir.attachment"].with_user(self.logistics).create({"name": "receipt.txt", "raw": b"x"})
            notice.with_user(self.logistics).action_register_receipt(paper, "Mr. Wang", "2027-03-08")
            self.env.cr.flush()
        self.assertEqual(clock.state, "breached")
        self.assertFalse(self._asked(notice, "receipt"))

    def test_transfer_without_a_notice(self):
        """DLV-1: a transfer that leaves within a working day and has no notice is a to-do of the desk, and of its head
        once the time is over; the notice ends it, and so does whoever cancels the transfer."""
        with freeze_time("2027-03-01 01:00:00"):
            self._notice(release=False)  # who made the last one is asked
            order, other = self._order(), self._order()
            picking, cancelled = order.picking_ids, other.picking_ids
            (picking | cancelled).scheduled_date = datetime(2027, 3, 10, 2)  # Wednesday after the holiday, 10:00
            self.env["delivery.notice"].search([]).picking_ids.scheduled_date = datetime(2027, 6, 1)
        ask = self.env["stock.picking"]._cron_ask_for_notices
        for moment, people in (("2027-03-08 01:59:00", self.desk.browse()), ("2027-03-08 02:00:00", self.desk),
                               ("2027-03-08 03:00:00", self.desk), ("2027-03-10 02:00:00", self.desk | self.head)):
            with freeze_time(moment):
                ask()
            self.assertEqual(self._asked(picking, "notice"), people, moment)
            self.assertEqual(len(picking.activity_ids), len(people), "asked once")
        self.assertEqual(set(picking.activity_ids.mapped("date_deadline")), {datetime(2027, 3, 8).date()})
        self.assertTrue(picking.with_user(self.desk).has_access("read"), "what he is asked about he can open")
        with freeze_time("2027-03-10 03:00:00"):
            self._notice(order, release=False)
            self.assertFalse(self._asked(picking, "notice"))
            cancelled.action_cancel()
            ask()
        self.assertFalse(self._asked(cancelled, "notice"))

    def test_who_is_never_asked_for_a_notice(self):
        """DLV-1: neither a company that does not deliver by notice, nor a receipt, nor what was made by hand."""
        with freeze_time("2027-03-01 01:00:00"):
            picking = self._order().picking_ids
            by_hand = self.env["stock.picking"].create({
                "picking_type_id": self.warehouse.out_type_id.id, "scheduled_date": datetime(2027, 3, 1),
                "move_ids": [Command.create({
                    "product_id": self.cable.id, "product_uom_qty": 1, "location_id": self.warehouse.lot_stock_id.id,
                    "location_dest_id": self.customer.property_stock_customer.id})]})
            by_hand.action_confirm()
        with freeze_time("2027-03-31 01:00:00"):
            self.env["stock.picking"]._cron_ask_for_notices()
            self.assertTrue(self._asked(picking, "notice"))
            self.assertFalse(self._asked(by_hand, "notice"))
            self.company.delivery_notice_required = False
            self.env["stock.picking"]._cron_ask_for_notices()
            self.assertFalse(self._asked(picking, "notice"))
