from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.order_sla.tests.test_resource_calendar import CalendarCommon

MONDAY = date(2026, 3, 2)


class LoadCommon(CalendarCommon):
    """A department of two persons, 40 hours a week each, and a plan."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-03-02 00:00:00"))  # Monday, 8:00 in Shanghai
        cls.company.resource_calendar_id = cls.calendar
        cls.design, cls.workshop = cls.env["hr.department"].create([
            {"name": name, "company_id": cls.company.id} for name in ("Design", "Workshop")])
        cls.people = cls.env["hr.employee"].create([
            {"name": name, "company_id": cls.company.id, "department_id": cls.design.id,
             "resource_calendar_id": cls.calendar.id} for name in ("Li", "Wang")])
        cls.plan = cls.env["project.project"].create({
            "name": "S2026-118", "is_plan": True, "company_id": cls.company.id, "plan_begin": "2026-03-02 00:00:00",
            "promised_date": "2026-04-30"})

    @classmethod
    def _new_item(cls, name, hours, department=None, **values):
        return cls.env["project.task"].create({
            "name": name, "project_id": cls.plan.id, "duration_hours": hours,
            "plan_department_id": (department or cls.design).id, **values})

    def _loads(self, department=None):
        """(planned, capacity, overloaded) by Monday."""
        self.env.cr.precommit.run()
        rows = self.env["project.plan.load"].search([("department_id", "=", (department or self.design).id)])
        return {row.week: (row.planned_hours, row.capacity_hours, row.is_overloaded) for row in rows}


@tagged("post_install", "-at_install")
class TestPlanLoad(LoadCommon):
    def test_load_stands_where_it_arises(self):
        """PLN-3: three items side by side overload the first week of a department of two, the second has room."""
        for number in range(3):
            self._new_item(f"Drawing {number}", 48)
        loads = self._loads()
        self.assertEqual(loads[MONDAY], (120, 80, True))
        self.assertEqual(loads[date(2026, 3, 9)], (24, 80, False))
        self.assertEqual(loads[date(2026, 3, 16)], (0, 80, False))
        self.assertFalse(self._loads(self.workshop))

    def test_load_follows_its_items(self):
        """PLN-3: it moves with an item that is pinned, given to another department, cancelled or deleted."""
        first, second, third = (self._new_item(f"Drawing {number}", 40) for number in range(3))
        self.assertEqual(self._loads()[MONDAY][0], 120)
        first.pinned_start = "2026-03-09 00:00:00"
        self.assertEqual([planned for planned, _able, _over in self._loads().values()][:2], [80, 40])
        second.plan_department_id = self.workshop
        self.assertEqual((self._loads()[MONDAY][0], self._loads(self.workshop)[MONDAY]), (40, (40, 0, True)))
        third.state = "1_canceled"
        self.assertEqual(self._loads()[MONDAY][0], 0)
        first.unlink()
        self.assertFalse(any(planned for planned, _able, _over in self._loads().values()))

    def test_load_goes_with_its_plan(self):
        """PLN-3: what is finished is no load, of what is begun the rest; an archived plan has none."""
        done, begun = self._new_item("Done", 40), self._new_item("Begun", 40)
        done.write({"actual_start": datetime(2026, 3, 2), "actual_finish": datetime(2026, 3, 2), "plan_progress": 100})
        begun.write({"actual_start": datetime(2026, 3, 2), "plan_progress": 75})
        self.assertEqual(self._loads()[MONDAY], (10, 80, False))
        self.plan.active = False
        self.assertEqual(self._loads()[MONDAY][0], 0)

    def test_capacity_knows_holidays_make_up_days_and_time_off(self):
        """PLN-3: a holiday takes eight hours of everybody, a make-up Saturday gives them, time off is one person's."""
        self._new_item("Drawing", 8)
        self._new_leave("2026-03-04 00:00", "2026-03-04 23:59")
        self._new_extra_day("2026-03-14")
        self._new_leave("2026-03-19 00:00", "2026-03-20 23:59", resource_id=self.people[0].resource_id.id)
        self.plan._reschedule()
        capacities = [able for _planned, able, _over in self._loads().values()]
        self.assertEqual(capacities[:4], [64, 96, 64, 80])

    def test_capacity_follows_the_people(self):
        """PLN-3: who joins the department works in it from the next computation on."""
        self._new_item("Drawing", 8)
        self.env["hr.employee"].create({
            "name": "Zhao", "company_id": self.company.id, "department_id": self.design.id,
            "resource_calendar_id": self.calendar.id})
        self.plan._reschedule()
        self.assertEqual(self._loads()[MONDAY][1], 120)

    def test_past_weeks_stay(self):
        """PLN-3: a week that has passed stands as it was last seen, the work moves on."""
        self._new_item("Drawing", 40)
        self.assertEqual(self._loads()[MONDAY][0], 40)
        with freeze_time("2026-03-16 00:00:00"):
            self.plan._reschedule()
            loads = self._loads()
            coming = self.env["project.plan.load"].search([
                ("department_id", "=", self.design.id), ("week", ">=", "today =monday")])
            self.assertEqual(min(coming.mapped("week")), date(2026, 3, 16))
        self.assertEqual((loads[MONDAY][0], loads[date(2026, 3, 16)][0]), (40, 40))

    def test_queries_do_not_grow_with_the_items(self):
        """PLN-3: the load of two departments takes as many queries for 60 items as for 3."""
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["project.plan.load"]._refresh(self.design + self.workshop)
            return self.env.cr.sql_log_count - before
        for number in range(3):
            self._new_item(f"Drawing {number}", 8, plan_user_id=self.env.uid)
        self._loads()
        queries()
        few = queries()
        self.env["project.task"].create([
            {"name": f"Drawing {number}", "project_id": self.plan.id, "duration_hours": 8,
             "plan_department_id": department.id}
            for number in range(28) for department in (self.design, self.workshop)])
        self._loads()
        self.assertEqual(queries(), few)
        self.assertLessEqual(few, 15)

    def test_items_of_a_week(self):
        """PLN-3: from a red week one gets to the items that make it."""
        item, later = self._new_item("Drawing", 8), self._new_item("Later", 8, pinned_start="2026-03-10 00:00:00")
        self._loads()
        load = self.env["project.plan.load"].search([("department_id", "=", self.design.id), ("week", "=", MONDAY)])
        self.assertEqual(self.env["project.task"].search(load.action_view_items()["domain"]), item)
        self.assertNotEqual(item, later)

    def test_who_sees_loads(self):
        """PLN-3, ARC-5: project users of the company read them, nobody writes them, others do not see them."""
        self._new_item("Drawing", 8)
        self._loads()
        load = self.env["project.plan.load"].search([("department_id", "=", self.design.id)], limit=1)
        insider = new_test_user(self.env, "load_in", "project.group_project_user", company_id=self.company.id,
                                company_ids=[Command.set(self.company.ids)])
        other = self.env["res.company"].create({"name": "Other"})
        outsider = new_test_user(self.env, "load_out", "project_plan.group_plan_manager", company_id=other.id,
                                 company_ids=[Command.set(other.ids)])
        self.assertEqual(load.with_user(insider).planned_hours, 8)
        there = load.with_user(outsider).with_context(allowed_company_ids=other.ids)
        self.assertFalse(there.search([("id", "=", load.id)]))
        for user in (insider, outsider):
            with self.assertRaises(AccessError):
                load.with_user(user).write({"planned_hours": 1})
            with self.assertRaises(AccessError):
                load.with_user(user).create({"company_id": self.company.id, "resource_ref": "x,1", "week": MONDAY})
