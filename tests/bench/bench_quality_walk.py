"""quality: random walks over verdicts, tranches, returns, recalls and all the rest

Thousands of steps; after each, documents and stock must say the same (``tests/quality_balance.py``).
``WALK_SEEDS=20`` walks of ``WALK_STEPS=150`` steps, from ``WALK_FROM=100``. What is found is printed with its seed and
with the steps that lead there. Nothing is kept: each walk is rolled back.
"""
import logging
import os
import sys
import time
from collections import Counter
from pathlib import Path

from odoo.tools import config

sys.path.insert(0, str(Path(config["addons_path"][0]).parent / "tests"))
from quality_walk import Lost, Walk  # noqa: E402

logging.getLogger("odoo").setLevel(logging.CRITICAL)
FIRST, SEEDS, STEPS = (int(os.environ.get(f"WALK_{name}", default)) for name, default in (
    ("FROM", 100), ("SEEDS", 20), ("STEPS", 150)))
did, refused, lost, begin = Counter(), Counter(), 0, time.process_time()
for seed in range(FIRST, FIRST + SEEDS):
    env.cr.execute("SAVEPOINT walk")  # noqa: F821
    walk = Walk(env, seed)  # noqa: F821
    try:
        walk.run(STEPS)
    except Lost as found:
        lost += 1
        print(found, "\n", "=" * 80)
    did += walk.did
    refused += walk.refused
    env.cr.clear()  # noqa: F821
    env.cr.execute("ROLLBACK TO SAVEPOINT walk")  # noqa: F821
    env.registry.clear_cache()  # noqa: F821
print("done:", dict(sorted(did.items())))
print("refused:", {name: count for (name, _kind), count in sorted(refused.items())})
print(f"{did.total()} steps done, {refused.total()} refused, {time.process_time() - begin:.0f} s of processor time; "
      f"{lost} of {SEEDS} walks found something: {'FAIL' if lost else 'PASS'}")
sys.exit(bool(lost))
