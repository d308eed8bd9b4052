"""Whether the suite stays quick with years of orders: the demo company many times over, every menu opened."""
import os

import database
import postgres
import server
from place import ROOT
from talk import Stop, say

MEASURE = ROOT / "tests" / "scale" / "measure.py"
SMALL, LARGE = "scale_demo", "scale"
#: Times the demo company: itself, as a small plant's first weeks, and 20,000 orders.
COPIES = "1,30,700"


def scale(copies=None):
    """Grow a copy of the demo company and measure each menu at each size; 1 if a page asks more often or is slow."""
    sizes = (copies or COPIES).split(",")
    if not all(size.strip().isdigit() and int(size) for size in sizes):
        raise Stop(f"COPIES={copies} is no list of sizes. Give whole numbers from 1 on: COPIES={COPIES}.")
    database.ensure(SMALL)
    database.clone(SMALL, LARGE)
    try:
        with MEASURE.open() as stdin:
            os.environ["SCALE_COPIES"] = ",".join(map(str, sorted(map(int, sizes))))
            return server.shell(LARGE, stdin=stdin)
    finally:
        say(f"{LARGE}: {postgres.psql(LARGE, 'select pg_size_pretty(pg_database_size(current_database()))')}; "
            f"look at it with: make serve DB={LARGE}. The next run makes it anew.")
