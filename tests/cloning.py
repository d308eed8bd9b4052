"""Databases of a test's own, for tests that must commit."""
import contextlib
import os
import subprocess
import uuid

import database
import postgres
import server


class Clone:
    """A clone of the run's template.

    ``name`` is the database's. Records are reached through :meth:`env`, which commits; :meth:`cursor` gives a real
    connection (two calls, two transactions); :meth:`start` and :meth:`run` execute a script in another process.
    """

    def __init__(self, name):
        self.name, self._is_known = name, False

    @property
    def registry(self):
        """The registry: loaded on first use (some seconds), or the one that an earlier clone has left."""
        from odoo.modules.registry import Registry
        from odoo.tools import config
        if not self._is_known:
            self._take_over(Registry.registries.get(self.name))
            self._is_known = True
        if self.name not in Registry.registries:
            # With it, loading would run the addons' own tests.
            enabled, config["test_enable"] = config["test_enable"], False
            try:
                Registry(self.name)
            finally:
                config["test_enable"] = enabled
        return Registry(self.name)

    def _take_over(self, registry):
        """Go on with the registry of an earlier clone, if the addons are still the same: its caches are not."""
        if not registry:
            return
        if registry.registry_sequence != self.revision:
            self.forget()
            return
        registry.clear_all_caches()
        registry.cache_invalidated.clear()
        registry.setup_signaling()

    @property
    def revision(self):
        """A number that grows when addons, models or fields change."""
        return int(postgres.psql(self.name, "SELECT max(id) FROM orm_signaling_registry"))

    def is_as_made(self, revision):
        """Whether a registry is loaded, and neither this process nor another has changed addons, models or fields."""
        from odoo.modules.registry import Registry
        registry = Registry.registries.get(self.name)
        return bool(registry) and not registry.registry_invalidated and self.revision == revision

    def forget(self):
        """Let the next look at the database be with a fresh registry: its addons were changed from outside."""
        from odoo.modules.registry import Registry
        self.close()
        Registry.delete(self.name)

    def close(self):
        """End this process's connections."""
        import odoo.sql_db
        odoo.sql_db.close_db(self.name)

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


#: Names of clones that were dropped as they had been made, by template: this process still has their registry.
_names = {}


@contextlib.contextmanager
def cloned_database(template=None):
    """A fresh clone of ``template`` (default: the one of this run), dropped at the end."""
    template = template or os.environ.get("SUITE_TEMPLATE")
    if not template:
        raise RuntimeError("SUITE_TEMPLATE is not set: start the tests with `make test`.")
    names = _names.setdefault(template, [])
    clone = Clone(names.pop() if names else f"clone_{uuid.uuid4().hex[:8]}")
    database.clone(template, clone.name)
    revision = clone.revision
    try:
        yield clone
    finally:
        if clone.is_as_made(revision):
            clone.close()
            names.append(clone.name)
        else:
            clone.forget()
        database.drop(clone.name)
