"""What the Makefile calls: ``python3 config/dev TARGET [NAME=value ...]``."""
import os
import shlex
import sys

import core as core_tests
import database
import load as loads
import odoo_home
import packages
import postgres
import scale as scales
import server
import skeleton
import testing
import uninstall as uninstalls
import upgrade as upgrades
import wheels as wheel_builder
from talk import Stop, end_like_interrupted, fail, say

DEMO_DATABASE = "suite"
DEFAULT_PORT = "8069"


def _setting(name, default=None):
    return os.environ.get(name) or default


def _need(name):
    value = _setting(name)
    if not value:
        raise Stop(f"say which: {name}=<value>")
    return value


def _set_up(tests=False):
    packages.ensure(testing=tests)
    odoo_home.ensure()
    postgres.start()


def run():
    """Start the suite with the demo company."""
    _set_up()
    name, port = _setting("DB", DEMO_DATABASE), _setting("PORT", DEFAULT_PORT)
    database.ensure(name)
    server.start(name, port)
    logins = database.demo_logins(name)
    say(f"\nThe suite runs on http://localhost:{port}\n\n    administrator (English): admin / admin")
    if logins:
        say("    demo users (Chinese), password demo:")
        for login, person in logins:
            say(f"        {login:<12} {person}")
    packages.warn_of_printing()
    say("\nStop it with: make stop")


def test():
    """Everything under pytest; ADDONS=a,b for some addons, ARGS for pytest."""
    _set_up(tests=True)
    return testing.test(_setting("ADDONS"), shlex.split(_setting("ARGS") or ""))


def db():
    """A fresh database with the suite."""
    _set_up()
    name = _need("DB")
    database.create(name, _setting("ADDONS"), demo=_setting("DEMO", "1") != "0",
                    language=os.environ.get("LOAD_LANG", database.LANGUAGE) or database.LANGUAGE)
    say(f"\nDatabase {name} is ready: make serve DB={name} PORT=8069")


def shell():
    """A script from standard input in Odoo's shell."""
    _set_up()
    return server.shell(_need("DB"))


def serve():
    """Serve a database in the background."""
    _set_up()
    name, port = _need("DB"), _setting("PORT", DEFAULT_PORT)
    if not postgres.exists(name):
        raise Stop(f"there is no database {name}. Make it with: make db DB={name}")
    server.start(name, port)
    say(f"\n{name} runs on http://localhost:{port}")


def stop():
    """Stop the servers and the private PostgreSQL."""
    server.stop()
    postgres.stop()


def lint():
    """All linters; ADDONS=a,b for some addons, FIX=1 to repair what can be repaired."""
    packages.ensure(testing=False)
    odoo_home.ensure()
    return testing.lint(_setting("ADDONS"), _setting("FIX", "0") != "0", shlex.split(_setting("ARGS") or ""))


def bench():
    """Benchmarks, each with its baseline of the same run; ONLY=part of a name."""
    _set_up()
    return testing.bench(_setting("ONLY"))


def core():
    """Core's own tests with the suite against without it; MODULES=a,b for some modules."""
    _set_up(tests=True)
    return core_tests.core(_setting("MODULES"))


def upgrade():
    """The demo company of an earlier revision, FROM=<commit>, upgraded to this tree: is anything lost?"""
    _set_up()
    return upgrades.upgrade(_need("FROM"))


def load():
    """A mixed day of 8 and of 24 users on the production topology, with servers killed; SIZE=0.2 for a fifth of it."""
    _set_up(tests=True)
    return loads.load(_setting("DB", DEMO_DATABASE), _setting("SIZE", "1"))


def scale():
    """The demo company many times over, every menu opened at each size; COPIES=1,30,700 for the sizes."""
    _set_up()
    return scales.scale(_setting("COPIES"))


def uninstall():
    """Each addon taken off, alone and in random orders (ORDERS=2, ORDERS=:seed,seed); ONLY=a,b or - for those alone."""
    _set_up()
    return uninstalls.uninstall(_setting("ORDERS"), _setting("ONLY"), _setting("DB"))


def addon():
    """The skeleton of a new addon, NAME=x."""
    skeleton.make(_need("NAME"))


def wheels():
    """A wheel of each addon; ADDONS=a,b for some, with those that they stand on."""
    packages.ensure(testing=False)
    wheel_builder.wheels(_setting("ADDONS"))


def clean():
    """Remove what set-up made."""
    testing.clean()


TARGETS = {target.__name__: target for target in (
    run, test, db, shell, serve, stop, lint, bench, core, upgrade, load, scale, uninstall, addon, wheels, clean)}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in TARGETS:
        fail(f"say one of: {', '.join(TARGETS)}")
    end_like_interrupted()
    try:
        sys.exit(TARGETS[sys.argv[1]]() or 0)
    except Stop as error:
        fail(error)
    except KeyboardInterrupt:
        fail("interrupted. Run the same command again; it goes on where it stopped.")
