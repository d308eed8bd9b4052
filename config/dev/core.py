"""Core's own tests of the modules we stand on, with the suite installed against without: only the difference counts.

What fails without the suite is the build's, or the runner's own. Both sides run on clones of templates, module by
module, and a finished module is kept: an interruption loses nothing, and the next run asks again only for what has
changed (the side without the suite once for each base template, the side with it after each change of an addon).
"""
import contextlib
import json
import time
import uuid
from collections import Counter
from pathlib import PurePath
from xml.etree import ElementTree

import database
import odoo_home
import server
import testing
from place import HOME, LOG, fingerprint
from talk import Stop, say

MODULES = ("purchase", "purchase_stock", "sale", "sale_stock", "stock", "mrp", "project", "repair", "account")
#: Of modules with very many tests only these files.
FILES = {"account": "test_account_move_*_*.py"}
#: Browser and JavaScript tests expect an English user and demo data, and say nothing about our models.
WANTED = "not tour and not Tour and not JS and not Hoot"
#: What the suite asks of people, and core's tests do not do: switched off for all companies, those to come, too.
SWITCHES = {"order_review_policy": "none", "delivery_note_required": False}
SWITCH_OFF = f"""
for name, value in {SWITCHES!r}.items():
    if name in env["res.company"]._fields:
        env["ir.default"].set("res.company", name, value)
        env["res.company"].search([]).write({{name: value}})
env.cr.commit()
"""
FAILED, PASSED, SKIPPED = "failed", "passed", "skipped"
KEPT = HOME / "core"


def core(modules=None):
    """Run core's tests on both sides and print what the suite changes; 1 if a test fails that did not without it."""
    names = [name.strip() for name in modules.split(",") if name.strip()] if modules else MODULES
    folders = {name: _tests(name) for name in names}
    sides = {"without the suite": database.base_template(),
             "with the suite": database.suite_template(database.selected())}
    found, broken = {}, {}
    for number, name in enumerate(names):
        without, with_suite = (
            _results(name, folders[name], template, side, f"{2 * number + step} of {2 * len(names)}")
            for step, (side, template) in enumerate(sides.items(), 1))
        found[name] = without, with_suite
        broken[name] = {test: text for test, (outcome, text) in with_suite.items()
                        if outcome == FAILED and without.get(test, (PASSED,))[0] != FAILED}
        _tell(name, broken[name])
    _summarise(found, broken)
    return 1 if any(broken.values()) else 0


def _tests(module):
    """The files of a module's tests."""
    folder = next((folder / module / "tests" for folder in odoo_home.addons_folders()
                   if (folder / module / "tests").is_dir()), None)
    if not folder:
        raise Stop(f"Odoo has no module {module!r} with tests. Give MODULES=<names of Odoo's modules>.")
    return sorted(folder.glob(FILES.get(module, "test_*.py")))


def _results(module, files, template, side, progress):
    """Outcome of every test of a module on a clone of a template: ``{test: (outcome, text)}``."""
    kept = KEPT / f"{template}-{module}-{fingerprint(*files, WANTED, SWITCH_OFF)}.json"
    if kept.exists():
        say(f"==> {module} {side} ({progress}): kept from {time.ctime(kept.stat().st_mtime)}")
        return json.loads(kept.read_text())
    say(f"==> {module} {side} ({progress})")
    with _clone(template, module) as scratch:
        results = _run(scratch, "-k", WANTED, *files)
    failed = [test for test, (outcome, _text) in results.items() if outcome == FAILED]
    if failed:
        say(f"    {len(failed)} failed; once more, by themselves: a slow machine fails tests, too")
        with _clone(template, module) as scratch:
            results |= _run(scratch, *(f"{files[0].parent / test}" for test in failed))
    KEPT.mkdir(parents=True, exist_ok=True)
    draft = kept.with_suffix(".draft")
    draft.write_text(json.dumps(results))
    draft.replace(kept)
    return results


@contextlib.contextmanager
def _clone(template, module):
    """A throw-away clone of a template in which the module is installed and our switches are off."""
    scratch = f"core_{uuid.uuid4().hex[:8]}"
    try:
        database.clone(template, scratch)
        if not database.has_module(scratch, module):
            server.once(f"installing {module}", "-d", scratch, "-i", module)
        script = LOG / f"{scratch}.py"
        script.parent.mkdir(parents=True, exist_ok=True)
        try:
            script.write_text(SWITCH_OFF)
            with script.open() as stdin:
                if server.shell(scratch, stdin=stdin):
                    raise Stop("the switches of the suite could not be set, see above.")
        finally:
            script.unlink(missing_ok=True)
        yield scratch
    finally:
        database.drop(scratch)


def _run(scratch, *selection):
    """Run a selection of tests and read what became of each."""
    report = LOG / f"{scratch}.xml"
    try:
        code = testing._pytest(
            "-p", "pytest_suite", f"--odoo-config={server.configuration()}", "--odoo-database", scratch,
            "--odoo-http", "-q", "--tb=line", "--show-capture=no", "--disable-warnings", "--no-summary",
            f"--junitxml={report}", "-o", "junit_family=xunit1", *selection)
        if code not in (0, 1):
            raise Stop(f"the tests did not run to their end (code {code}).")
        return dict(_read(report))
    finally:
        report.unlink(missing_ok=True)


def _read(report):
    """Outcome of each test of a report, by its place in the folder of tests: ``file.py::Class::test``."""
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        file = PurePath(case.get("file") or case.get("name")).name
        names = case.get("classname").rpartition(".")[2], case.get("name")
        bad = next((node for node in case if node.tag in ("failure", "error")), None)
        text = (bad.get("message") or bad.text or "") if bad is not None else ""
        outcome = FAILED if bad is not None else PASSED if case.find("skipped") is None else SKIPPED
        yield "::".join((file, *names)), (outcome, text.strip().partition("\n")[0][:300])


def _tell(module, broken):
    for test, text in sorted(broken.items()):
        say(f"    new failure in {module}: {test}\n        {text}")


def _summarise(found, broken):
    """A table of counts, and the new failures once more, so that they are the last thing that is read."""
    say(f"\n{'module':<16}{'side':<10}{'passed':>8}{'failed':>8}{'skipped':>9}{'new failures':>14}")
    for module, sides in found.items():
        for side, results in zip(("without", "with"), sides, strict=True):
            count = Counter(outcome for outcome, _text in results.values())
            new = len(broken[module]) if side == "with" else ""
            say(f"{module:<16}{side:<10}{count[PASSED]:>8}{count[FAILED]:>8}{count[SKIPPED]:>9}{new:>14}")
    for module, (without, with_suite) in found.items():
        gone = [test for test, (outcome, _text) in without.items()
                if outcome == PASSED and with_suite.get(test, (SKIPPED,))[0] == SKIPPED]
        if gone:
            say(f"{module}: not run with the suite, though passed without it: {', '.join(sorted(gone))}")
        repaired = [test for test, (outcome, _text) in without.items()
                    if outcome == FAILED and with_suite.get(test, (SKIPPED,))[0] == PASSED]
        if repaired:
            say(f"{module}: fails without the suite only: {', '.join(sorted(repaired))}")
    failures = [test for module in broken for test in sorted(broken[module])]
    say("\n" + ("\n".join([f"{len(failures)} new failures:", *failures]) if failures else "No new failures."))
