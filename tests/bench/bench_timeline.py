"""timeline: 2,000 items opened on this suite's timeline and on OCA's project_timeline, click to usable

Two databases, servers and browsers, turn by turn, the same items in each: the list is open, the timeline has been seen
before (warm client), a click opens it once more, until bars are drawn and the page answers again; the best of three.
Bar: at least 5 times less processor time of browser and server than OCA's; the time by the clock is said, too.

All items lie in the part that is loaded first, so both load all of them. This suite knows
2,000 arrows, OCA's draws none here, which is its best case: with arrows it takes minutes.

web_timeline and project_timeline are AGPL-3: they are no part of this suite and no dependency. Their pinned wheels are
taken from the package index into a temporary folder for this comparison only, and go with it.
"""
import contextlib
import logging
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
import zipfile
from pathlib import Path
from types import SimpleNamespace

from odoo.tests.common import ChromeBrowser
from odoo.tools import config

ROOT = Path(config["addons_path"][0]).parent
sys.path[:0] = [str(ROOT / "config" / "dev"), str(ROOT / "tests")]
import database  # noqa: E402
import role_day  # noqa: E402
import server  # noqa: E402

WHEELS = ("odoo-addon-web_timeline==19.0.1.0.0.2", "odoo-addon-project_timeline==19.0.1.0.1")
ITEMS, ROUNDS, FASTER, PATIENCE = 2_000, 3, 5, 600
role_day.PATIENCE = PATIENCE
logging.getLogger("odoo").setLevel(logging.ERROR)
logging.getLogger("bench").setLevel(logging.ERROR)  # what the browser reports
logging.getLogger("py.warnings").setLevel(logging.CRITICAL)

#: Fills a database; rows of tasks, because how they come about is not what is measured.
FILL = """
from datetime import datetime, timedelta
# With a time zone of his own: taking over the browser's at the login would move the items of plans.
env.ref("base.user_admin").write({"password": "bench-of-timelines", "tour_enabled": False, "tz": "UTC"})
begin = datetime.combine(datetime.now().date(), datetime.min.time()) - timedelta(days=2)
project = env["project.project"].create({"name": "Bench", **%(plan)r})
task = env["project.task"].create({"name": "Item", "project_id": project.id})
env.flush_all()
cr = env.cr
cr.execute("SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns "
           "WHERE table_name = 'project_task' AND column_name NOT IN ('id', 'name', 'sequence')")
columns = cr.fetchone()[0]
cr.execute(f"INSERT INTO project_task ({columns}, name, sequence) SELECT {columns}, 'Item ' || number, number "
           f"FROM project_task, generate_series(2, %(items)s) AS number WHERE id = {task.id}")
cr.execute(f"UPDATE project_task SET %(start)s = %%s::timestamp + (sequence %%%% 25) * interval '1 day', "
           f"%(stop)s = %%s::timestamp + (sequence %%%% 25 + 3) * interval '1 day' WHERE project_id = {project.id}",
           [begin, begin])
if %(links)r:
    cr.execute("INSERT INTO project_task_link (predecessor_id, successor_id, kind, lag_hours, project_id, company_id) "
               "SELECT id, lead(id) OVER item, 'fs', 0, project_id, company_id FROM project_task "
               "WHERE project_id = %%s WINDOW item AS (ORDER BY id) ORDER BY id LIMIT %(items)s - 1", [project.id])
    cr.execute("INSERT INTO project_task_link (predecessor_id, successor_id, kind, lag_hours, project_id, company_id) "
               "SELECT id, lead(id, 2) OVER item, 'fs', 0, project_id, company_id FROM project_task "
               "WHERE project_id = %%s WINDOW item AS (ORDER BY id) ORDER BY id LIMIT 1", [project.id])
    cr.execute("UPDATE project_task SET forecast_start = planned_start, baseline_start = planned_start, "
               "forecast_finish = planned_finish + interval '1 day', baseline_finish = planned_finish "
               "WHERE project_id = %%s", [project.id])
env["ir.actions.act_window"].create({
    "name": "Bench", "path": "bench-timeline", "res_model": "project.task", "view_mode": "list,%(view)s",
    "domain": [("project_id", "=", project.id)]})
cr.execute("ANALYZE project_task")
cr.commit()
"""
OURS = {
    "items": ITEMS, "plan": {"is_plan": True}, "start": "planned_start", "stop": "planned_finish", "links": True,
    "view": "schedule"}
THEIRS = {
    "items": ITEMS, "plan": {}, "start": "planned_date_start", "stop": "planned_date_end", "links": False,
    "view": "timeline"}

#: Not by the form: what is measured comes after it.
LOG_IN = """fetch("/web/session/authenticate", {
    method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({jsonrpc: "2.0", params: {
        db: "%(name)s", login: "admin", password: "bench-of-timelines"}}),
}).then((answer) => answer.json()).then((answer) => { window.loggedIn = Boolean(answer.result?.uid); }); 1"""

#: Clicks, waits until bars are there and five moments in a row in which the page is not busy.
OPEN = """(async () => {
    const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
    const isThere = () => [%(bars)s].every((selector) => document.querySelectorAll(selector).length > 5);
    window.secondsToUsable = null;
    const begin = performance.now();
    document.querySelector(".o_switch_view.o_%(view)s").click();
    while (!isThere()) { await pause(); }
    let end = performance.now();
    for (let calm = 0; calm < 5; ) {
        const before = performance.now();
        await pause();
        calm = performance.now() - before < 60 ? calm + 1 : 0;
        end = calm ? end : performance.now();
    }
    window.secondsToUsable = (end - begin) / 1000;
})(); 1"""


