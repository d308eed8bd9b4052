from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from .common import SlaCommon


@tagged("-at_install", "post_install")
class TestSlaCron(SlaCommon):
    """The cron around the engine: batches, progress, agenda."""

    def _cron(self, text, limit=None):
        """Run the cron's method; return what it reported of each transaction."""
        progress = []

        def commit(cron, processed=0, *, remaining=None, deactivate=False):
            progress.append((processed, remaining))
            return float("inf")

        with self.at(text), patch.object(type(self.env["ir.cron"]), "_commit_progress", commit):
            self.Clock._cron_process(limit)
        return progress

    def test_nothing_due(self):
        """SLA-4: an idle run asks once and ends."""
        self._new_policy(steps=[{"name": "Now"}])
        with self.at("2026-03-02 09:00"):
            self._new_document()
        self.env.flush_all()
        with self.assertQueryCount(1):
            progress = self._cron("2026-03-02 10:00")
        self.assertEqual(progress, [(0, None), (0, 0)])

    def test_runs_through_batch_by_batch(self):
        """SLA-4: each batch is committed with its progress until nothing is left."""
        self._new_policy(steps=[{"name": "Now"}])
        with self.at("2026-03-02 09:00"):
            documents = self.Document.create([
                {"name": f"D{n}", "state": "submitted", "user_id": self.li.id} for n in range(5)])
        self.assertEqual(self._cron("2026-03-03 09:00", 2), [(0, None), (2, 1), (2, 1), (1, 0)])
        self.assertEqual(len(documents.activity_ids), 5)

    def test_stops_when_its_time_is_up(self):
        """SLA-4: the cron leaves the rest to its next run when Odoo says so."""
        self._new_policy(steps=[{"name": "Now"}])
        with self.at("2026-03-02 09:00"):
            documents = self.Document.create([
                {"name": f"D{n}", "state": "submitted", "user_id": self.li.id} for n in range(4)])
        times = iter([1.0, 0.0])
        with self.at("2026-03-03 09:00"), patch.object(
                type(self.env["ir.cron"]), "_commit_progress", lambda cron, *args, **kwargs: next(times)):
            self.Clock._cron_process(2)
        self.assertEqual(len(documents.activity_ids), 2)

    def test_real_cron_record(self):
        """SLA-4: the scheduled action runs the engine."""
        self._new_policy(steps=[{"name": "Now"}])
        with self.at("2026-03-02 09:00"):
            document = self._new_document()
        cron = self.env.ref("order_sla.ir_cron_sla_clock_process")
        self.assertTrue(cron.active)
        with self.enter_registry_test_mode(), self.at("2026-03-03 09:00"):
            cron.method_direct_trigger()
        self.assertEqual(len(document.activity_ids), 1)

    def test_clocks_of_the_former_revision(self):
        """SLA-4: after the update the cron puts right what the former revision left behind, each thing once."""
        policy = self._new_policy(limit_source="field", limit_field="limit_exact", steps=[{"name": "Now"}])
        with self.at("2026-03-02 09:00"):
            documents = self.Document.create([
                {"name": name, "state": "submitted", "user_id": self.li.id, "limit_exact": 2.75} for name in "ABC"])
        cut, waiting, ended = (self.clock_of(document, policy) for document in documents)
        with self.at("2026-03-02 15:00"):
            documents[1].state = "waiting"
            documents[2].state = "done"
        self.env.flush_all()
        self.cr.execute("UPDATE sla_clock SET deadline_at = %s, limit_value = 2, next_event_at = %s WHERE id = %s", [
            self.utc("2026-03-02 11:00"), self.utc("2027-03-02 11:00"), cut.id])
        self.cr.execute("UPDATE sla_clock SET next_event_at = NULL WHERE id = %s", [waiting.id])
        path = file_path("order_sla/migrations/19.0.1.1.0/post-clocks.py")
        load_script(path, "order_sla_post_clocks").migrate(self.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        # The migration's moment has microseconds, the cron's has none: within the same second nothing is due yet.
        with patch("odoo.fields.Datetime.now", return_value=fields.Datetime.now() + timedelta(seconds=1)):
            self.assertEqual(self.Clock._process_due(), cut | waiting)
        self.assertRecordValues(cut | waiting | ended, [
            {"limit_value": 2.75, "deadline_at": self.utc("2026-03-02 11:45"), "state": "breached"},
            {"limit_value": 2.75, "deadline_at": self.utc("2026-03-02 11:45"), "state": "paused"},
            {"limit_value": 2.75, "deadline_at": self.utc("2026-03-02 11:45"), "state": "breached"}])
        self.assertEqual(waiting.is_late, True)
        self.assertEqual(documents.mapped("activity_ids.sla_clock_id"), cut | waiting)

    def test_sweep_is_scheduled(self):
        """SLA-4: the sweep runs by itself and finds nothing to do where nobody looks elsewhere."""
        cron = self.env.ref("order_sla.ir_cron_sla_clock_sweep")
        self.assertTrue(cron.active)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()

    def test_agenda_is_read_by_its_index(self):
        """SLA-4: what is due is found by the partial index on the agenda."""
        self.env.cr.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'sla_clock'")
        definitions = [row[0] for row in self.env.cr.fetchall()]
        self.assertTrue(any("(next_event_at) WHERE" in definition for definition in definitions), definitions)
