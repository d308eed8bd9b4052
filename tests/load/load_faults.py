"""What happens beside the people: jobs fall due, a worker dies, PostgreSQL dies."""
import os
import re
import signal
import threading
import time

from load_servers import postgres_alive

from talk import Stop, say

#: Seconds after the beginning of the round, and how long the database stays away.
WORKER_DIES, DATABASE_DIES, AWAY = 15, 35, 4
#: A worker's connections to a server that has died fail at their next use.
GRACE = 20
ALIVE = re.compile(r"Worker WorkerHTTP \((\d+)\) alive")


class Beside(threading.Thread):
    """Something that goes on beside the people until it is ended."""

    def __init__(self, plant):
        super().__init__(daemon=True)
        self.plant, self.over, self.error = plant, threading.Event(), None

    def run(self):
        try:
            self.happen()
        except Exception as error:  # noqa: BLE001 -- told by end()
            self.error = error

    def end(self):
        """:raise Exception: what it stumbled over"""
        self.over.set()
        self.join(120)
        if self.error:
            raise self.error


class Waker(Beside):
    """All scheduled actions fall due again and again."""

    def happen(self):
        while not self.over.wait(5):
            try:
                self.plant.primary.query(self.plant.database, """
                    update ir_cron set nextcall = now() at time zone 'utc' - interval '1 minute'
                    where active and nextcall > now() at time zone 'utc' and id in (
                        select id from ir_cron where nextcall > now() at time zone 'utc' for update skip locked)""")
                self.plant.primary.query("postgres", f"notify cron_trigger, '{self.plant.database}'")
            except Stop:
                if postgres_alive(self.plant.primary):
                    raise


class Faults(Beside):
    """First a worker is killed while it works, then PostgreSQL; what fails from then on until it is back is excused."""

    def __init__(self, plant, figures):
        super().__init__(plant)
        self.figures, self.done = figures, []

    def happen(self):
        if self.over.wait(WORKER_DIES):
            return
        self._kill_worker()
        if self.over.wait(DATABASE_DIES - WORKER_DIES):
            return
        self._kill_database()

    def end(self):
        super().end()
        if self.done != ["worker", "PostgreSQL"]:
            raise Stop("the round was over before everything was killed: it proves nothing; make it larger (SIZE=).")

    def _kill_worker(self):
        began, before = time.monotonic(), self._get_workers()
        say(f"    {WORKER_DIES} s: worker {before[0]} of {before} is killed")
        os.kill(before[0], signal.SIGKILL)
        while len(after := self._get_workers()) < len(before) or before[0] in after:
            if time.monotonic() - began > 60:
                raise Stop("no new worker after 60 s")
            time.sleep(0.1)
        self.figures.spans.append((began, time.monotonic() + 1))
        say(f"    a new worker was there after {time.monotonic() - began:.1f} s: {after}")
        self.done.append("worker")

    def _get_workers(self):
        """Process ids of the web workers, busy or not; they say so in the log when they begin."""
        return [int(pid) for pid in ALIVE.findall(self.plant.log("web")) if os.path.exists(f"/proc/{pid}")]

    def _kill_database(self):
        began = time.monotonic()
        say(f"    {DATABASE_DIES} s: PostgreSQL is killed")
        self.plant.primary.kill()
        time.sleep(AWAY)
        self.plant.primary.start()
        self.figures.spans.append((began, time.monotonic() + GRACE))
        say(f"    PostgreSQL answers again after {time.monotonic() - began:.1f} s")
        self.done.append("PostgreSQL")
