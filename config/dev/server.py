"""Odoo's process: its configuration, one-off runs, servers in the background."""
import os
import re
import signal
import subprocess
import time
import urllib.request

import postgres
from place import ADDONS, DATA, HOME, LOG, PYTHON, ROOT, VENV, fingerprint
from talk import Stop, attended, say, step

RUN = HOME / "run"
#: What a server is that may have to start itself again.
SCRIPT = ROOT / "config" / "dev" / "odoo_server.py"
LOADING = re.compile(rb"Loading module (\S+) \((\d+/\d+)\)|odoo.modules.loading: loading (\S+/demo/\S+)")


def configuration():
    """Write Odoo's configuration file and return its path."""
    settings = postgres.connection()
    # Checkouts that share a set-up have each their own addons.
    conf = HOME / ("odoo.conf" if HOME == ROOT / ".local" else f"odoo-{fingerprint(str(ROOT))}.conf")
    text = "\n".join((
        "[options]",
        f"addons_path = {ADDONS}",
        f"data_dir = {DATA}",
        f"db_host = {settings['PGHOST']}",
        f"db_port = {settings.get('PGPORT', '5432')}",
        f"db_user = {settings['PGUSER']}",
        *([f"db_password = {settings['PGPASSWORD']}"] if settings.get("PGPASSWORD") else []),
        f"http_interface = {os.environ.get('HTTP_INTERFACE', '127.0.0.1')}",
        "list_db = False",
        "max_cron_threads = 1",
        # Thousands of tests in one process need more than what Odoo allows a server; beyond it no thread would start.
        "limit_memory_hard = 0",
        "",
    ))
    if not conf.exists() or conf.read_text() != text:
        DATA.mkdir(parents=True, exist_ok=True)
        conf.write_text(text)
    return conf


def command(*arguments, program=("-m", "odoo")):
    """Words of the command that runs Odoo; the first argument may be a sub-command of Odoo's."""
    words = list(arguments)
    verb = [words.pop(0)] if words and not words[0].startswith("-") else []
    return [str(word) for word in (PYTHON, *program, *verb, "-c", configuration(), *words)]


def environment():
    """Environment of Odoo's processes: compiled code is kept beside the set-up, never in a source tree.

    A server that starts itself again calls its Python by name only, which must find ours first.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
        "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONUNBUFFERED": "1", "PYTHONNOUSERSITE": "1", "PYTHONPYCACHEPREFIX": str(HOME / "pycache")}


def once(title, *arguments):
    """Run Odoo until it has done what the options ask (install, update) and report its progress."""
    log = LOG / "odoo-setup.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    lines = []
    with step(title) as at, log.open("wb") as out, attended(subprocess.Popen(
            command(*arguments, "--stop-after-init", "--no-http", "--max-cron-threads=0"),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT, env=environment())) as process:
        for line in process.stdout:
            out.write(line)
            if match := LOADING.search(line):
                module, number, file = (part and part.decode() for part in match.groups())
                at.append(file or f"module {number}: {module}")
            if b" ERROR " in line or b" CRITICAL " in line or b"demo data failed" in line:
                lines.append(line.decode(errors="replace").rstrip())
        code = process.wait()
    if code or lines:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-30:])
        raise Stop(f"{title}: Odoo ended with code {code}.\n{tail}\n" + "\n".join(lines[:5]) + f"\n(all of it: {log})")


def shell(database, stdin=None):
    """Run a script in Odoo's shell; exit code of the script."""
    with attended(subprocess.Popen(shell_command(database), stdin=stdin, cwd=ROOT, env=environment())) as process:
        return process.wait()


def shell_command(database):
    # Odoo's own sources call what is deprecated in its libraries; nobody reads that for every script.
    return command("shell", "-d", database, "--no-http", "--log-level=warn", "--log-handler=py.warnings:ERROR")


def _pidfile(port):
    return RUN / f"{port}.pid"


def _alive(pid):
    try:
        return b"odoo" in open(f"/proc/{pid}/cmdline", "rb").read()
    except OSError:
        return False


def _answers(port):
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                f"http://127.0.0.1:{port}/web/health", timeout=5) as reply:
            return reply.status == 200
    except OSError:
        return False


def start(database, port):
    """Serve a database in the background; come back when it answers."""
    RUN.mkdir(parents=True, exist_ok=True)
    pidfile = _pidfile(port)
    if pidfile.exists():
        pid, running = pidfile.read_text().split()
        if _alive(pid) and running == database and _answers(port):
            return
        _kill(pidfile)
    if _answers(port):
        raise Stop(f"port {port} is taken by another server. Stop that one, or give PORT=<another>.")
    log = LOG / f"server-{port}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    # Links in mails and the style of printed forms are fetched from this address.
    postgres.psql(database, f"update ir_config_parameter set value = 'http://localhost:{port}' "
                            "where key = 'web.base.url'")
    with step(f"starting Odoo on port {port}"):
        with log.open("ab") as out:
            process = subprocess.Popen(
                command("-d", database, "--db-filter", f"^{re.escape(database)}$", "--http-port", port,
                        program=(SCRIPT,)),
                stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                cwd=ROOT, env=environment(), start_new_session=True)
        pidfile.write_text(f"{process.pid} {database}")
        deadline = time.monotonic() + 180
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                _kill(pidfile)
                tail = "\n".join(log.read_text(errors="replace").splitlines()[-30:])
                raise Stop(f"Odoo did not start on port {port}.\n{tail}\n(all of it: {log})")
            time.sleep(0.3)


def _kill(pidfile):
    pid = int(pidfile.read_text().split()[0])
    if _alive(pid):
        os.kill(pid, signal.SIGTERM)
        for _ in range(100):
            if not _alive(pid):
                break
            time.sleep(0.1)
        else:
            os.kill(pid, signal.SIGKILL)
    pidfile.unlink(missing_ok=True)


def stop():
    """Stop every server that we started."""
    for pidfile in sorted(RUN.glob("*.pid")):
        say(f"    stopping the server on port {pidfile.stem}")
        _kill(pidfile)


def stop_serving(database):
    """Stop the servers of one database, so that it can be replaced."""
    for pidfile in sorted(RUN.glob("*.pid")):
        if pidfile.read_text().split()[1] == database:
            _kill(pidfile)
