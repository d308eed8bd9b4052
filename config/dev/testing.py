"""Tests, lint and benchmarks."""
import contextlib
import os
import shutil
import subprocess
import uuid

import database
import linters
import server
from place import ADDONS, HOME, LOG, PYTHON, ROOT
from talk import Stop, attended, say

BENCH = ROOT / "tests" / "bench"
MOST_WORKERS = 4
#: Exit code of pytest where the options leave no test, which is no failure of half a run.
NOTHING_CHOSEN = 5
#: The tests that need no database.
LINT = ("-p", "no:odoo", "-q", "tests/lint")


def _pytest(*arguments):
    with attended(_start_pytest(*arguments)) as process:
        return process.wait()


def _start_pytest(*arguments, **options):
    environment = server.environment() | {"PYTHONPATH": str(ROOT / "config" / "dev")}
    # Named, because pytest would guess them from all words that are paths.
    place = ("--rootdir", ROOT, "-c", ROOT / "pyproject.toml")
    command = [str(word) for word in (PYTHON, "-m", "pytest", *place, *arguments)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, **options)


def lint(addons=None, fix=False, arguments=()):
    """Every linter over the suite, or over some addons; no database is needed.

    With ``fix``: first repair what the linters can repair.
    """
    linters.ensure()
    if fix:
        linters.repair(database.selected(addons, tests=True), all_code=not addons)
    os.environ["LINT_ADDONS"] = addons or ""
    return _pytest(*LINT, *arguments)


@contextlib.contextmanager
def _linting(arguments):
    """Lint beside what is done meanwhile; what it says comes at the end.

    :return: a list that then holds its exit code
    """
    log, codes = LOG / "lint.log", []
    log.parent.mkdir(parents=True, exist_ok=True)
    os.environ["LINT_ADDONS"] = ""
    with log.open("wb") as out, attended(
            _start_pytest(*LINT, *arguments, stdout=out, stderr=subprocess.STDOUT)) as process:
        yield codes
        codes.append(process.wait() % NOTHING_CHOSEN)
    say(f"==> lint\n{log.read_text(errors='replace')}")


def test(addons=None, arguments=()):
    """Run the tests, each process of them on a clone of a template that holds the addons.

    With ``addons``: their own tests only. Else all of them, ``tests/`` and lint, in as many processes as there are
    cores (at most four; one more took as long: browsers use what is left). Paths among the arguments replace both.
    """
    linters.ensure()
    if not addons and not _paths(arguments):
        with _linting(arguments) as codes:
            code = _test(None, arguments, min(os.cpu_count(), MOST_WORKERS))
        return code or codes[0]
    return _test(addons, arguments, 1)


def _paths(arguments):
    return [word for word in arguments if not word.startswith("-") and (ROOT / word.split("::")[0]).exists()]


def _test(addons, arguments, workers):
    names = database.selected(addons, tests=True)
    paths = _paths(arguments)
    options = [word for word in arguments if word not in paths]
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
        parallel = [*parallel, f"--ignore={ROOT / 'tests' / 'lint'}"] if workers > 1 else []
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
