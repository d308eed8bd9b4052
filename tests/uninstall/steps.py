"""Takes addons off one database, step by step, and says what is wrong after each (run by ``make uninstall``)."""
import json
import logging
import os
import sys
import time
from pathlib import Path

from odoo.tools import config

sys.path.insert(0, str(Path(config["addons_path"][0]).parent / "tests" / "uninstall"))
from left import Left  # noqa: E402


class Heard(logging.Handler):
    """Errors that Odoo only logs; that it tries records which others need, and drops their table later, is its way."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.texts = []

    def emit(self, record):
        if record.name != "odoo.sql_db":
            self.texts.append(f"logged: {' '.join(record.getMessage().split())[:300]}")

    def take(self):
        texts, self.texts = self.texts, []
        return texts


heard, job = Heard(), json.loads(os.environ["UNINSTALL"])
logging.getLogger().handlers[:] = [heard]
left, gone, wrong = Left(env, job["ours"]), set(), 0  # noqa: F821
modules = env["ir.module.module"]  # noqa: F821


def there():
    return set(modules.search([("name", "in", job["ours"]), ("state", "=", "installed")]).mapped("name"))


def told(title, begin, complaints):
    complaints = heard.take() + complaints
    print(f"    {title}: {time.time() - begin:.0f} s{''.join(chr(10) + '        ' + text for text in complaints)}",
          flush=True)
    return len(complaints)


for name in job["steps"]:
    before, begin = there(), time.time()
    if name not in before:
        continue
    taken = modules.search([("name", "=", name)])
    touched = left.touched_by({name, *taken.downstream_dependencies().mapped("name")})
    try:
        taken.button_immediate_uninstall()
    except Exception as error:  # noqa: BLE001 named; nothing can be said of what follows
        wrong += told(name, begin, [f"cannot be taken off: {type(error).__name__}: {str(error)[:2000]}"])
        break
    after = there()
    gone |= before - after
    others = sorted(before - after - {name})
    wrong += told(f"{name}{' with ' + ', '.join(others) if others else ''}", begin,
                  left.complaints(gone, touched if after else None))
if job["back"] and not wrong:
    begin = time.time()
    modules.search([("name", "in", job["back"])]).button_immediate_install()
    lost = set(job["back"]) - there()
    wrong += told("all of them back again", begin, [f"is not back: {name}" for name in sorted(lost)]
                  + left.complaints({""}, None))
env.cr.rollback()  # noqa: F821
sys.exit(1 if wrong else 0)
