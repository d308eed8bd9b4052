from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.project_plan.tests.test_plan_load import MONDAY, LoadCommon


@tagged("-at_install", "post_install")
class TestWorkcenterLoad(LoadCommon):
    """A work center of 40 hours a week; a cabinet takes 24 hours of it, and then eight of the test bench."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assembly, cls.bench = cls.env["mrp.workcenter"].create([
            {"name": name, "company_id": cls.company.id, "resource_calendar_id": cls.calendar.id}
            for name in ("Assembly", "Test Bench")])
        cls.cron = cls.env.ref("project_plan_workcenter.ir_cron_project_plan_load")
        cls.cabinet = cls.env["product.product"].create({"name": "Cabinet", "is_storable": True})
        cls.bom = cls.env["mrp.bom"].create({
            "product_tmpl_id": cls.cabinet.product_tmpl_id.id, "company_id": cls.company.id, "operation_ids": [
                Command.create({"name": name, "workcenter_id": centre.id, "time_cycle_manual": 60 * hours})
                for name, centre, hours in (("Assemble", cls.assembly, 24), ("Test", cls.bench, 8))]})

    @classmethod
    def _new_production(cls, **values):
        production = cls.env["mrp.production"].create({
            "product_id": cls.cabinet.id, "product_qty": 1, "bom_id": cls.bom.id, "company_id": cls.company.id,
            "date_start": "2026-03-02 00:00:00", **values})
        production.action_confirm()
        return production

    def _rows(self, centre=None):
        """As the cron, which was woken, leaves them."""
        self.env.cr.precommit.run()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        if triggers:
            triggers.unlink()
            self.env["project.plan.load"]._cron_refresh_centres()
        return self.env["project.plan.load"].search([("workcenter_id", "=", (centre or self.assembly).id)])

    def _loads_of(self, centre=None):
        """(planned, capacity, overloaded) by Monday."""
        return {row.week: (row.planned_hours, row.capacity_hours, row.is_overloaded) for row in self._rows(centre)}

    def _total(self):
        return sum(self._rows().mapped("planned_hours"))

    def test_overload_stands_where_it_arises(self):
        """PLN-3: two orders side by side overload the first week of their work center; each tests when assembled."""
        self._new_production()
        self._new_production()
        self.assertEqual(self._loads_of()[MONDAY], (48, 40, True))
        self.assertEqual(self._loads_of()[date(2026, 3, 9)], (0, 40, False))
        self.assertEqual(self._loads_of(self.bench)[MONDAY], (16, 40, False))

    def test_orders_follow_one_another(self):
        """PLN-3: what waits for another work order lies after it."""
        self.bom.operation_ids[0].time_cycle_manual = 60 * 38
        self._new_production()
        self.assertEqual(self._loads_of()[MONDAY][0], 38)
        loads = self._loads_of(self.bench)
        self.assertEqual((loads[MONDAY][0], loads[date(2026, 3, 9)][0]), (2, 6))

    def test_planned_order_lies_where_it_was_planned(self):
        """PLN-3: a work order lies where it was planned; its slot takes nothing of the capacity."""
        production = self._new_production(date_start="2026-03-09 00:00:00")
        production.button_plan()
        self.assertEqual(production.workorder_ids[0].date_start.date(), date(2026, 3, 9))
        loads = self._loads_of()
        self.assertEqual((loads[MONDAY], loads[date(2026, 3, 9)]), ((0, 40, False), (24, 40, False)))
        production.workorder_ids[0].write({"date_start": "2026-03-16 00:00:00", "date_finished": "2026-03-18 09:00:00"})
        loads = self._loads_of()
        self.assertEqual((loads[date(2026, 3, 9)][0], loads[date(2026, 3, 16)][0]), (0, 24))

    def test_load_follows_the_work(self):
        """PLN-3: of what is begun the rest, of a draft, of what is done or cancelled nothing."""
        production = self._new_production(product_qty=2)
        draft = production.copy()
        self.assertEqual((draft.state, self._total()), ("draft", 48))
        production.workorder_ids[0].qty_produced = 1
        self.assertEqual(self._total(), 24)
        production.workorder_ids[0].duration = 60 * 44
        self.assertEqual(self._total(), 4)
        production.action_cancel()
        self.assertEqual(self._total(), 0)
        draft.action_confirm()
        self.assertEqual(self._total(), 48)
        draft.workorder_ids[0].workcenter_id = self.bench
        self.assertEqual(self._total(), 0)

    def test_unplanned_order_follows_its_plan(self):
        """PLN-3, PLN-11: an order that nobody has planned lies where the master plan expects its item."""
        item = self._new_item("Assemble", 40, self.workshop, done_rule="production")
        production = self._new_production(project_id=self.plan.id)
        self.assertEqual((production.plan_task_id, self._loads_of()[MONDAY][0]), (item, 24))
        item.pinned_start = "2026-03-16 00:00:00"
        loads = self._loads_of()
        self.assertEqual((loads[MONDAY][0], loads[date(2026, 3, 16)][0]), (0, 24))

    def test_capacity_is_the_time_of_the_work_center(self):
        """PLN-3: holidays, make-up days and the center's own standstill count; other hours do at once."""
        self._new_production()
        self.assertEqual(self._loads_of()[MONDAY][1], 40)
        self._new_leave("2026-03-04 00:00", "2026-03-04 23:59")
        self._new_extra_day("2026-03-14")
        self._new_leave("2026-03-19 00:00", "2026-03-20 23:59", resource_id=self.assembly.resource_id.id)
        self.assertEqual([able for _planned, able, _over in self._loads_of().values()][:4], [32, 48, 24, 40])
        self.assertEqual([able for _planned, able, _over in self._loads_of(self.bench).values()][:3], [32, 48, 40])
        self.assembly.resource_calendar_id = self.calendar.copy({"attendance_ids": [
            Command.clear(), Command.create({
                "name": "Mornings", "dayofweek": "0", "hour_from": 8, "hour_to": 12, "day_period": "morning"})]})
        self.assertEqual(self._loads_of()[date(2026, 3, 23)][1], 4)

    def test_late_work_lies_ahead(self):
        """PLN-3: what should have been done weeks ago lies on this week, as soon as the plans' round of the day is
        made."""
        self._new_production()
        self.assertEqual(self._loads_of()[MONDAY][0], 24)
        later = date(2026, 3, 16)
        with freeze_time("2026-03-16 00:00:00"), patch.object(
                type(self.env["ir.cron"]), "_commit_progress", return_value=60.0):
            self.env["project.project"]._cron_reschedule()
            self.assertEqual(self._loads_of()[later][0], 24)

    def test_orders_of_a_week(self):
        """PLN-3: from a red week one gets to the work orders that make it, those of departments stay tasks."""
        first = self._new_production()
        self._new_production(date_start="2026-03-23 00:00:00")
        self._new_item("Drawing", 8)
        row = self._rows().filtered(lambda row: row.week == MONDAY)
        action = row.action_view_items()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), first.workorder_ids[0])
        self.assertEqual(row.display_name, f"Assembly · {MONDAY}")
        department = self.env["project.plan.load"].search([("department_id", "=", self.design.id)], limit=1)
        self.assertEqual(department.action_view_items()["res_model"], "project.task")

    def test_senseless_orders_do_no_harm(self):
        """PLN-3: a duration of centuries, a start in the far future, a center without hours: the load stands all the
        same."""
        order = self._new_production().workorder_ids[0]
        order.duration_expected = 1e9
        self._new_production(date_start="2990-03-02 00:00:00")
        loads = self._loads_of()
        self.assertEqual(loads[MONDAY], (40, 40, False))
        self.assembly.resource_calendar_id = False
        self.company.resource_calendar_id = self.calendar.copy({"attendance_ids": [Command.clear()]})
        self.assertEqual(self._loads_of()[date(2026, 3, 9)], (168, 168, False))

    def test_queries_do_not_grow_with_the_orders(self):
        """PLN-3: the load of two work centers takes as many queries for 12 orders as for 2."""
        def queries():
            self._loads_of()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["project.plan.load"]._cron_refresh_centres()
            return self.env.cr.sql_log_count - before
        for _number in range(2):
            self._new_production()
        queries()
        few = queries()
        for _number in range(10):
            self._new_production()
        self.assertEqual(queries(), few)
        self.assertLessEqual(few, 15)

    def test_whoever_moves_an_order_does_not_wait(self):
        """PLN-3: who moves orders wakes the cron, once a transaction, and looks at no other order."""
        order = self._new_production().workorder_ids[0]
        self._rows()
        order.duration_expected = 61
        order.production_id.date_start = "2026-03-09 00:00:00"
        self.env.flush_all()
        with patch.object(type(self.env["project.plan.load"]), "_find_workorders", side_effect=AssertionError):
            self.env.cr.precommit.run()
        self.assertEqual(self.env["ir.cron.trigger"].search_count([("cron_id", "=", self.cron.id)]), 1)
