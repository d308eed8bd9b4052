"""A mixed day under load: ``python tests/load DATABASE [SIZE]``, called by ``make load``; see docs/load.md."""
import json
import os
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1] / "config" / "dev")]

import load_invariants  # noqa: E402
from load_day import Day  # noqa: E402
from load_faults import Engine, Faults, Waker  # noqa: E402
from load_figures import Figures, percentile, read_faults, read_jobs  # noqa: E402
from load_people import PEOPLE, Reader  # noqa: E402
from load_servers import Plant  # noqa: E402

import database  # noqa: E402
from place import HOME  # noqa: E402
from talk import Stop, end_like_interrupted, fail, say, step  # noqa: E402

#: People of each kind, by how many there are together.
SHARES = {
    8: {"opinion": 2, "scan": 1, "inspection": 1, "plan": 1, "board": 1, "supplier": 1, "crate": 1},
    24: {"opinion": 6, "scan": 5, "inspection": 4, "plan": 2, "board": 3, "supplier": 2, "crate": 2},
}
#: Tasks of each person in a round.
AMOUNTS = {"opinion": 12, "scan": 4, "inspection": 10, "plan": 25, "board": 40, "supplier": 15, "crate": 30}
#: Users, and whether something is killed meanwhile.
ROUNDS = ((8, False), (24, False), (24, True))
NAME = "load"
#: Seconds that a round may take at most.
LONGEST = 1200


def main(source, size):
    """:return: 1 if something is wrong"""
    with tempfile.TemporaryDirectory(prefix="load-", dir=HOME) as folder, \
            tempfile.TemporaryDirectory(prefix="suite-load-", dir="/var/tmp") as clusters:
        os.chmod(clusters, 0o711)
        plant = Plant(NAME, Path(folder), Path(clusters))
        try:
            return Load(plant, source, size).run()
        finally:
            plant.stop()
            plant.replica.stop()
            plant.primary.stop()


class Load:
    def __init__(self, plant, source, size):
        self.plant, self.source, self.size, self.wrong, self.said = plant, source, size, [], []

    def run(self):
        with step(f"a copy of {self.source} on a PostgreSQL of its own"):
            self.plant.copy(self.source, database._filestore(self.source))
        with step("work that waits for everybody"):
            self.plan = self._stage()
        with step("replica, two web workers and nginx"):
            self.plant.start_all()
        self._prove_replica()  # before there is a cron, which asks the primary from time to time
        self.plant.start_odoo("cron")
        for number, (users, is_killed) in enumerate(ROUNDS):
            self._round(number, users, is_killed)
        for text in self.wrong[:40]:
            say(f"    WRONG: {text}")
        say(f"\n{len(self.wrong)} faults" if self.wrong else "\nNo error, nothing lost, nothing twice.")
        return bool(self.wrong)

    def _stage(self):
        rounds = [{kind: (people, max(round(AMOUNTS[kind] * self.size), 1)) for kind, people in SHARES[users].items()}
                  for users, _is_killed in ROUNDS]
        out = self.plant.shell(
            f"import json\nfrom load_stage import stage\nprint('PLAN' + json.dumps(stage(env, {rounds!r})))")
        plan = json.loads(out.rpartition("PLAN")[2])
        return plan | {"negative": [row["id"] for row in self._read(self.plant.primary, plan)["negative"]]}

    def _read(self, cluster, plan):
        return load_invariants.read(lambda text: cluster.query(NAME, text), plan)

    def _prove_replica(self):
        """Each board, read alone: which of the two clusters has answered."""
        say("==> who answers: statements of each board, read once more after its first time")
        day = Day(self.plant.ports["nginx"], NAME, self.plan, Figures())
        one = next(one for one in self.plan["rounds"][0] if one["kind"] == "board")
        reader = Reader(day, one, 250, 0)
        reader.begin()
        for board in (*self.plan["boards"], "managers", "timeline"):
            reader.act({"board": board})
            for cluster in (self.plant.primary, self.plant.replica):
                cluster.forget()
            reader.act({"board": board})
            counts = {cluster.service: cluster.count(NAME) for cluster in (self.plant.primary, self.plant.replica)}
            say(f"    {board:16} replica {counts['db-replica']:5}, primary {counts['db']:5}")
            if counts["db"] or not counts["db-replica"]:
                self.wrong.append(f"board {board} is not read from the replica: {counts}")

    def _round(self, number, users, is_killed):
        work, figures = self.plan["rounds"][number], Figures()
        day = Day(self.plant.ports["nginx"], NAME, self.plan, figures)
        logs = {service: len(self.plant.log(service)) for service in ("web", "cron")}
        for cluster in (self.plant.primary, self.plant.replica):
            cluster.forget()
        beside = [Waker(self.plant, is_killed)]
        if is_killed:
            beside += [Engine(self.plant), Faults(self.plant, day)]
        began = time.monotonic()
        say(f"==> round {number + 1}: {users} people{', one worker killed, then PostgreSQL' if is_killed else ''}")
        threads = day.run(work, number, PEOPLE)
        for service in beside:
            service.start()
        for thread in threads:
            thread.join(max(began + LONGEST - time.monotonic(), 1))
        took = time.monotonic() - began
        if any(thread.is_alive() for thread in threads):
            raise Stop(f"the round is not over after {LONGEST} s: {[one.name for one in threads if one.is_alive()]}")
        for service in beside:
            service.end()
        self.said += day.said
        self._report(figures, day, took, {name: self.plant.log(name)[at:] for name, at in logs.items()}, is_killed)
        self._check(number)

    def _report(self, figures, day, took, logs, is_killed):
        for line in figures.describe(took, steps=True):
            say(line)
        jobs = read_jobs(logs["cron"])
        runs = [seconds for some in jobs.values() for seconds in some]
        if runs:
            say(f"    cron: {len(runs)} runs of {len(jobs)} jobs, p95 {percentile(runs, 95):.2f} s, "
                f"longest {max(runs):.2f} s ({max(jobs, key=lambda name: max(jobs[name]))})")
        else:
            self.wrong.append("cron ran nothing")
        served = {cluster.service: cluster.count(NAME) for cluster in (self.plant.primary, self.plant.replica)}
        say(f"    statements: primary {served['db']}, replica {served['db-replica']}; the replica is "
            f"{self.plant.lag()} bytes behind; screens that were behind: {sum(figures.behind.values())}")
        faults, again = read_faults("\n".join(logs.values()))
        say(f"    started again by Odoo because two people met at one record: {again}")
        if is_killed:
            say(f"    failed while something was dead, and tried again: {figures.get_excused()}")
        else:
            self.wrong += [f"log: {text}" for text in faults]
        self.wrong += figures.get_faults() + day.lost

    def _check(self, number):
        found = self._read(self.plant.primary, self.plan)
        wrong = load_invariants.check(self.plan, self.said, found)
        self.plant.wait("the replica has what the primary has", lambda: self._read(
            self.plant.primary, self.plan) == self._read(self.plant.replica, self.plan))
        say(f"    invariants: {len(self.said)} things were told to people; {len(wrong)} are not so in the database")
        self.wrong += [f"round {number + 1}: {text}" for text in wrong]


if __name__ == "__main__":
    end_like_interrupted()
    try:
        sys.exit(main(sys.argv[1], float(sys.argv[2] if len(sys.argv) > 2 else 1)))
    except Stop as error:
        fail(error)
    except KeyboardInterrupt:
        fail("interrupted; nothing is left behind.")