#: Back to the list: a page that is still drawing does not hear the first click.
LIST = """(() => {
    const isThere = document.querySelector(".o_list_view .o_data_row, .o_list_view .o_group_header");
    if (!isThere) { document.querySelector(".o_switch_view.o_list")?.click(); }
    return Boolean(isThere);
})()"""


def shell(script, name, *options):
    """Run a script in Odoo's shell of a database."""
    done = subprocess.run(
        server.command("shell", "-d", name, "--no-http", "--log-level=error", *options), input=script, text=True,
        capture_output=True, cwd=ROOT, env=server.environment())
    if done.returncode:
        raise SystemExit(f"{name} cannot be filled:\n{done.stderr[-2000:]}")


def take_peer(folder):
    """Download and unpack OCA's addons; the folder to give to Odoo."""
    taken = subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, *WHEELS],
                           capture_output=True, text=True)
    if taken.returncode:
        print(f"SKIP: OCA's addons cannot be downloaded here, nothing to compare with.\n{taken.stderr[-500:]}")
        raise SystemExit(0)
    for wheel in Path(folder).glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
    return Path(folder) / "odoo" / "addons"


def spent(pids):
    """Processor seconds of these processes and all that they started: other work on the machine adds nothing."""
    ticks, parents = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            words = stat.read_text().rpartition(")")[2].split()
            parents[int(stat.parent.name)], ticks[int(stat.parent.name)] = int(words[1]), sum(map(int, words[11:15]))
    family = set(pids)
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(ticks.get(pid, 0) for pid in family) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def serving(name, port, *options):
    """A server of one database, as the address of it."""
    words = server.command("-d", name, "--db-filter", f"^{name}$", "--http-port", port, "--max-cron-threads=0",
                           "--log-level=error", *options)
    with subprocess.Popen(words, cwd=ROOT, env=server.environment(), stderr=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            for _turn in range(240):
                with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/web/health", timeout=5):
                    break
                time.sleep(0.5)
            yield address, process.pid
        finally:
            process.terminate()


class Patient(role_day.Person):
    """Somebody who waits for a page that does not answer while it draws."""

    def _evaluate(self, expression):
        with contextlib.suppress(TimeoutError):  # it was asked all the same
            return super()._evaluate(expression)


@contextlib.contextmanager
def person_at(server, name):
    """Somebody who is logged in, the list of the items before him."""
    address, pid = server
    case = SimpleNamespace(_logger=logging.getLogger("bench"), browser_size="1366x768", touch_enabled=False,
                           base_url=lambda: address)
    browser = ChromeBrowser(case)
    try:
        person = Patient(browser)
        person.open("/web/login")
        person._evaluate(LOG_IN % {"name": name})
        ask(person, "window.loggedIn")
        with contextlib.suppress(TimeoutError):  # the first page comes with all of its assets; LIST waits for it
            person.open("/odoo/bench-timeline")
        person.pids = (pid, browser.chrome.pid)
        yield person
    finally:
        browser.stop()


def seconds_of(person, view, bars):
    """Seconds from the click on the timeline until it can be used, and processor seconds of browser and server."""
    ask(person, LIST, pause=2)
    before = spent(person.pids)
    person._evaluate(OPEN % {"view": view, "bars": ", ".join(map(repr, bars))})
    seconds = ask(person, "window.secondsToUsable")
    return spent(person.pids) - before, seconds


def ask(person, expression, pause=0.2):
    """What the page answers, as soon as it does: while it draws it is silent for a long time."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := person._evaluate(expression):
            return answer
        time.sleep(pause)
    raise SystemExit(f"no answer within {PATIENCE} s: {expression}")


def race(own, peer, addons):
    """Best times of both, turn by turn: what else the machine does meets both. The first turn fills caches."""
    shell(FILL % THEIRS, peer, *addons)
    shell(FILL % OURS, own)
    ours, theirs = [], []
    with (serving(peer, 8921, *addons) as there, person_at(there, peer) as guest,
          serving(own, 8922) as here, person_at(here, own) as host):
        for turn in range(1 + ROUNDS):
            theirs.append(seconds_of(guest, THEIRS["view"], (".vis-item",)))
            ours.append(seconds_of(host, OURS["view"], (".gantt_task_line:not(.o_group)", ".o_schedule_link")))
            print("turn {}: OCA's {:.2f} s of the processor, {:.2f} s; this suite {:.2f} s, {:.2f} s".format(
                turn, *theirs[-1], *ours[-1]))
    return min(ours[1:]), min(theirs[1:])


own, peer = env.cr.dbname, f"bench_{uuid.uuid4().hex[:8]}"  # noqa: F821
env.cr.commit()  # noqa: F821
with tempfile.TemporaryDirectory() as folder:
    addons = ("--addons-path", take_peer(folder))
    with contextlib.redirect_stdout(sys.stderr):
        database.clone(database.base_template(), peer)
        try:
            server.once("installing project_timeline", "-d", peer, "-i", "project_timeline", *addons)
            ours, theirs = race(own, peer, addons)
        finally:
            database.drop(peer)
passed = theirs[0] >= FASTER * ours[0]
for title, (processor, seconds) in (("2,000 arrows, this suite", ours), ("no arrows, OCA project_timeline", theirs)):
    print(f"{ITEMS} items, {title}: {processor:.2f} s of browser and server, {seconds:.2f} s by the clock")
print(f"{theirs[0] / ours[0]:.1f} times faster, at least {FASTER}: {'PASS' if passed else 'FAIL'}; "
      f"{theirs[1] / ours[1]:.1f} times by the clock of this machine")
if not passed:
    raise SystemExit(1)
