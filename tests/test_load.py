"""What ``make load`` judges by: its sums, its invariants, and how its people go on when a request fails."""
import sys
from copy import deepcopy

import pytest

from place import ROOT
from talk import Stop

sys.path.append(str(ROOT / "tests" / "load"))

import load_day  # noqa: E402
import load_figures  # noqa: E402
import load_invariants  # noqa: E402
import load_people  # noqa: E402
from load_client import Broken, Refused  # noqa: E402

import load  # noqa: E402

PLAN = {
    "company": 1, "stock": {"7": 100.0}, "codes": {"7": "P7"}, "negative": [4], "rounds": [[
        {"kind": "opinion", "login": "a", "uid": 2, "tasks": [{"line": 11}]},
        {"kind": "scan", "login": "b", "uid": 3, "tasks": [
            {"picking": 21, "flow": "ship", "codes": ["P7", "P7"], "people": 1}]},
        {"kind": "inspection", "login": "c", "uid": 4, "tasks": [{"inspection": 31, "quantity": 50.0}]},
        {"kind": "plan", "login": "d", "uid": 5, "tasks": [{"item": 41, "plan": 1, "days": 3}]},
        {"kind": "supplier", "login": "e", "uid": 0, "tasks": [{"order": 51, "path": "/supplier/x"}]},
        {"kind": "crate", "login": "f", "uid": 0, "tasks": [{"crate": 61, "path": "/delivery/x"}]}]]}
SAID = [
    {"kind": "opinion", "id": 11, "uid": 2},
    *({"kind": "scan", "picking": 21, "flow": "ship", "event": event, "code": code, "uuid": uuid}
      for event, code, uuid in (
          ("start", None, "u0"), ("scan", "P7", "u1"), ("scan", "P7", "u2"), ("press", None, "u3"))),
    {"kind": "inspection", "id": 31, "uid": 4, "quantity": 50.0},
    {"kind": "plan", "id": 41, "start": "2031-01-01 00:00:00"},
    {"kind": "plan", "id": 41, "start": "2031-01-02 00:00:00"},
    {"kind": "confirm", "id": 51}, {"kind": "ship", "id": 51, "tracking": "SF1"},
    {"kind": "crate", "id": 61, "signer": "Site-61-x"}]
FOUND = {
    "opinion": [{"id": 11, "state": "agree", "uid": 2}],
    "clock": [{"id": 1, "res_id": 11, "is_open": False, "ends": 1}],
    "picking": [{"id": 21, "state": "done"}],
    "move": [{"picking": 21, "code": "P7", "quantity": 2.0}], "line": [{"picking": 21, "code": "P7", "quantity": 2.0}],
    "tally": [], "entry": [{"uuid": f"u{number}", "state": "done"} for number in range(4)],
    "part": [{"id": 7, "quantity": 98.0}], "negative": [{"id": 4, "product_id": 1, "quantity": -1.0}],
    "inspection": [{"id": 31, "state": "done", "uid": 4, "verdict": "accept", "moved": 50.0, "booked": 50.0}],
    "item": [{"id": 41, "start": "2031-01-02 00:00:00"}],
    "purchase": [{"id": 51, "lines": 2, "confirmed": 2}],
    "shipment": [{"id": 51, "state": "shipped", "tracking": "SF1", "messages": 1}],
    "crate": [{"id": 61, "state": "signed", "signer": "Site-61-x", "notice": 1, "messages": 1}], "job": []}


def test_sound_day():
    """FOUNDATION: what everybody was told stands in the database: nothing is wrong."""
    assert load_invariants.check(PLAN, SAID, FOUND) == []


@pytest.mark.parametrize(("what", "change", "word"), [
    ("opinion", {"uid": None}, "opinion 11"), ("opinion", {"uid": 9}, "opinion 11"),
    ("clock", {"ends": 2}, "ended 2 times"), ("clock", {"ends": 0, "is_open": True}, "ended 0 times"),
    ("picking", {"state": "assigned"}, "transfer done 21"), ("move", {"quantity": 3.0}, "quantity by move"),
    ("line", {"quantity": 1.0}, "quantity by line"), ("entry", {"state": "refused"}, "entry u0"),
    ("part", {"quantity": 97.0}, "stock of product 7"), ("negative", {"id": 5}, "stock 5"),
    ("inspection", {"moved": 100.0}, "inspection 31"), ("inspection", {"booked": 100.0}, "inspection 31"),
    ("item", {"start": "2031-01-01 00:00:00"}, "plan item 41"), ("purchase", {"confirmed": 1}, "confirmed 51"),
    ("shipment", {"messages": 2}, "shipment 51"), ("crate", {"signer": "another"}, "crate 61"),
    ("crate", {"messages": 2}, "crate 61")])
