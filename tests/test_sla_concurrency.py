"""Clocks under real concurrency: several connections, killed processes. Everything here commits, in a clone."""
import signal
import unittest
import uuid
from contextlib import ExitStack
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

import odoo.api
from odoo.fields import Command

from cloning import cloned_database

SUPERUSER = odoo.api.SUPERUSER_ID
MODEL = "test.order.sla.document"
DUE = """UPDATE sla_clock SET started_at = started_at - interval '1 day', anchor_at = anchor_at - interval '1 day',
    deadline_at = deadline_at - interval '1 day', next_event_at = next_event_at - interval '1 day' WHERE is_open"""

#: a cron worker that dies at the second of two steps, having done the first
DIE_BETWEEN_STEPS = """
import os, signal
Clock = type(env["sla.clock"])
fire, done = Clock._fire_step, []
def fire_and_die(clocks, step, now):
    if done:
        print("first step done", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    done.append(step)
    return fire(clocks, step, now)
Clock._fire_step = fire_and_die
env["sla.clock"]._cron_process()
"""

#: a cron worker that dies before its batch is committed
DIE_BEFORE_COMMIT = """
import os, signal
env["sla.clock"]._process_due()
env.flush_all()
print(env["sla.clock.event"].search_count([("kind", "=", "step")]), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""

#: two cron workers at once, forked from one process that has loaded Odoo, as a server's workers are
TWO_WORKERS = """
import os, time, traceback
import odoo.api, odoo.sql_db
registry, start, workers = env.registry, time.time() + 1, []
odoo.sql_db.close_all()  # workers share no connection
for _number in range(2):
    worker = os.fork()
    if not worker:
        code = 1
        try:
            time.sleep(max(0, start - time.time()))
            with registry.cursor() as cr:
                odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})["sla.clock"]._cron_process(10)
            code = 0
        except BaseException:
            traceback.print_exc()
        os._exit(code)
    workers.append(worker)
print("ended with", [os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) for worker in workers], flush=True)
os._exit(0)  # the shell would go on with the connection that is closed
"""


class SlaConcurrencyCase(unittest.TestCase):
    """A clone for the class; each test finds it without clocks, without documents and without policies in force."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clone = cls.enterClassContext(cloned_database())

    def setUp(self):
        super().setUp()
        with self.clone.env() as env:
            self.assertIn(MODEL, env, "the run's template holds test_order_sla")
            env["sla.policy"].search([]).active = False
            env[MODEL].search([]).unlink()
            env.flush_all()
            env.cr.execute("DELETE FROM mail_activity WHERE sla_clock_id IS NOT NULL")
            env.cr.execute("DELETE FROM sla_clock")

    def _start(self, number=1, steps=2):
        """Documents whose clocks have all of their steps due, each for a person of its own."""
        with self.clone.env() as env:
            people = env["res.users"].with_context(no_reset_password=True).create([
                {"name": f"Person {n}", "login": uuid.uuid4().hex} for n in range(steps)])
            policy = env["sla.policy"].create({
                "name": "Race", "model_id": env["ir.model"]._get_id(MODEL), "time_kind": "elapsed",
                "start_domain": "[('state', '=', 'submitted')]", "stop_domain": "[('state', '=', 'done')]",
                "limit_value": 1, "responsible_kind": "user", "user_id": env.ref("base.user_admin").id,
                "step_ids": [Command.create({
                    "name": f"Step {n}", "offset": n, "unit": "minutes", "recipient": "user", "user_id": person.id})
                    for n, person in enumerate(people)]})
            documents = env[MODEL].create([{"name": f"D{n}", "state": "submitted"} for n in range(number)])
            env.cr.execute(DUE)
            return policy.id, documents.ids

    def _fired(self):
        """Number of step events and of activities for each clock, as committed."""
        with self.clone.env() as env:
            env.cr.execute("""
                SELECT clock.id, count(DISTINCT event.id), count(DISTINCT activity.id)
                  FROM sla_clock clock
                  LEFT JOIN sla_clock_event event ON event.clock_id = clock.id AND event.kind = 'step'
                  LEFT JOIN mail_activity activity ON activity.sla_clock_id = clock.id
                 GROUP BY clock.id""")
            return {(events, activities) for _id, events, activities in env.cr.fetchall()}

    def _work(self):
        with self.clone.env() as env:
            env["sla.clock"]._cron_process()


