from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import SlaCommon

ACTIONS = (
    "sla_clock_action_my", "sla_clock_action", "sla_clock_action_compliance", "sla_policy_action",
    "resource_calendar_extra_day_action",
)


@tagged("post_install", "-at_install")
class TestSlaViews(SlaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls._new_policy(department_field="department_id")
        cls.manager = cls._new_user("views", "order_sla.group_order_sla_manager")

    def _action(self, name):
        return self.env["ir.actions.act_window"].browse(self.env.ref(f"order_sla.{name}").id)

    def _filters(self, model, user):
        """Domain and context of each filter of the model's search view, by name."""
        arch = self.env[model].with_user(user).get_view(view_type="search")["arch"]
        found = {}
        for node in etree.fromstring(arch).iter("filter"):
            values = {"uid": user.id}
            found[node.get("name")] = (
                safe_eval(node.get("domain", "[]"), values), safe_eval(node.get("context", "{}"), values))
        return found

    def _finish(self, name, start, stop, **values):
        with self.at(start):
            document = self._new_document(name=name, **values)
        with self.at(stop):
            document.state = "done"
            self.env.flush_all()
        return self.clock_of(document)

    def test_every_view_opens_for_its_readers(self):
        """SLA-2, SLA-3: all views of all menus load, for an employee and for the administrator."""
        for user in (self.li, self.manager):
            for name in ACTIONS:
                action = self._action(name)
                views = self.env[action.res_model].with_user(user).get_views(
                    [*action.views, (False, "search")])["views"]
                self.assertEqual(set(views), {*action.view_mode.split(","), "search"}, name)

    def test_every_filter_can_be_searched_by(self):
        """SLA-2: filters and groupings of clocks, policies and extra working days work."""
        for model in ("sla.clock", "sla.policy", "resource.calendar.extra.day"):
            for name, (domain, context) in self._filters(model, self.manager).items():
                with self.subTest(model=model, filter=name):
                    records = self.env[model].with_user(self.manager)
                    records.search(domain)
                    if group := context.get("group_by"):
                        records.formatted_read_group(domain, [group], ["__count"])

    def test_filters_my_late_and_today(self):
        """SLA-2: My, Late and Due Today show what they say; a paused clock is not late."""
        with self.at("2026-03-02 09:00"):
            first, paused, other = (self._new_document(name=name, **values) for name, values in (
                ("first", {}), ("paused", {}), ("other", {"user_id": self.sun.id})))
            paused.state = "waiting"
            self.env.flush_all()
        with self.at("2026-03-02 15:00"):
            self._new_document(name="second")
        Clock = self.env["sla.clock"].with_user(self.li)
        filters = self._filters("sla.clock", self.li)

        def names(*chosen):
            domain = [leaf for name in chosen for leaf in filters[name][0]]
            return set(Clock.search(domain).mapped("res_name"))

        with self.at("2026-03-02 16:00"):
            self.assertEqual(names("my", "open"), {"first", "second", "paused"})
            self.assertEqual(names("paused"), {"paused"})
            self.assertEqual(names("today"), set())
        with self.at("2026-03-03 09:00"):
            self.assertEqual(names("today"), {"first", "second"})
            self.assertEqual(names("late"), set())
        with self.at("2026-03-03 09:01"):
            self.assertEqual(names("late"), {"first"})
        self.assertNotIn("other", names())
        self.assertEqual(self.clock_of(other).user_id, self.sun)
        self.assertEqual(self.clock_of(first).user_id, self.li)

    def test_compliance_by_policy_department_person_and_week(self):
        """SLA-3: the report's default numbers, by each of its groupings; cancelled and open ones do not count."""
        self._finish("in time", "2026-03-02 09:00", "2026-03-02 11:00", department_id=self.design.id)
        self._finish("late", "2026-03-02 09:00", "2026-03-05 11:00", department_id=self.design.id)
        self._finish("next week", "2026-03-09 09:00", "2026-03-09 10:00", department_id=self.technology.id,
                     user_id=self.sun.id)
        with self.at("2026-03-09 09:00"):
            self._new_document(name="open")
            self._new_document(name="cancelled").state = "cancelled"
            self.env.flush_all()
            filters = self._filters("sla.clock", self.manager)
            action = self._action("sla_clock_action_compliance")
            chosen = [name[len("search_default_"):] for name in safe_eval(action.context)]
            domain = [("policy_id", "=", self.policy.id)] + [leaf for name in chosen for leaf in filters[name][0]]

            def rates(name):
                group = filters[name][1]["group_by"]
                rows = self.env["sla.clock"].with_user(self.manager).formatted_read_group(
                    domain, [group], ["on_time:avg", "__count"])
                return sorted((row["__count"], row["on_time:avg"]) for row in rows)

            self.assertEqual(rates("group_policy"), [(3, 200 / 3)])
            self.assertEqual(rates("group_department"), [(1, 100), (2, 50)])
            self.assertEqual(rates("group_user"), [(1, 100), (2, 50)])
            self.assertEqual(rates("group_week"), [(1, 100), (2, 50)])
