"""Opens every menu of the suite at growing sizes of one database and compares (run by ``make scale``)."""
import logging
import os
import sys
import time
from pathlib import Path

from odoo.tools import config

HERE = Path(config["addons_path"][0]).parent / "tests" / "scale"
sys.path[:0] = [str(HERE), str(HERE.parent / "bench"), str(HERE.parents[1] / "config" / "dev")]
from figures import judged, printed  # noqa: E402
from growth import Growth  # noqa: E402
from meter import Meter  # noqa: E402
from pages import menus, opened  # noqa: E402

logging.getLogger("odoo").setLevel(logging.ERROR)
SIZES = [int(word) for word in os.environ.get("SCALE_COPIES", "1,70,700").split(",")]
#: At the largest size at least so many, as components and inspections are more than documents.
LEAST = {"stock.move": 400_000, "quality.inspection": 100_000}
COUNTED = ("sale.order", "mrp.production", "stock.move", "quality.inspection", "sla.clock", "project.task",
           "material.shortage", "delivery.notice", "service.request")


def measured(env, pages):
    """Processor seconds and queries of each page: ``{path: (seconds, queries)}``."""
    meter, found = Meter(env), {}
    for path, action, user in pages:
        try:
            with env.cr.savepoint(flush=False):
                if ask := opened(action, user):
                    ask()  # what is asked once for all pages: rules, access, names of fields
                    found[path] = meter.measure(ask)
        except Exception as error:  # noqa: BLE001 named and counted, the other pages are measured all the same
            found[path] = None, f"{type(error).__name__}: {error}"
    return found


growth, pages, results = Growth(env), menus(env), []  # noqa: F821
for copies in SIZES:
    begin = time.time()
    rows = growth.grow(copies)
    for model, least in LEAST.items() if len(SIZES) > 1 and copies == SIZES[-1] else ():
        there = env[model].search_count([])  # noqa: F821
        rows += Growth(env, [model]).grow(-(-least // there))  # noqa: F821
    counts = {model: env[model].sudo().with_context(active_test=False).search_count([])  # noqa: F821
              for model in COUNTED}
    print(f"\n{copies} times the demo company ({rows:,} rows more in {time.time() - begin:.0f} s): "
          + ", ".join(f"{number:,} {model}" for model, number in counts.items()), flush=True)
    begin = time.time()
    results.append(measured(env, pages))  # noqa: F821
    print(f"    {len(results[-1])} pages opened in {time.time() - begin:.0f} s", flush=True)

rows = judged(results)
print("\n" + "\n".join(printed(SIZES, rows)))
bad = [row for row in rows if row[3]]
print(f"\n{len(bad)} of {len(rows)} pages fail, ask more often or are slow.")
sys.exit(1 if bad else 0)