class TestSlaConcurrency(SlaConcurrencyCase):

    def test_two_connections_claim_different_clocks(self):
        """SLA-4: what one worker holds, the other skips, without waiting; together they do everything once."""
        self._start(6)
        with ExitStack() as stack:
            one, two = (odoo.api.Environment(stack.enter_context(self.clone.cursor()), SUPERUSER, {})
                        for _ in range(2))
            first = one["sla.clock"]._process_due(4)
            second = two["sla.clock"]._process_due(4)
            self.assertEqual((len(first), len(second)), (4, 2))
            self.assertFalse(set(first.ids) & set(second.ids))
            for env in (one, two):
                env.flush_all()
                env.cr.commit()
        self.assertEqual(self._fired(), {(2, 2)})
        self._work()
        self.assertEqual(self._fired(), {(2, 2)})

    def test_looking_ahead_holds_up_nobody_and_fails_of_nobody(self):
        """SLA-3, ARC-6: what is written while the job counts does not end it, what is being written it leaves;
        the next run looks at that. What ends meanwhile gets no forecast."""
        policy, _documents = self._start(4)
        with self.clone.env() as env:
            written, ended, held, quiet = env["sla.clock"].search([], order="id").ids
            former = {(policy, env.company.id, 0): [1_000_000.0] * 20}
        with ExitStack() as stack:
            job, other = (odoo.api.Environment(stack.enter_context(self.clone.cursor()), SUPERUSER, {})
                          for _ in range(2))
            stack.enter_context(patch.object(
                type(job["sla.clock"]), "_get_former_durations", lambda clocks: former))
            work = job["sla.clock"]._look_ahead_in_batches()
            for _step in ("nothing to forget", "all are counted"):
                self.assertEqual(next(work), 0)
                job.cr.commit()
            with self.clone.cursor() as cr:
                cr.execute("UPDATE sla_clock SET res_name = 'Renamed' WHERE id = %s", [written])
                cr.execute("UPDATE sla_clock SET is_open = FALSE WHERE id = %s", [ended])
                cr.commit()
            job.cr.commit()
            other.cr.execute("UPDATE sla_clock SET res_name = 'Renamed' WHERE id = %s", [held])
            self.assertEqual(next(work), 4)
            job.cr.commit()
        with self.clone.env() as env:
            counts = {clock.id: clock.forecast_count for clock in env["sla.clock"].search([])}
            self.assertEqual(counts, {written: 20, ended: 0, held: 0, quiet: 20})

    def test_killed_before_the_commit(self):
        """SLA-4: a worker killed before its commit has done nothing; the next one does it, once."""
        self._start(3)
        process = self.clone.start(DIE_BEFORE_COMMIT)
        with process.stdout:
            output = process.stdout.read()
        self.assertEqual(process.wait(120), -signal.SIGKILL, output)
        self.assertIn("6", output.split(), "the steps had been done")
        self.assertEqual(self._fired(), {(0, 0)})
        self._work()
        self.assertEqual(self._fired(), {(2, 2)})

    def test_killed_between_two_steps(self):
        """SLA-4: a worker killed between two steps loses neither and doubles neither."""
        self._start(3)
        process = self.clone.start(DIE_BETWEEN_STEPS)
        with process.stdout:
            output = process.stdout.read()
        self.assertEqual(process.wait(120), -signal.SIGKILL, output)
        self.assertIn("first step done", output)
        self.assertEqual(self._fired(), {(0, 0)})
        self._work()
        self.assertEqual(self._fired(), {(2, 2)})

    def test_two_processes_at_once(self):
        """SLA-4: two cron processes on the same two hundred clocks fire each step exactly once."""
        self._start(200)
        output = self.clone.run(TWO_WORKERS, timeout=300)
        self.assertIn("ended with [0, 0]", output)
        self.assertEqual(self._fired(), {(2, 2)})
        with self.clone.env() as env:
            self.assertFalse(env["sla.clock"].search([("error", "!=", False)]))

    def test_two_transactions_start_one_clock(self):
        """SLA-4: two transactions that both see a record start: one clock, the other one is tried again by Odoo."""
        with self.clone.env() as env:
            [record_id] = env[MODEL].create({"name": "D", "state": "submitted"}).ids
        self._start(0)
        with ExitStack() as stack:
            one, two = (odoo.api.Environment(stack.enter_context(self.clone.cursor()), SUPERUSER, {})
                        for _ in range(2))
            self.assertFalse(two["sla.clock"].search([]))   # its snapshot
            one["sla.clock"]._evaluate_model(MODEL, ids=[record_id])
            one.cr.commit()
            with self.assertRaises(SerializationFailure):
                two["sla.clock"]._evaluate_model(MODEL, ids=[record_id])
        with self.clone.env() as env:
            self.assertEqual(env["sla.clock"].search_count([]), 1)

    def test_record_ends_while_the_worker_holds_its_clock(self):
        """SLA-4: who ends a document meanwhile is tried again by Odoo, and then ends its clock."""
        _policy, [record_id] = self._start(1)
        with ExitStack() as stack:
            worker, person = (odoo.api.Environment(stack.enter_context(self.clone.cursor()), SUPERUSER, {})
                              for _ in range(2))
            document = person[MODEL].browse(record_id)
            self.assertEqual(document.sla_state, "late")   # its snapshot
            worker["sla.clock"]._process_due()
            worker.flush_all()
            worker.cr.commit()
            with self.assertRaises(SerializationFailure):
                document.state = "done"
                person.flush_all()
        with self.clone.env() as env:
            env[MODEL].browse(record_id).state = "done"
            clock = env["sla.clock"].search([])
            self.assertEqual((clock.state, clock.is_open), ("breached", False))
            self.assertFalse(env["mail.activity"].search([("sla_clock_id", "=", clock.id)]))


class TestSlaUninstalled(SlaConcurrencyCase):

    def test_uninstalled_model(self):
        """SLA-4: when an addon goes, its policies and clocks go with it, and the cron runs on."""
        self._start(2)
        self.clone.run('env["ir.module.module"].search([("name", "=", "test_order_sla")]).button_immediate_uninstall()')
        output = self.clone.run(
            'env["sla.clock"]._cron_process()\nenv["sla.clock"]._cron_sweep()\n'
            'print("left", env["sla.clock"].search_count([]), '
            'env["sla.policy"].search_count([("name", "=", "Race")]))\n'
            'env["res.partner"].create({"name": "P"}).name = "Q"')
        self.assertIn("left 0 0", output)
