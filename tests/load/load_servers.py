"""PostgreSQL and its replica, nginx, Odoo's web workers and its cron: what docker-compose.yml describes, run natively
in a folder of their own, so that each of them can be killed. Nothing listens but on the loopback interface.
"""
import contextlib
import os
import pwd
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import deployment
import postgres
from packages import postgres_bin
from place import ROOT
from talk import Stop

OWNER = "postgres"  # PostgreSQL refuses to run as root
PATIENCE = 120
#: What is served from which cluster is counted there.
COUNTING = "shared_preload_libraries=pg_stat_statements"


class Cluster:
    """A PostgreSQL server of the load's own, with the settings of its service in docker-compose.yml."""

    def __init__(self, service, folder):
        self.service, self.folder = service, folder
        self.data, self.run = folder / "data", folder / "run"
        self.process = None
        for path in (folder, self.run):
            path.mkdir(mode=0o700)
            self._hand_over(path)

    @property
    def environment(self):
        """How libpq reaches it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return kept | {"PGHOST": str(self.run), "PGPORT": "5432", "PGUSER": postgres.ROLE}

    def make(self):
        """A new cluster with the role that the replica follows by; it may lose what it has until :meth:`settle`."""
        self._run(postgres_bin("initdb"), "-D", self.data, "-U", postgres.ROLE, "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8")
        self.start("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
        self.query("postgres", "create role replica login replication")

    def settle(self):
        """From now on nothing is lost that was committed."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)
        self.start()

    def follow(self, primary):
        """Be the primary's replica, made by the script of the deployment."""
        self.data.mkdir(mode=0o700)
        self._hand_over(self.data)
        # A copy: who owns the cluster need not be able to enter this checkout.
        script = shutil.copy(ROOT / "config" / "postgres" / "replica.sh", self.folder)
        os.chmod(script, 0o755)
        self._launch([script, *self._options()], {
            "PGHOST": str(primary.run), "PGPORT": "5432", "PGUSER": "replica", "PGDATA": str(self.data),
            "REPLICA_SLOT": "suite", "PATH": f"{postgres_bin('initdb').parent}{os.pathsep}{os.environ['PATH']}"})

    def start(self, *options):
        self._launch([postgres_bin("postgres"), "-D", self.data, *self._options(), *options])

    def kill(self):
        """As a power cut does it: no process of the server says good-bye."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        # Its children notice by themselves; a new one does not start while they hold the shared memory.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        time.sleep(0.5)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(20)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def query(self, database, text):
        """What a query answers, unaligned.

        :raise Stop: it fails
        """
        done = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", text], text=True,
                              env=self.environment, capture_output=True)
        if done.returncode:
            raise Stop(f"{self.service}: {text[:200]}\n{done.stderr}")
        return done.stdout.strip()

    def count(self, database):
        """Statements that were served from here since :meth:`forget`."""
        return int(self.query("postgres", f"""
            select coalesce(sum(s.calls), 0) from pg_stat_statements s join pg_database d on d.oid = s.dbid
            where d.datname = '{database}'"""))

    def forget(self):
        self.query("postgres", "select pg_stat_statements_reset()")

    def _options(self):
        given = {**deployment.settings(), "REPLICA_PASSWORD": "", **dict.fromkeys((
            "POSTGRES_PASSWORD", "ODOO_DB_PASSWORD", "SUITE_ADMIN_PASSWORD"), "-")}
        words = deployment.interpolate(deployment.load()["services"][self.service]["command"], given)
        here = ("listen_addresses=", f"unix_socket_directories={self.run}", "port=5432", COUNTING)
        return [*(word for word in words if word != "postgres"), *(word for one in here for word in ("-c", one))]

    def _launch(self, command, environment=()):
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(word) for word in command], cwd="/", stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, start_new_session=True, env=os.environ | dict(environment), **self._who())
        deadline = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(Stop):
                return self.query("postgres", "select 1")
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise Stop(f"{self.service} does not start:\n{(self.folder / 'log').read_text()[-3000:]}")
            time.sleep(0.2)

    def _run(self, *command):
        done = subprocess.run([str(word) for word in command], cwd="/", capture_output=True, text=True, **self._who())
        if done.returncode:
            raise Stop(f"{shlex.join(map(str, command))}\n{done.stderr}")

    def _who(self):
        return {"user": OWNER, "group": OWNER, "extra_groups": []} if os.geteuid() == 0 else {}

    def _hand_over(self, path):
        if os.geteuid() == 0:
            who = pwd.getpwnam(OWNER)
            os.chown(path, who.pw_uid, who.pw_gid)


class Plant(deployment.Topology):
    """The whole topology on one copy of a database: two web workers, a cron, nginx, PostgreSQL, a replica."""

    WORKERS = 2

    def __init__(self, database, folder, clusters):
        """
        :param folder: for Odoo and nginx, on the file system of Odoo's data
        :param clusters: folder that PostgreSQL's user can enter
        """
        super().__init__(database, folder)
        self.given |= {"ODOO_WORKERS": str(self.WORKERS), "ODOO_CRON_THREADS": "1"}
        self.primary, self.replica = (Cluster(name, clusters / name) for name in ("db", "db-replica"))

    def environment(self, service, **changes):
        reached = {name: value for name, value in self.primary.environment.items() if name.startswith("PG")}
        if service == "web":
            reached |= {"PGHOST_REPLICA": str(self.replica.run), "PGPORT_REPLICA": "5432"}
        # Mail goes nowhere, also where this machine has a mail server.
        reached |= {"ODOO_SMTP_SERVER": "127.0.0.1", "ODOO_SMTP_PORT": "9"}
        given = super().environment(service, **reached, ODOO_DATA_DIR=str(self.folder / "data"), **changes)
        given.pop("PGPASSWORD", None)
        return given

    def copy(self, database, filestore):
        """Have a copy of a database of the development's cluster, with its files (links: Odoo never changes one)."""
        self.primary.make()
        self.primary.query("postgres", f'create database "{self.database}"')
        with subprocess.Popen(["pg_dump", "-Fc", "-Z0", "-d", database], stdout=subprocess.PIPE,
                              env=os.environ | postgres.connection()) as dump:
            restored = subprocess.run(["pg_restore", "--no-owner", "-d", self.database], stdin=dump.stdout,
                                      env=self.primary.environment, capture_output=True, text=True)
        if dump.returncode or restored.returncode:
            raise Stop(f"{database} could not be copied:\n{restored.stderr[-3000:]}")
        self.primary.query("postgres", "create extension pg_stat_statements")
        self.primary.query(self.database, "analyze")
        target = self.folder / "data" / "filestore" / self.database
        target.parent.mkdir(parents=True)
        if filestore.exists():
            shutil.copytree(filestore, target, copy_function=_link)

    def start_all(self):
        """Everything but the cron."""
        self.primary.settle()
        self.replica.follow(self.primary)
        self.start_odoo("web")
        self.start_nginx()
        self.wait("web is healthy", lambda: self.get("/web/login").status == 200)

    def shell(self, script, *words):
        """Run a script in Odoo's shell on this database; its standard output."""
        done = subprocess.run(
            [sys.executable, self.launcher, "shell", "-d", self.database, "--no-http",
             "--log-level=error"], input=script, text=True, capture_output=True, cwd=ROOT,
            env=self.environment("cron", LOAD_WORDS=" ".join(words), PYTHONPATH=str(Path(__file__).parent)))
        if done.returncode:
            raise Stop(f"the script ended with {done.returncode}:\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}")
        return done.stdout

    def lag(self):
        """Bytes that the replica has not replayed yet."""
        return int(self.primary.query("postgres", """
            select coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)), 0) from pg_stat_replication"""))


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
