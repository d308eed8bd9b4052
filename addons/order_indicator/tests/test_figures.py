from odoo.tests import tagged

from .common import IndicatorCommon


@tagged("post_install", "-at_install")
class TestFigures(IndicatorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._new_clocks("2026-03-10", met=8, breached=2)
        cls._new_clocks("2026-03-12", met=1, breached=3, department_id=cls.purchase.id, user_id=cls.reader.id,
                        policy_id=cls.other_policy.id, consumed_seconds=7200)
        cls._new_clocks("2026-02-10", met=5, breached=5)

    def test_share_against_the_former_period(self):
        """EVA-2: the share of this month, of as many days of the last one, the points between and the word for it."""
        with self.at():
            card = self.card()
        self.assertAlmostEqual(card["value"], 100 * 9 / 14)
        self.assertEqual((card["former"], card["count"], card["missed"]), (50.0, 14, 5))
        self.assertEqual((card["text"], card["change_text"], card["verdict"]), ("64.3 %", "+14.3 points", "better"))
        self.assertEqual(card["line"][-2:], [50.0, card["value"]])
        self.assertEqual(card["line"][:10], [None] * 10)

    def test_day_is_the_companys(self):
        """EVA-2: half past midnight on 1 April in Shanghai is April, though UTC and the reader say 31 March."""
        self._new_clocks("2026-03-31", met=1, deadline_at="2026-03-31 16:30:00", department_id=False)
        with self.at("2026-04-02 08:00"):
            self.assertEqual(self.card(period="month")["count"], 1)
            self.assertEqual(self.card(period="last_month")["count"], 14)

    def test_values_of_each_kind(self):
        """EVA-2: number, sum, average and time between two dates, each in its unit."""
        plain = {"domain": "[('is_open', '=', False)]", "hit_domain": False, "unit": "number"}
        for kind, values, wanted in (
                ("count", {}, 14), ("sum", {"measure": "consumed_seconds"}, 10 * 3600 + 4 * 7200),
                ("sum", {"measure": "consumed_seconds", "is_reversed": True}, -(10 * 3600 + 4 * 7200)),
                ("average", {"measure": "consumed_seconds", "unit": "hours"}, (10 + 8) / 14),
                ("duration", {"start_field": "started_at", "end_field": "deadline_at", "unit": "hours"}, 1),
                ("duration", {"start_field": "started_at", "end_field": "deadline_at", "unit": "days"}, 1 / 24)):
            with self.subTest(kind, **values), self.at():
                indicator = self._new_indicator(**plain | {"kind": kind} | values)
                self.assertAlmostEqual(self.card(indicator)["value"], wanted)

    def test_records_are_exactly_those_counted(self):
        """RPT-2: behind each figure as many records as it says, of the missed ones and of each group, too."""
        def found(**options):
            action = self.kept.with_user(self.reader).get_records_action("month", **options)
            self.assertEqual(action["res_model"], "sla.clock")
            return self.env["sla.clock"].with_user(self.reader).search(action["domain"])

        with self.at():
            card = self.card()
            self.assertEqual(len(found()), card["count"])
            self.assertEqual(set(found(only_missed=True).mapped("state")), {"breached"})
            self.assertEqual(len(found(only_missed=True)), card["missed"])
            self.assertEqual(len(found(former=True)), 10)
            for dimension in ("department_field", "person_field", "other_field"):
                rows = self.kept.with_user(self.reader).get_breakdown(dimension, "month")["rows"]
                self.assertEqual(sum(row["count"] for row in rows), card["count"])
                for row in rows:
                    with self.subTest(dimension, group=row["name"]):
                        self.assertEqual(len(found(dimension=dimension, group=row["group"])), row["count"])

    def test_breakdown_with_an_archived_department_and_with_none(self):
        """EVA-2: a department that was archived keeps its figure and its name; what has none is named so."""
        self.purchase.active = False
        self._new_clocks("2026-03-11", breached=1, department_id=False)
        with self.at():
            rows = self.kept.with_user(self.reader).get_breakdown("department_field", "month")["rows"]
        self.assertEqual({row["name"]: row["text"] for row in rows},
                         {"Design": "80.0 %", "Purchasing": "25.0 %", "Not Set": "0.0 %"})

    def test_period_without_records(self):
        """EVA-2: where nothing was counted a share is unknown, and a number is nought; neither is good or bad."""
        number = self._new_indicator(kind="count", hit_domain=False, unit="number")
        with self.at("2030-07-01 12:00"):
            share, count = self.card(), self.card(number)
            self.assertEqual(self.kept.with_user(self.reader).get_breakdown("person_field")["rows"], [])
        self.assertEqual((share["text"], share["verdict"], share["met"]), ("–", "none", None))
        self.assertEqual((count["text"], count["verdict"]), ("0", "same"))

    def test_figure_of_now_has_no_former_period(self):
        """RPT-2: without a date the figure is that of now: no line, no comparison, the same in each period."""
        late = self._new_indicator(kind="count", hit_domain=False, unit="number", date_field=False)
        with self.at():
            card = self.card(late, "week")
        self.assertEqual((card["value"], card["is_now"], card["line"], card["verdict"]), (24, True, [], "none"))

    def test_target_counts_from_its_day_and_ends_with_its_deletion(self):
        """EVA-2: the latest target that has begun, of this company; deleted, there is none."""
        targets = self.env["order.indicator.target"].create([
            {"indicator_id": self.kept.id, "value": value, "date_from": day, "company_id": company.id}
            for value, day, company in (
                (60, "2026-01-01", self.company), (70, "2026-03-10", self.company), (80, "2026-04-01", self.company),
                (99, "2026-03-11", self.other_company))])
        with self.at():
            self.assertEqual((self.card()["target"], self.card()["met"]), (70, False))
            self.assertEqual(self.card(period="last_month")["target"], 60)
            targets.unlink()
            self.assertEqual((self.card()["target"], self.card()["met_text"]), (None, ""))

    def test_target_of_what_adds_up_is_that_of_a_month(self):
        """EVA-2: 31 a month are 18 until the 18th of March, and 93 for a quarter that is over; a share stays."""
        number = self._new_indicator(kind="count", hit_domain=False, unit="number", better="lower")
        self.env["order.indicator.target"].create([
            {"indicator_id": one.id, "value": 31, "date_from": "2026-01-01"} for one in (number, self.kept)])
        with self.at():
            self.assertAlmostEqual(self.card(number)["target"], 18)
            self.assertEqual(self.card()["target"], 31)
        with self.at("2026-04-02 12:00"):
            self.assertAlmostEqual(self.card(number, "last_quarter")["target"], 93)

    def test_queries_do_not_grow_with_the_periods(self):
        """RPT-2: one query for one period and for fourteen, and for ten times as many records."""
        kept = self.kept.with_user(self.reader)
        with self.at():
            spans = kept._get_periods("month").spans
            kept._measure(spans)  # warm up
            for some in (spans[:1], spans):
                with self.assertQueryCount(1):
                    kept._measure(some)
            self._new_clocks("2026-03-09", met=140)
            self.env.flush_all()
            with self.assertQueryCount(1):
                kept._measure(spans)

    def test_list_of_values(self):
        """RPT-2: the same figures as a list for pivot and Excel, in all and by department, made anew each time."""
        Value = self.env["order.indicator.value"].with_user(self.reader)
        with self.at():
            for _turn in range(2):
                Value.action_make("month")
        rows = Value.search([("indicator_id", "=", self.kept.id), ("date_from", "=", "2026-03-01")])
        self.assertEqual({(row.department_id.name, round(row.value, 1), row.count) for row in rows},
                         {(False, 64.3, 14), ("Design", 80.0, 10), ("Purchasing", 25.0, 4)})
        self.assertFalse(Value.with_user(self.manager).search([]))
