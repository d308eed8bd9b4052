"""Make the database ready for this version of the suite; the servers start when it is.

Installs the suite where there is no database yet, brings it up to date where its addons have changed, and does nothing
where they have not. A first installation happens under another name, so that an interruption leaves no half database.
"""
import contextlib
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
from psycopg2 import sql

SUITE = Path(os.environ.get("SUITE_ADDONS_PATH", "/opt/suite/addons"))
DATA = Path(os.environ.get("ODOO_DATA_DIR", "/var/lib/odoo"))
ODOO = os.environ.get("SUITE_ODOO", "odoo").split()
ADDONS = os.environ["SUITE_ADDONS"]
LANGUAGES = os.environ["SUITE_LANGUAGES"]
DATABASE = os.environ["PGDATABASE"]
DRAFT = f"{DATABASE}_draft"
FINGERPRINT = "suite.fingerprint"
PATIENCE = 60
#: For pg_advisory_lock: two that prepare at once would meet in the same draft.
LOCK = 190042


def main():
    with connect("postgres") as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [LOCK])
        if not exists(cursor, DATABASE):
            install(cursor)
        elif fingerprint() != stored():
            print(f"bringing {DATABASE} up to date", flush=True)
            odoo("-d", DATABASE, "-i", ADDONS, "-u", ADDONS, "--i18n-overwrite")
        else:
            print(f"{DATABASE} is up to date", flush=True)
            return
    remember()


def install(cursor):
    password = os.environ.get("SUITE_ADMIN_PASSWORD")
    if not password:
        sys.exit("SUITE_ADMIN_PASSWORD is empty: a new database needs a password for its administrator.")
    print(f"installing {ADDONS} into the new database {DATABASE}", flush=True)
    cursor.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(DRAFT)))
    odoo("-d", DRAFT, "-i", ADDONS, "--load-language", LANGUAGES, "--without-demo", "all")
    odoo("shell", "-d", DRAFT, script=(
        "import os\n"
        "env.ref('base.user_admin').password = os.environ['SUITE_ADMIN_PASSWORD']\n"
        # Printed forms fetch their style from here; the outside address may not be reached from inside.
        "if url := os.environ.get('SUITE_REPORT_URL'):\n"
        "    env['ir.config_parameter'].set_param('report.url', url)\n"
        "env.cr.commit()\n"))
    cursor.execute(sql.SQL("alter database {} rename to {}").format(sql.Identifier(DRAFT), sql.Identifier(DATABASE)))
    filestore = DATA / "filestore"
    if (filestore / DRAFT).exists():
        (filestore / DRAFT).rename(filestore / DATABASE)


def odoo(*arguments, script=None):
    verb = [arguments[0]] if script else []
    options = [] if script else ["--stop-after-init", "--max-cron-threads=0"]
    environment = {name: value for name, value in os.environ.items() if name != "PGDATABASE"}
    subprocess.run([*ODOO, *verb, *arguments[len(verb):], "--no-http", "--workers=0", *options],
                   input=script, text=True, check=True, env=environment)


@contextlib.contextmanager
def connect(database):
    """A cursor that commits each statement; waits for a server that is just starting."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection = psycopg2.connect(dbname=database)
            break
        except psycopg2.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(1)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def exists(cursor, database):
    cursor.execute("select 1 from pg_database where datname = %s", [database])
    return bool(cursor.fetchone())


def fingerprint():
    """Digest of the addons, as far as they leave something in a database, and of their selection."""
    digest = hashlib.sha256(ADDONS.encode())
    for file in sorted(SUITE.rglob("*")):
        if file.is_file() and not {"tests", "__pycache__"} & set(file.relative_to(SUITE).parts):
            digest.update(str(file.relative_to(SUITE)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def stored():
    with connect(DATABASE) as cursor:
        cursor.execute("select value from ir_config_parameter where key = %s", [FINGERPRINT])
        row = cursor.fetchone()
    return row and row[0]


def remember():
    with connect(DATABASE) as cursor:
        cursor.execute("insert into ir_config_parameter (key, value) values (%s, %s) "
                       "on conflict (key) do update set value = excluded.value", [FINGERPRINT, fingerprint()])


if __name__ == "__main__":
    main()
