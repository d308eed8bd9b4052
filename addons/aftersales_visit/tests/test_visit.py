from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import VisitCommon


@tagged("-at_install", "post_install")
class TestVisit(VisitCommon):
    def test_from_the_request_to_the_plan(self):
        """AFT-3: planned from the request, which brings customer, order and serial number; one clock of the request
        ends with the arrival of the visit."""
        request = self._contacted(lot_id=self.lot.id)
        visit = self.env["service.visit"].browse(request.action_new_visit()["res_id"])
        self.assertRecordValues(visit, [{
            "partner_id": request.partner_id.id, "order_id": self.order.id, "lot_ids": self.lot.ids, "state": "draft",
            "technician_id": self.engineer.id, "phone": request.phone}])
        self.assertEqual(visit.kind_id, self.env.ref("aftersales_visit.kind_repair"))
        self.assertTrue(request.needs_visit)
        self.assertEqual(request.visit_count, 1)
        visit.write({"planned_start": self.start, "planned_end": self.start + timedelta(hours=2)})
        visit.action_plan()
        self.assertFalse(request.on_site_on)
        moment = fields.Datetime.now() - timedelta(minutes=10)
        visit._arrive(moment)
        self.assertEqual((request.on_site_on, request.state), (moment, "in_progress"))

    def test_what_a_plan_needs(self):
        """AFT-3: a visit without technician, with somebody who left, without dates or customer is not planned; it says
        what is missing."""
        for values, word in (({"technician_id": False}, "technician"), ({"planned_end": False}, "from when"),
                             ({"partner_id": False, "lot_ids": False}, "customer")):
            with self.assertRaisesRegex(UserError, word):
                self._visit(**values).action_plan()
        visit = self._visit()
        self.engineer.sudo().active = False
        with self.assertRaisesRegex(UserError, "here no more"):
            visit.action_plan()
        with self.assertRaises(ValidationError):
            self._visit(planned_end=self.start - timedelta(hours=1))

    def test_planned_by_the_customers_progress(self):
        """AFT-3: what waits for the customer's site is planned once sales says that it is ready; sales writes no
        more."""
        self.kind.needs_ready = True
        visit = self._visit(partner_id=self.customer.id)
        with self.assertRaisesRegex(UserError, "not ready"):
            visit.action_plan()
        sales = visit.with_user(self.seller)
        sales.write({"is_site_ready": True, "wanted_on": fields.Date.today()})
        with self.assertRaises(AccessError):
            sales.technician_id = self.colleague
        with self.assertRaises(AccessError):
            sales.action_plan()
        with self.assertRaises(AccessError):
            visit.with_user(self.other_seller).is_site_ready = False
        visit.action_plan()
        self.assertEqual(visit.state, "planned")

    def test_another_customer_has_another_address(self):
        """AFT-3: nobody is sent to the address of the customer that stood there before, nor called at his number."""
        visit = self._visit(partner_id=self.env["res.partner"].create(
            {"name": "Li", "phone": "1", "email": "li@a.example", "street": "Old Street"}).id)
        visit.partner_id = self.env["res.partner"].create({"name": "Wang", "phone": "2", "street": "New Street"})
        self.assertRecordValues(visit, [
            {"contact_name": "Wang", "phone": "2", "email": False, "address": "New Street"}])

    def test_double_booking_warns(self):
        """AFT-3: a technician who is somewhere else at that time is named, on the form and in the list; a cancelled
        visit keeps nobody busy."""
        first = self._planned()
        second = self._visit(technician_id=self.colleague.id, technician_ids=self.engineer.ids,
                             planned_start=self.start + timedelta(hours=2),
                             planned_end=self.start + timedelta(hours=5))
        self.assertEqual(second.double_booking, f"{first.name} ({self.engineer.name})")
        later = self._visit(planned_start=self.start + timedelta(hours=5), planned_end=self.start + timedelta(hours=6))
        self.assertFalse(later.double_booking)
        with Form(later) as form:
            form.planned_start = self.start
            self.assertIn(first.name, form.double_booking)
        first.sudo().write({"cancel_reason": "The customer called it off"})
        first.with_user(self.head).action_cancel()
        self.env.invalidate_all()
        self.assertNotIn(first.name, second.double_booking or "")

    def test_who_is_asked(self):
        """AFT-3: the technicians are asked to go, and no more once it is signed or given to somebody else."""
        visit = self._planned(technician_ids=self.colleague.ids)
        self.assertEqual(visit.sudo().activity_ids.user_id, self.engineer | self.colleague)
        visit.with_user(self.head).write({"technician_ids": [(5,)]})
        self.assertEqual(visit.sudo().activity_ids.user_id, self.engineer)
        visit.action_arrive()
        self._fill(visit).action_complete()
        self.assertFalse(visit.sudo().activity_ids)

    def test_without_calendar(self):
        """AFT-3: a technician and a company without working times are planned all the same; the clock runs."""
        self.engineer.sudo().employee_id.resource_calendar_id = False
        self.company.resource_calendar_id = False
        visit = self._planned()
        self.assertEqual(visit.sudo().sla_clock_ids.mapped("state"), ["running"])

    def test_clock_of_the_report(self):
        """AFT-3, SLA-2: not reported 24 hours after its end is late; signed in time is met."""
        visit = self._planned()
        clock = visit.sudo().sla_clock_ids
        self.assertEqual(clock.deadline_at, visit.planned_end + timedelta(hours=24))
        self.assertEqual(clock.user_id, self.engineer)
        visit.action_arrive()
        self._fill(visit).action_complete()
        self.assertEqual(clock.state, "met")

    def test_kind_brings_its_checklist(self):
        """AFT-3, ARC-3: the checklist is the kind's on the day of planning; another kind brings its own."""
        visit = self._visit()
        self.kind.line_ids[0].name = "Changed later"
        self.assertEqual(visit.check_ids.mapped("name"), ["Interlock", "Insulation"])
        visit.kind_id = self.env.ref("aftersales_visit.kind_power_on")
        self.assertEqual(len(visit.check_ids), 4)

    def test_list_costs_the_same(self):
        """ARC-2: the list of visits costs the same number of queries for two as for ten."""
        visits = self.env["service.visit"].concat(*(self._visit() for _number in range(10)))
        shown = dict.fromkeys(("name", "double_booking", "work_hours", "sla_clocks", "can_edit"), {})
        counts = []
        for some in (visits, visits[:2], visits):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.with_user(self.engineer).web_read(shown)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1])  # the first has filled the registry's caches
