from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from .common import SlaCommon


@tagged("-at_install", "post_install")
class TestSlaWatch(SlaCommon):
    """What makes policies look at a record, and what it costs."""

    def _count(self, function):
        """Queries of a call, everything written included."""
        self.env.flush_all()
        self.env.cr.flush()
        before = self.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    # ------------------------------------------------------------------ paths and computed fields

    def test_stop_by_a_line(self):
        """SLA-1: a condition on lines is met when a line is written, added, moved or deleted."""
        self._new_policy(stop_domain="[('line_ids.is_ready', '=', True)]")
        for act in (
            lambda document, line: line.write({"is_ready": True}),
            lambda document, line: line.create({"document_id": document.id, "is_ready": True}),
            lambda document, line: document.write({"line_ids": [Command.create({"is_ready": True})]}),
            lambda document, line: line.create({"is_ready": True}).write({"document_id": document.id}),
        ):
            document = self._new_document(line_ids=[Command.create({"name": "L"})])
            self.assertEqual(self.clock_of(document).state, "running")
            act(document, document.line_ids)
            self.assertEqual(self.clock_of(document).state, "met")

    def test_resume_by_a_line_that_goes(self):
        """SLA-1: a condition on lines ceases to be met when a line is deleted or moved away."""
        self._new_policy(pause_domain="[('line_ids.is_ready', '=', True)]")
        other = self._new_document(name="D2", state="draft")
        for act in (lambda line: line.unlink(), lambda line: line.write({"document_id": other.id}),
                    lambda line: line.write({"document_id": False})):
            document = self._new_document(line_ids=[Command.create({"is_ready": True})])
            self.assertEqual(self.clock_of(document).state, "paused")
            act(document.line_ids)
            self.assertEqual(self.clock_of(document).state, "running")

    def test_stop_by_the_parent(self):
        """SLA-1: a line's condition on its document is met when the document is written."""
        self._new_policy(
            model_id=self.env["ir.model"]._get_id("test.order.sla.line"),
            start_domain="[('document_id.state', '=', 'submitted')]",
            stop_domain="[('document_id.state', '=', 'done')]", pause_domain=False, cancel_domain=False,
            responsible_field="document_id.user_id")
        document = self._new_document(state="draft", line_ids=[Command.create({"name": "L"})])
        document.state = "submitted"
        clock = self.clock_of(document.line_ids)
        self.assertRecordValues(clock, [{"state": "running", "user_id": self.li.id}])
        document.user_id = self.sun
        self.assertEqual(clock.user_id, self.sun)
        document.state = "done"
        self.assertEqual(clock.state, "met")

    def test_stored_computed_field(self):
        """SLA-1: a condition on a stored computed field is met when the field is computed."""
        self._new_policy(stop_domain="[('total', '>=', 100)]")
        document = self._new_document(line_ids=[Command.create({"amount": 5})])
        document.line_ids.amount = 100
        self.assertEqual(self.clock_of(document).state, "met")

    def test_stored_computed_field_by_sql(self):
        """SLA-4: whatever causes the computation: it is seen before the transaction ends."""
        self._new_policy(stop_domain="[('total', '>=', 100)]")
        document = self._new_document(line_ids=[Command.create({"amount": 5})])
        self.env.flush_all()
        self.env.cr.execute("UPDATE test_order_sla_line SET amount = 100 WHERE document_id = %s", [document.id])
        document.line_ids.invalidate_recordset()
        self.env.add_to_compute(document._fields["total"], document)
        self.assertEqual(self.clock_of(document).state, "running")
        self.env.cr.flush()
        self.assertEqual(self.clock_of(document).state, "met")

    def test_unstored_computed_field(self):
        """SLA-1: a condition on a computed field follows what it is computed from."""
        self._new_policy(stop_domain="[('is_large', '=', True)]")
        document = self._new_document(line_ids=[Command.create({"amount": 5})])
        document.line_ids.amount = 1000
        self.assertEqual(self.clock_of(document).state, "met")

    def test_model_without_mixin_is_swept(self):
        """SLA-4: what was written on a record that knows no time limits is found by the sweep."""
        self._new_policy(start_domain="[('partner_id.ref', '=', 'go')]", stop_domain="[('partner_id.ref', '=', 'ok')]")
        partner = self.env["res.partner"].create({"name": "P"})
        document, other = (self._new_document(partner_id=partner.id), self._new_document(name="D2"))
        for ref, state in (("go", "running"), ("ok", "met")):
            partner.ref = ref
            self.env.flush_all()
            with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
                self.Clock.with_context(lastcall=datetime.now() - timedelta(hours=1))._cron_sweep()
            self.assertEqual(self.clock_of(document).state, state)
        self.assertFalse(self.clock_of(other))

    def test_model_without_mixin_before_a_step(self):
        """SLA-4: before a step fires the record is looked at, whatever was written unseen."""
        self._new_policy(stop_domain="[('partner_id.ref', '=', 'ok')]", steps=[{"name": "Now"}])
        partner = self.env["res.partner"].create({"name": "P"})
        with self.at("2026-03-02 09:00"):
            document = self._new_document(partner_id=partner.id)
        partner.ref = "ok"
        self.run_cron("2026-03-03 09:00")
        self.assertFalse(document.activity_ids)
        self.assertFalse(self.clock_of(document).is_open)

    def test_onchange_does_nothing(self):
        """SLA-4: a form that is being filled in moves no clock."""
        self._new_policy()
        document = self._new_document()
        shadow = document.new({"state": "done"}, origin=document)
        shadow.write({"state": "done"})
        self.assertEqual(self.clock_of(document).state, "running")

    # ------------------------------------------------------------------ what it costs

    def test_no_query_when_nobody_watches(self):
        """SLA-1: creating, writing and deleting records that no policy watches costs no query more."""
        Plain = self.env["test.order.sla.plain"]

        def work():
            plain = Plain.create({"name": "P"})
            plain.is_open = True
            self.env.flush_all()
            plain.unlink()

        with patch.object(type(self.env["sla.policy"]), "_watch_map", lambda policy: {}):
            self._count(work)
            bare = self._count(work)
        self._new_policy()  # of another model
        self._count(work)
        self.assertEqual(self._count(work), bare)

    def test_no_query_when_the_field_is_not_watched(self):
        """SLA-1: writing a field that no policy looks at costs no query more."""
        self._new_policy()
        document = self._new_document()

        def write(value):
            return self._count(lambda: document.write({"remark": value}))

        write("a")
        watched = write("b")
        with patch.object(type(self.env["sla.policy"]), "_watch_map", lambda policy: {}):
            self.assertEqual(watched, write("c"))

    def test_batch_create_is_constant(self):
        """SLA-1: what watching adds to a batch create does not depend on the number of records."""
        self._new_policy(steps=[{"name": "Now"}])
        self._new_policy("Date", anchor="before", anchor_field="planned_date", limit_unit="days", limit_value=5)
        added = []
        for number in (100, 1000):
            vals_list = [{"name": f"D{n}", "state": "submitted", "user_id": self.li.id, "planned_date": "2026-06-01"}
                         for n in range(number)]
            self._count(lambda: self._new_document())
            with patch.object(type(self.env["sla.policy"]), "_watch_map", lambda policy: {}):
                bare = self._count(lambda: self.Document.create(vals_list))  # noqa: B023
            added.append(self._count(lambda: self.Document.create(vals_list)) - bare)  # noqa: B023
        self.assertEqual(added[0], added[1])
        self.assertLess(added[0], 20)

    def test_stopping_many_is_batched(self):
        """SLA-1: stopping a hundred clocks costs little more than stopping ten."""
        self._new_policy()
        counts = []
        for number in (10, 10, 100):
            documents = self.Document.create([
                {"name": f"D{n}", "state": "submitted", "user_id": self.li.id} for n in range(number)])
            self.env.flush_all()
            self.env.invalidate_all()
            counts.append(self._count(lambda: documents.write({"state": "done"})))  # noqa: B023
        self.assertEqual(counts[2], counts[1])

    def test_record_that_starts_nothing_is_not_asked_who_answers(self):
        """SLA-1: what a policy reads of a record to count by, it reads only where it has a clock or begins one."""
        self._new_policy()
        asked, policies = set(), self.registry["sla.policy"]
        original = policies._get_facts_keys

        def ask(policy, records):
            asked.update(records.ids)
            return original(policy, records)

        with patch.object(policies, "_get_facts_keys", ask):
            idle, running = self._new_document(state="draft"), self._new_document()
            idle.user_id = self.sun
            self.env.flush_all()
            self.assertEqual(asked, {running.id})
            idle.state = "submitted"
            self.env.flush_all()
        self.assertEqual(asked, {idle.id, running.id})
        self.assertRecordValues(self.clock_of(idle), [{"user_id": self.sun.id, "state": "running"}])
