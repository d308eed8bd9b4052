"""Tests, lint and benchmarks."""
import os
import shutil
import subprocess
import uuid

import database
import odoo_home
import server
from place import ADDONS, HOME, PYTHON, ROOT, VENV
from talk import say

LINT = HOME / "lint"
BENCH = ROOT / "tests" / "bench"


def _pytest(*arguments):
    environment = server.environment() | {
        "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "LINT_BIN": str(LINT / "bin"),
        "PYTHONPATH": str(ROOT / "config" / "dev"),
    }
    return subprocess.run([str(word) for word in (
        PYTHON, "-m", "pytest", *arguments)], cwd=ROOT, env=environment).returncode


def lint():
    """Every linter over the suite; no database is needed."""
    odoo_home.ensure_venv(LINT, "linters", "lint")
    return _pytest("-p", "no:odoo", "-q", "tests/lint")


def test(addons=None, arguments=()):
    """Run the tests on a clone of a template that holds the addons.

    With ``addons``: their own tests only. Else all of them, ``tests/`` and lint.
    """
    odoo_home.ensure_venv(LINT, "linters", "lint")
    names = database.selected(addons)
    template = database.suite_template(names)
    scratch = f"test_{uuid.uuid4().hex[:8]}"
    paths = [ADDONS / name / "tests" for name in names if (ADDONS / name / "tests").is_dir()]
    if not addons:
        paths += [ROOT / "tests"]
    given = [word for word in arguments if not word.startswith("-") and (ROOT / word.split("::")[0]).exists()]
    if given:
        paths = []
    database.clone(template, scratch)
    os.environ["SUITE_TEMPLATE"] = template
    say(f"==> tests on {scratch}, a clone of {template}")
    try:
        return _pytest("-p", "pytest_suite", "--odoo-config", server.configuration(), "--odoo-database", scratch, "--odoo-http",
                       "--durations=15", *paths, *arguments)
    finally:
        database.drop(scratch)


def bench(only=None):
    """Run every benchmark in Odoo's shell, each on a database of its own."""
    template = database.suite_template(database.selected())
    code = 0
    for script in sorted(BENCH.glob("bench_*.py")):
        if only and only not in script.stem:
            continue
        scratch = f"bench_{uuid.uuid4().hex[:8]}"
        say(f"\n==> {script.stem}: {script.read_text().split(chr(34) * 3)[1].strip().splitlines()[0]}")
        database.clone(template, scratch)
        try:
            with script.open() as stdin:
                code |= server.shell(scratch, stdin=stdin)
        finally:
            database.drop(scratch)
    return code


def clean():
    """Forget everything that set-up made."""
    server.stop()
    import postgres
    postgres.remove()
    shutil.rmtree(HOME, ignore_errors=True)
