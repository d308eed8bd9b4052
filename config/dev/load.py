"""A mixed day under load, with a worker and PostgreSQL killed in the middle: ``tests/load`` on a copy of a database."""
import subprocess

import database
import server
from packages import postgres_bin
from place import PYTHON, ROOT
from talk import Stop, attended

PLACE = ROOT / "tests" / "load"


def load(source, size):
    """Run the day on a copy of the demo company; 1 if a request failed or something was lost or done twice.

    :param source: name of the demo company's database; it is read only
    :param size: share of the work, as text: 0.2 is a fifth of it
    """
    try:
        share = float(size)
    except ValueError:
        share = 0
    if not 0 < share <= 10:
        raise Stop(f"SIZE={size} is no share of the work: give a number above 0, at most 10.")
    if not postgres_bin("initdb"):
        raise Stop("this machine has no server programs of PostgreSQL: the load runs servers of its own, to kill them.")
    database.ensure(source)
    if not database.has_module(source, "switchgear_demo"):
        raise Stop(f"{source} is no demo company: the people of the load are copies of those of the demo company.")
    with attended(subprocess.Popen(
            [str(word) for word in (PYTHON, PLACE, source, share)], cwd=ROOT, env=server.environment())) as process:
        return process.wait()
