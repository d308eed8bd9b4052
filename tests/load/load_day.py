"""A round of the day, and what its people have in common: how they go on when a request fails.

A person at a screen sees an error, looks, and does again what was not done.
"""
import threading
import time
from random import Random

from load_client import Broken, Client, Refused

#: Seconds between two acts, and how long somebody tries before he gives up.
THINKS, PERSISTS = (0.3, 1.2), 180


class Day:
    """What all people of a round share: the server, the books of what was answered, the plan."""

    def __init__(self, port, database, plan, figures, seed=16):
        self.port, self.database, self.plan, self.figures, self.seed = port, database, plan, figures, seed
        self.lock, self.said, self.lost, self.left = threading.Lock(), [], [], {}
        self.finished, self.total = 0, 1

    def note(self, kind, **facts):
        """Somebody was told that this is done."""
        with self.lock:
            self.said.append({"kind": kind, **facts})

    def is_last(self, picking, people):
        """Whether all the others who scan this transfer have scanned their part."""
        with self.lock:
            self.left[picking] = self.left.get(picking, people) - 1
            return not self.left[picking]

    def finish(self):
        """Somebody has done a task."""
        with self.lock:
            self.finished += 1

    def get_share(self):
        """How much of the work is done."""
        return self.finished / self.total

    def run(self, work, number, people):
        """The round: everybody at once.

        :param number: of the round
        :param people: class of the people of each kind
        """
        self.total = sum(len(one["tasks"]) for one in work)
        people = [people[one["kind"]](self, one, index, number) for index, one in enumerate(work, 1)]
        threads = [threading.Thread(target=person.work, name=person.login) for person in people]
        for thread in threads:
            thread.start()
        return threads


class Person:
    pause = THINKS

    def __init__(self, day, one, index, number):
        self.day, self.kind, self.login, self.tasks = day, one["kind"], one["login"], one["tasks"]
        self.random = Random(f"{day.seed} {self.login} {number}")
        self.client = Client(day.port, index, self._watch)
        self.uid = one["uid"]

    def _watch(self, step, began, seconds, fault):
        self.day.figures.add(self.kind, step, began, seconds, fault)

    def work(self):
        try:
            self.begin()
            for task in self.tasks:
                time.sleep(self.random.uniform(*self.pause))
                self.act(task)
                self.day.finish()
        except Exception as error:  # noqa: BLE001 -- a thread that dies unseen would look like a good day
            with self.day.lock:
                self.day.lost.append(f"{self.login}: {type(error).__name__}: {error}"[:600])
        finally:
            self.client.close()

    def begin(self):
        self.persist(lambda: self.client.log_in(self.day.database, self.login, "load"))

    def persist(self, step, is_done=None):
        """Do something until it is answered; after an error look first whether it is done all the same.

        :param is_done: looks; None where doing it twice is the same as once
        :raise Refused: the server says no, and it is not done
        """
        deadline, failed = time.monotonic() + PERSISTS, False
        while True:
            try:
                if failed and is_done and is_done():
                    return None
                return step()
            except Broken:
                if time.monotonic() > deadline:
                    raise
                failed = True
            except Refused:
                # Done before the answer was lost, and what looked was the replica, a little behind.
                if not (failed and is_done) or not self._appears(is_done):
                    raise
                return None
            time.sleep(self.random.uniform(0.5, 1.5))

    def _appears(self, is_done):
        for _turn in range(20):
            if is_done():
                return True
            time.sleep(0.5)
        return False

    def read(self, step, model, ids, *names):
        return self.client.call(step, model, "web_read", ids, specification={name: {} for name in names})

    def search(self, step, model, domain, *names):
        return self.client.call(step, model, "web_search_read", domain=domain, limit=80,
                                specification={name: {} for name in names})
