"""What the jobs of a day cost: the table of README.md beside this file, and how a run is held against it."""
import re
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("README.md")
#: Roles whose jobs were too long: they cost at most two thirds now.
SHORTENED = {"order desk", "warehouse", "quality head", "guard"}


class Cost(NamedTuple):
    """What a job cost before the screens were mended (None: not counted then), and what it costs."""
    before: int | None
    clicks: int
    fields: int


def costs():
    """The table of README.md: ``{(role, job): Cost}``."""
    rows = re.findall(
        r"^\| ([^|]+) \| ([^|]+) \| (\d+|-)[^|]* \| (\d+) \+ (\d+) \|$", TABLE.read_text(encoding="utf-8"), re.M)
    return {(role, job): Cost(int(before) if before != "-" else None, int(clicks), int(fields))
            for role, job, before, clicks, fields in rows}


def hold(test, role, job, person):
    """Hold what a job has cost a person against the table, and that against what it cost before."""
    cost = costs().get((role, job))
    before = "-" if cost is None or cost.before is None else cost.before
    row = f"| {role} | {job} | {before} | {person.clicks} + {person.fields} |"
    print(f"\n{row}")  # noqa: T201
    test.assertEqual(cost and cost[1:], (person.clicks, person.fields), f"{TABLE.name} does not say: {row}")
    if cost.before is not None:
        test.assertLessEqual(cost.clicks, cost.before * (2 / 3 if role in SHORTENED else 1), f"{role}, {job}")
