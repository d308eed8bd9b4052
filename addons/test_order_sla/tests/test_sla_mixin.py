from odoo.tests import tagged

from odoo.addons.order_sla.models.sla_mixin import LATER

from .common import SlaCommon


@tagged("-at_install", "post_install")
class TestSlaMixin(SlaCommon):
    """What records show of their clocks."""

    def setUp(self):
        super().setUp()
        self.policy = self._new_policy(limit_value=8)

    def test_payload(self):
        """SLA-2: the widget is given all it needs to tick by itself."""
        with self.at("2026-03-06 15:00"):
            document = self._new_document()
        with self.at("2026-03-06 16:00") as now:
            [payload] = document.sla_clocks
        moment = int((now - self.utc("1970-01-01 08:00")).total_seconds())
        self.assertEqual(payload, {
            "id": self.clock_of(document).id, "policy": "Answer", "state": "running", "user": "Li",
            "user_id": self.li.id, "deadline": "2026-03-09T07:00:00", "started": "2026-03-06T07:00:00",
            "paused": False, "remaining": 7 * 3600, "limit": 8 * 3600, "day": 8 * 3600, "now": moment,
            "working": True, "spans": payload["spans"], "beyond": 0, "res_model": document._name,
            "res_id": document.id, "res_name": "D1"})
        self.assertEqual(len(payload["spans"]), 10)
        self.assertEqual(payload["spans"][0], [moment, moment + 3600])

    def test_clocks_that_are_looked_at_later(self):
        """SLA-1: who writes so looks at the clocks afterwards; the word alone, as it comes by RPC, does nothing."""
        with self.at("2026-03-02 09:00"):
            first, second = self._new_document(), self._new_document()
            first.with_context(sla_later=True).state = "done"
            self.assertEqual(self.clock_of(first).state, "met")
            second.with_context(sla_later=LATER).state = "done"
            self.assertEqual(self.clock_of(second).state, "running")
            second._sla_evaluate_written({"state"})
            self.assertEqual(self.clock_of(second).state, "met")

    def test_payload_beyond_the_spans(self):
        """SLA-2: a far deadline lies beyond the working intervals that are sent."""
        self.policy.limit_value = 100
        with self.at("2026-03-02 08:00"):
            [payload] = self._new_document().sla_clocks
        self.assertEqual(payload["remaining"], 100 * 3600)
        self.assertEqual(payload["beyond"], 60 * 3600)

    def test_payload_overdue_and_paused(self):
        """SLA-2: overdue time is negative; a paused clock stands still."""
        with self.at("2026-03-02 09:00"):
            document = self._new_document()
        with self.at("2026-03-03 11:00"):
            [payload] = document.sla_clocks
            self.assertEqual((payload["remaining"], payload["state"]), (-7200, "breached"))
            self.assertEqual(document.sla_state, "late")
        with self.at("2026-03-02 10:00"):
            document.state = "waiting"
        with self.at("2026-03-05 10:00"):
            [payload] = document.sla_clocks
        self.assertEqual((payload["remaining"], payload["paused"]), (7 * 3600, True))

    def test_payload_of_clock_time(self):
        """SLA-2: clock time needs no intervals."""
        self.policy.time_kind = "elapsed"
        with self.at("2026-03-02 09:00"):
            [payload] = self._new_document().sla_clocks
        self.assertRecordValues(self.env["sla.clock"].browse(payload["id"]), [{"calendar_missing": False}])
        self.assertEqual((payload["working"], payload["spans"], payload["day"]), (False, [], 86400))

    def test_payload_without_deadline(self):
        """SLA-2: a clock that has no deadline yet is shown without one."""
        self.policy.write({"limit_source": "field", "limit_field": "limit_hours"})
        [payload] = self._new_document().sla_clocks
        self.assertEqual((payload["deadline"], payload["remaining"], payload["limit"]), (False, False, False))

    def test_record_shows_the_nearest_clock(self):
        """SLA-2: the record's deadline is that of its most urgent clock."""
        self._new_policy("Quick", limit_value=2)
        with self.at("2026-03-02 09:00"):
            document = self._new_document()
            self.assertEqual(document.sla_deadline, self.utc("2026-03-02 11:00"))
            self.assertEqual([payload["policy"] for payload in document.sla_clocks], ["Quick", "Answer"])
            self.assertEqual(len(document.sla_clock_ids), 2)

    def test_record_without_clock(self):
        """SLA-2: no clock, nothing shown; ended clocks are counted."""
        document = self._new_document()
        document.state = "done"
        self.assertRecordValues(document, [{
            "sla_clocks": False, "sla_state": "none", "sla_deadline": False, "sla_clock_count": 1}])
        self.assertFalse(document.sla_clock_ids)
        action = document.action_view_sla_clocks()
        self.assertEqual(self.Clock.search(action["domain"]), self.clock_of(document))

    def test_new_record_shows_nothing(self):
        """SLA-2: a form of a record that is not saved yet works."""
        document = self.Document.new({"name": "New"})
        self.assertFalse(document.sla_clocks)
        self.assertEqual((document.sla_state, document.sla_clock_count), ("none", 0))

    def test_values_follow_at_once(self):
        """SLA-2: what was read before a change is not shown after it."""
        document = self._new_document(state="draft")
        self.assertEqual(document.sla_state, "none")
        document.state = "submitted"
        self.assertEqual(document.sla_state, "running")
        document.state = "waiting"
        self.assertEqual(document.sla_state, "paused")
        document.state = "done"
        self.assertEqual((document.sla_state, document.sla_clock_count), ("none", 1))

    def test_search_by_state(self):
        """SLA-2: lists can be filtered by the state of the most urgent clock."""
        self._new_policy("Quick", limit_value=1, start_domain="[('remark', '=', 'quick')]", stop_domain=False,
                         pause_domain=False, cancel_domain=False)
        with self.at("2026-03-02 09:00"):
            none, running, paused, late, both = self.Document.create([
                {"name": name, "state": state, "user_id": self.li.id, "remark": remark} for name, state, remark in (
                    ("none", "draft", ""), ("running", "submitted", ""), ("paused", "waiting", ""),
                    ("late", "draft", "quick"), ("both", "submitted", "quick"))])
            paused.state = "submitted"
            paused.state = "waiting"
        everything = none | running | paused | late | both
        with self.at("2026-03-02 11:00"):
            self.env.invalidate_all()
            for operator, value, expected in (
                ("=", "late", late | both), ("=", "running", running), ("=", "paused", paused), ("=", "none", none),
                ("!=", "none", everything - none), ("in", ["paused", "none"], paused | none),
                ("not in", ["late"], everything - late - both),
            ):
                found = self.Document.search([("id", "in", everything.ids), ("sla_state", operator, value)])
                self.assertEqual(found, expected, f"{operator} {value}")
            self.assertEqual(everything.mapped("sla_state"), ["none", "running", "paused", "late", "late"])

    def test_list_costs_constant_queries(self):
        """SLA-2: a list of eighty records costs as many queries as one of ten."""
        documents = self.Document.create([
            {"name": f"D{n}", "state": "submitted", "user_id": self.li.id} for n in range(90)])
        counts = []
        for some in (documents[:10], documents[10:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.mapped("sla_clocks")
            some.mapped("sla_state")
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_my_clocks(self):
        """SLA-2: everybody has the own open clocks in one place, the most urgent first."""
        with self.at("2026-03-02 09:00"):
            self._new_document(name="first")
            self._new_document(name="sun", user_id=self.sun.id)
            self._new_document(name="ended").state = "done"
        with self.at("2026-03-02 12:00"):
            self._new_document(name="second")
        with self.at("2026-03-03 10:00"):
            mine = self.Clock.with_user(self.li).get_my_clocks()
        self.assertEqual((mine["count"], mine["late"]), (2, 1))
        self.assertEqual([payload["res_name"] for payload in mine["clocks"]], ["first", "second"])

    def test_payload_on_the_clock_itself(self):
        """SLA-2: the clock's own list ticks too, as long as it is open."""
        document = self._new_document()
        clock = self.clock_of(document)
        self.assertEqual(clock.payload["id"], clock.id)
        document.state = "done"
        self.assertFalse(clock.payload)
