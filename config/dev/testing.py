"""Tests, lint and benchmarks."""
import os
import shutil
import subprocess
import uuid

import database
import linters
import server
from place import ADDONS, HOME, PYTHON, ROOT
from talk import Stop, attended, say

BENCH = ROOT / "tests" / "bench"
MOST_WORKERS = 4


def _pytest(*arguments):
    environment = server.environment() | {"PYTHONPATH": str(ROOT / "config" / "dev")}
    # Named, because pytest would guess them from all words that are paths.
    place = ("--rootdir", ROOT, "-c", ROOT / "pyproject.toml")
    command = [str(word) for word in (PYTHON, "-m", "pytest", *place, *arguments)]
    with attended(subprocess.Popen(command, cwd=ROOT, env=environment)) as process:
        return process.wait()


def lint(addons=None, fix=False, arguments=()):
    """Every linter over the suite, or over some addons; no database is needed.

    With ``fix``: first repair what the linters can repair.
    """
    linters.ensure()
    if fix:
        linters.repair(database.selected(addons, tests=True), all_code=not addons)
    os.environ["LINT_ADDONS"] = addons or ""
    return _pytest("-p", "no:odoo", "-q", *arguments, "tests/lint")


def test(addons=None, arguments=()):
    """Run the tests, each process of them on a clone of a template that holds the addons.

    With ``addons``: their own tests only. Else all of them, ``tests/`` and lint, in as many processes as there are
    cores (at most four). Paths among the arguments replace both.
    """
    linters.ensure()
    names = database.selected(addons, tests=True)
    paths = [word for word in arguments if not word.startswith("-") and (ROOT / word.split("::")[0]).exists()]
    options = [word for word in arguments if word not in paths]
    workers = 1 if addons or paths else min(os.cpu_count(), MOST_WORKERS)
    if not paths:
        paths = [ADDONS / name / "tests" for name in names if (ADDONS / name / "tests").is_dir()]
        paths += [] if addons else [ROOT / "tests"]
    if not paths:
        raise Stop(f"{', '.join(names)}: there are no tests.")
    template = database.suite_template(names, pages=workers > 1)
    scratch = f"test_{uuid.uuid4().hex[:8]}"
    clones = [f"{scratch}_gw{number}" for number in range(workers)] if workers > 1 else [scratch]
    demo = f"demo_{scratch}"
    os.environ |= {"SUITE_TEMPLATE": template, "SUITE_DEMO": demo}
    say(f"==> tests on {' and '.join(clones)}, clones of {template}")
    try:
        for clone in clones:
            database.clone(template, clone)
        parallel = ["-n", workers, "--dist=loadfile", "--no-loadscope-reorder", "--max-worker-restart=0"]
        parallel = parallel if workers > 1 else []
        return _pytest("-p", "pytest_suite", f"--odoo-config={server.configuration()}", "--odoo-database", scratch,
                       "--odoo-http", "--durations=15", *parallel, *paths, *options)
    finally:
        for name in (*clones, demo):
            database.drop(name)


def bench(only=None):
    """Run every benchmark in Odoo's shell, each on a database of its own."""
    template = database.suite_template(database.selected(tests=True))
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
