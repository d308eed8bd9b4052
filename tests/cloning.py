"""Databases of a test's own, for tests that must commit."""
import contextlib
import os
import subprocess
import uuid

import database
import server


class Clone:
    """A clone of the run's template.

    ``name`` is the database's. Records are reached through :meth:`env`, which commits; :meth:`cursor` gives a real
    connection (two calls, two transactions); :meth:`start` and :meth:`run` execute a script in another process.
    """

    def __init__(self, name):
        self.name = name

    @property
    def registry(self):
        """The registry, loaded on first use (some seconds)."""
        from odoo.modules.registry import Registry
        from odoo.tools import config
        if self.name not in Registry.registries:
            # With it, loading would run the addons' own tests.
            enabled, config["test_enable"] = config["test_enable"], False
            try:
                Registry(self.name)
            finally:
                config["test_enable"] = enabled
        return Registry(self.name)

    @contextlib.contextmanager
    def cursor(self):
        """A real cursor of a connection of its own: rolled back at the end, unless the test commits."""
        with contextlib.closing(self.registry.cursor()) as cr:
            yield cr

    @contextlib.contextmanager
    def env(self, user=None, **context):
        """An environment (of the superuser by default) in a transaction that commits when the block ends well."""
        import odoo.api
        with self.registry.cursor() as cr:
            yield odoo.api.Environment(cr, user.id if user else odoo.api.SUPERUSER_ID, context)

    def start(self, script, **options):
        """Start a script in Odoo's shell (``env`` is there; it must commit itself) and return the ``Popen``.

        Standard output and error come in one text pipe. Whoever starts it ends it: ``kill()`` and ``wait()``.
        """
        process = subprocess.Popen(
            server.shell_command(self.name),
            **{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True,
               "env": server.environment(), **options})
        process.stdin.write(script)
        process.stdin.close()
        return process

    def run(self, script, timeout=120):
        """Run a script in Odoo's shell and return what it prints; an error in it is one in the test."""
        process = self.start(script)
        try:
            output = process.stdout.read() if process.wait(timeout) is not None else ""
        finally:
            process.kill()
            process.stdout.close()
        if process.returncode:
            raise AssertionError(f"the script ended with code {process.returncode}:\n{output}")
        return output


@contextlib.contextmanager
def cloned_database(template=None):
    """A fresh clone of ``template`` (default: the one of this run), dropped at the end."""
    template = template or os.environ.get("SUITE_TEMPLATE")
    if not template:
        raise RuntimeError("SUITE_TEMPLATE is not set: start the tests with `make test`.")
    clone = Clone(f"clone_{uuid.uuid4().hex[:8]}")
    database.clone(template, clone.name)
    try:
        yield clone
    finally:
        _forget(clone.name)
        database.drop(clone.name)


def _forget(name):
    """Close this process's connections to a database and drop its registry."""
    import odoo.sql_db
    from odoo.modules.registry import Registry
    Registry.delete(name)
    odoo.sql_db.close_db(name)