def test_each_loss_is_told(what, change, word):
    """FOUNDATION: whatever is lost, done twice or by another is named."""
    found = deepcopy(FOUND)
    found[what][0] |= change
    wrong = load_invariants.check(PLAN, SAID, found)
    assert any(word in text for text in wrong), wrong


@pytest.mark.parametrize("kind", ["opinion", "scan", "inspection", "confirm", "ship", "crate"])
def test_what_nobody_was_told_is_wrong(kind):
    """FOUNDATION: what stands in the database and nobody was told of is wrong too."""
    assert load_invariants.check(PLAN, [one for one in SAID if one["kind"] != kind], FOUND)


def test_rows_that_are_left_or_failed():
    """FOUNDATION: a scan that is left uncounted and a job that fails are told."""
    found = {**FOUND, "tally": [{"id": 1, "picking_id": 21}], "job": [{"id": 1, "name": "Follow"}]}
    assert load_invariants.check(PLAN, SAID, found) == ["tally 1 of transfer 21 is left", "job Follow failed"]


def test_figures():
    """FOUNDATION: p95 is a time that was measured; what fails while something is dead is excused, else a fault."""
    assert load_figures.percentile(range(1, 101), 95) == 95
    assert load_figures.percentile([7], 95) == 7
    figures = load_figures.Figures()
    figures.add("scan", "scan", 10, 0.5, None)
    figures.add("scan", "scan", 20, 5, "502")
    figures.add("scan", "scan", 40, 0.1, "500")
    figures.spans.append((22, 30))
    assert figures.get_excused() == 1
    assert figures.get_faults() == ["scan, scan: 500"]
    assert figures.by_kind() == {"scan": [0.5]}
    assert "500 ms" in figures.describe(10)[1]


def test_log_is_read():
    """FOUNDATION: faults and the time of each job are read from Odoo's log."""
    log = ("2031-01-01 10:00:00,000 12 INFO load odoo.addons.base.models.ir_cron: Job 'Time Limits: Process' (5) fully "
           "done (#loop 1; done 3; remaining 0; duration 0.25s)\n"
           "2031-01-01 10:00:01,000 12 ERROR load odoo.sql_db: bad query: x\nERROR: no such column\n"
           "2031-01-01 10:00:02,000 12 ERROR load odoo.sql_db: bad query: y\n"
           "ERROR: could not serialize access due to concurrent update\n"
           "2031-01-01 10:00:03,000 12 INFO load odoo.service.model: try again\n")
    assert dict(load_figures.read_jobs(log)) == {"Time Limits: Process": [0.25]}
    assert load_figures.read_faults(log) == (["ERROR load odoo.sql_db: bad query: x\nERROR: no such column"], 1)


class Person(load_day.Person):
    """One whose requests fail as told."""

    def __init__(self, *failures):
        self.failures, self.done = list(failures), 0
        self.random = type("Random", (), {"uniform": staticmethod(lambda least, most: 0)})

    def act(self):
        failure = self.failures.pop(0) if self.failures else None
        if failure is not Refused:
            self.done += 1
        if failure:
            raise failure
        return "answer"


def test_person_looks_before_he_does_it_again():
    """FOUNDATION: after an error a person looks, and does again only what was not done; a no is a no."""
    person = Person(Broken)
    assert person.persist(person.act, lambda: person.done) is None
    assert person.done == 1
    person = Person(Broken)
    assert person.persist(person.act, lambda: False) == "answer"
    assert person.done == 2
    with pytest.raises(Refused):
        Person(Refused).persist(Person(Refused).act, lambda: True)


def test_device_keeps_its_queue():
    """SCN-3: what could not be sent stays on the device with its id, in order, and goes with the next scan."""
    sent = []

    class Device(load_people.Keeper):
        def __init__(self):
            self.queue, self.number, self.run, self.task, self.uid = [], 0, "r", PLAN["rounds"][0][1]["tasks"][0], 3
            self.day = load_day.Day(0, "x", PLAN, None)
            self.random = type("Random", (), {"random": staticmethod(lambda: 1)})

        def _post(self, step, batch):
            sent.append([entry["uuid"] for entry in batch])
            if len(sent) < 3:
                raise Broken
            return {entry["uuid"]: {"state": "done", "value": {"state": "count"}} for entry in batch}

    device = Device()
    for _scan in range(3):
        device.event("scan", "P7")
    assert [len(batch) for batch in sent] == [1, 2, 3]
    assert sent[2][:2] == sent[1] and sent[1][:1] == sent[0]
    assert [one["uuid"] for one in device.day.said] == sent[2] and device.queue == []


@pytest.mark.parametrize("size", ["0", "-1", "11", "x", "nan"])
def test_bad_size_is_refused(size):
    """FOUNDATION: a size that is none is refused before anything is made."""
    with pytest.raises(Stop, match="SIZE="):
        load.load("x", size)
