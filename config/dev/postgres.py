"""PostgreSQL: a private cluster in our own folder, or the server that PGHOST names."""
import os
import shutil
from pathlib import Path

from packages import postgres_bin
from place import HOME, LOG, STATE, alone, fingerprint
from talk import Stop, output, run, step

ROLE = "odoo"
CLUSTER_USER = "postgres"  # initdb and postgres refuse to run as root
SOCKET_PATH_LIMIT = 107  # of the kernel, for the whole path of the socket


def external():
    return bool(os.environ.get("PGHOST"))


def connection():
    """Connection settings as the environment variables of libpq."""
    if external():
        return {"PGUSER": ROLE, **{k: v for k, v in os.environ.items() if k.startswith("PG")}}
    return {"PGHOST": str(_socket_folder()), "PGPORT": "5432", "PGUSER": ROLE}


def _cluster():
    """Folder of the private cluster. As root it must be one that the postgres user can enter."""
    if os.geteuid() == 0 and HOME.exists() and not _may_enter(HOME):
        return _elsewhere() / "postgres"
    return HOME / "postgres"


def _elsewhere():
    """A folder of ours outside HOME, for what cannot lie in it; it outlives a restart of the machine."""
    return Path("/var/tmp") / f"suite-{fingerprint(str(HOME))}"


def _may_enter(folder):
    return output("runuser", "-u", CLUSTER_USER, "--", "test", "-x", folder) is not None


def _socket_folder():
    folder = _cluster() / "run"
    if len(str(folder / ".s.PGSQL.5432")) > SOCKET_PATH_LIMIT:
        folder = _elsewhere()
    return folder


def _as_cluster_user(*command):
    return ("runuser", "-u", CLUSTER_USER, "--", *command) if os.geteuid() == 0 else command


def running():
    cluster = _cluster()
    return (cluster / "PG_VERSION").exists() and output(
        *_as_cluster_user(postgres_bin("pg_ctl"), "-D", cluster, "status"), cwd="/") is not None


def start():
    """Have a server that answers. The private one trusts its socket, which only its owner and root can reach."""
    if external():
        if psql("postgres", "select 1") is None:
            raise Stop(f"the PostgreSQL server at PGHOST={os.environ['PGHOST']} does not answer to "
                       f"{connection()['PGUSER']}. Check PGHOST, PGPORT, PGUSER and PGPASSWORD.")
        return
    if not running():
        with alone("postgres"):
            if not running():
                _start()


def _start():
    cluster, log = _cluster(), LOG / "postgres.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    if not (cluster / "ready").exists():
        with step("private PostgreSQL cluster"):
            shutil.rmtree(cluster, ignore_errors=True)
            for folder in {cluster, _socket_folder()}:
                folder.mkdir(parents=True, exist_ok=True)
                folder.chmod(0o700)
                if os.geteuid() == 0:
                    shutil.chown(folder, CLUSTER_USER, CLUSTER_USER)
            # The socket's folder lies in the cluster's, and initdb wants an empty one.
            if _socket_folder().parent == cluster:
                _socket_folder().rmdir()
            run(*_as_cluster_user(postgres_bin("initdb"), "-D", cluster, "-U", ROLE, "-A", "trust",
                                  "-E", "UTF8", "--locale=C.UTF-8"), log=log, cwd="/")
            if _socket_folder().parent == cluster:
                run(*_as_cluster_user("mkdir", "-m", "700", _socket_folder()), log=log, cwd="/")
            with (cluster / "postgresql.conf").open("a") as conf:
                conf.write(f"listen_addresses = ''\nunix_socket_directories = '{_socket_folder()}'\n"
                           "max_connections = 200\nshared_buffers = 512MB\nwork_mem = 16MB\n"
                           "maintenance_work_mem = 256MB\nmax_wal_size = 4GB\n"
                           # As in docker-compose.yml: compiling a question takes longer than answering it.
                           "jit = off\n"
                           # A development cluster may lose its last second, never a test's result.
                           "synchronous_commit = off\nfull_page_writes = off\nfsync = off\n")
            (cluster / "ready").touch()
    with step("starting PostgreSQL"):
        run(*_as_cluster_user(postgres_bin("pg_ctl"), "-D", cluster, "-w", "-l", cluster / "server.log", "start"),
            log=log, cwd="/")


def stop():
    if not external() and running():
        run(*_as_cluster_user(postgres_bin("pg_ctl"), "-D", _cluster(), "-w", "-m", "fast", "stop"),
            log=LOG / "postgres.log", cwd="/")


def remove():
    """Delete the private cluster, also where it lies outside our folder."""
    stop()
    for folder in (_cluster(), _socket_folder(), _elsewhere()):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(STATE, ignore_errors=True)


def psql(database, query):
    """What a query answers, unaligned and without headings; None if it fails."""
    return output("psql", "-XAtq", "-d", database, "-c", query, env=os.environ | connection())


def exists(database):
    return bool(psql("postgres", f"select 1 from pg_database where datname = '{database}'"))


def drop(database):
    environment = os.environ | connection()
    run("dropdb", "--if-exists", "--force", database, env=environment, log=LOG / "postgres.log")


def create(database, template="template0"):
    environment = os.environ | connection()
    run("createdb", "-T", template, database, env=environment, log=LOG / "postgres.log")
