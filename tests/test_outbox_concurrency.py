"""What devices send, under real concurrency: two connections, a server that dies. All of it commits, in a clone."""
import signal
import threading
import unittest
import uuid
from functools import partial

import odoo.api
from odoo.service.model import retrying

from cloning import cloned_database

HANDLER = """
def outbox_add(self, said, moment):
    partner = self.browse(said["id"])
    partner.comment = f"{partner.comment or ''}{said['text']}"
    return said["text"]
outbox_add._outbox_holds = True
"""

DIE = HANDLER + """
import os, signal
type(env["res.partner"]).outbox_add = outbox_add
print(env["web.outbox.entry"]._take([%(entry)s], 0), flush=True)
env.flush_all()
os.kill(os.getpid(), signal.SIGKILL)
"""


class TestOutboxConcurrency(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clone = cls.enterClassContext(cloned_database())
        names = {}
        exec(HANDLER, names)  # noqa: S102 -- the same text runs in the process that dies
        partners = cls.clone.registry["res.partner"]
        partners.outbox_add = names["outbox_add"]
        cls.addClassCleanup(delattr, partners, "outbox_add")

    def setUp(self):
        super().setUp()
        with self.clone.env() as env:
            self.partner = env["res.partner"].create({"name": "Paper"}).id

    def _entry(self, text):
        return {"uuid": str(uuid.uuid4()), "number": 1, "model": "res.partner", "method": "outbox_add",
                "subject": "paper", "said": {"id": self.partner, "text": text}, "entered": 0}

    def _said(self):
        with self.clone.env() as env:
            return str(env["res.partner"].browse(self.partner).comment or "").removeprefix("<p>").removesuffix("</p>")

    def test_two_at_the_same_moment(self):
        """AFT-3, SCN-3: one entry in two calls at the same moment is done once, and both are answered."""
        entry, answers, both = self._entry("x"), [], threading.Barrier(2)

        def call(env):
            env.cr.execute("SELECT 1")  # the snapshot is taken before the other has written
            if both.n_waiting or not answers:
                try:
                    both.wait(5)
                except threading.BrokenBarrierError:
                    pass  # started again: nobody to meet any more
            return env["web.outbox.entry"]._take([entry], 0)

        def device():
            with self.clone.registry.cursor() as cr:
                env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
                answers.append(retrying(partial(call, env), env))

        threads = [threading.Thread(target=device) for _each in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(answers, [{entry["uuid"]: {"state": "done", "value": "x"}}] * 2)
        self.assertEqual(self._said(), "x")

    def test_killed_in_mid_request(self):
        """AFT-3, SCN-3: a server that dies after the work has done nothing; sent again, it is done once."""
        entry = self._entry("y")
        process = self.clone.start(DIE % {"entry": entry})
        with process.stdout:
            output = process.stdout.read()
        self.assertEqual(process.wait(120), -signal.SIGKILL, output)
        self.assertIn("done", output)
        self.assertEqual(self._said(), "")
        for _twice in range(2):
            with self.clone.env() as env:
                answer = env["web.outbox.entry"]._take([entry], 0)
        self.assertEqual(answer[entry["uuid"]]["state"], "done")
        self.assertEqual(self._said(), "y")
