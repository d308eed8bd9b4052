"""What happens beside the people: jobs fall due, a worker dies, PostgreSQL dies."""
import os
import re
import signal
import threading
import time

import database
from talk import Stop, say

#: Shares of the round's work after which they die, and the seconds that the database stays away.
WORKER_DIES, DATABASE_DIES, AWAY = 0.15, 0.4, 4
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


class Engine(Beside):
    """Starts anew what has ended by itself, as `unless-stopped` in docker-compose.yml has it: Odoo's cron ends
    where it wants to start a worker and finds no database.
    """

    def happen(self):
        while not self.over.wait(1):
            for service, process in list(self.plant.processes.items()):
                if process.poll() is not None:
                    say(f"    {service} has ended with {process.returncode}, and is started again")
                    self.plant.start_odoo(service)


class Waker(Beside):
    """The suite's scheduled actions fall due again and again (Odoo's own also ask outside the machine)."""

    def __init__(self, plant, may_fail):
        """
        :param may_fail: PostgreSQL is killed meanwhile
        """
        super().__init__(plant)
        self.may_fail = may_fail

    def happen(self):
        ours = ", ".join(f"'{name}'" for name in database.shipped())
        due = f"""
            update ir_cron set nextcall = now() at time zone 'utc' - interval '1 minute' where id in (
                select c.id from ir_cron c join ir_model_data d on d.model = 'ir.cron' and d.res_id = c.id
                 where c.active and c.nextcall > now() at time zone 'utc' and d.module in ({ours})
                   for update of c skip locked)"""
        while not self.over.wait(5):
            try:
                self.plant.primary.query(self.plant.database, due)
                self.plant.primary.query("postgres", f"notify cron_trigger, '{self.plant.database}'")
            except Stop:
                if not self.may_fail:
                    raise


class Faults(Beside):
    """First a worker is killed while it works, then PostgreSQL; what fails from then on until it is back is excused."""

    def __init__(self, plant, day):
        super().__init__(plant)
        self.day, self.done = day, []

    def happen(self):
        for share, kill in ((WORKER_DIES, self._kill_worker), (DATABASE_DIES, self._kill_database)):
            while self.day.get_share() < share:
                if self.over.wait(0.1):
                    return
            kill()

    def end(self):
        super().end()
        if self.done != ["worker", "PostgreSQL"]:
            raise Stop("the round was over before everything was killed: it proves nothing.")

    def _kill_worker(self):
        began, before = time.monotonic(), self._get_workers()
        say(f"    at {self.day.get_share():.0%} of the work worker {before[0]} of {before} is killed")
        os.kill(before[0], signal.SIGKILL)
        while len(after := self._get_workers()) < len(before) or before[0] in after:
            if time.monotonic() - began > 60:
                raise Stop("no new worker after 60 s")
            time.sleep(0.1)
        self.day.figures.spans.append((began, time.monotonic() + 1))
        say(f"    a new worker was there after {time.monotonic() - began:.1f} s: {after}")
        self.done.append("worker")

    def _get_workers(self):
        """Process ids of the web workers, busy or not; they say so in the log when they begin."""
        return [int(pid) for pid in ALIVE.findall(self.plant.log("web")) if os.path.exists(f"/proc/{pid}")]

    def _kill_database(self):
        began = time.monotonic()
        say(f"    at {self.day.get_share():.0%} of the work PostgreSQL is killed")
        self.plant.primary.kill()
        time.sleep(AWAY)
        self.plant.primary.start()
        self.day.figures.spans.append((began, time.monotonic() + GRACE))
        say(f"    PostgreSQL answers again after {time.monotonic() - began:.1f} s")
        self.done.append("PostgreSQL")
