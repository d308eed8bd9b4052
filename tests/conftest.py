"""What every test of ``tests/`` finds ready.

*Plain classes.* Odoo gives ``test_tags`` and ``test_module`` only to classes inside ``odoo.addons``; a
``TransactionCase`` or ``HttpCase`` of this folder gets them here (module ``tests``, tag ``post_install``). Test files
are ordinary modules: no ``__init__.py``, no relative import, names that are unique below ``tests/``.

*Our own tools.* ``config/dev`` can be imported (``import database``, ``import place``), and so can the modules of this
folder (``from cloning import cloned_database``).

*Tests that must commit* (two connections, a killed process, a server beside the test) work on a database of their
own, a clone of the template that the run was started with, dropped afterwards together with its filestore::

    def test_two_workers(cloned_database):              # a plain pytest function: the fixture
        with cloned_database.env() as env:              # commits when the block ends well
            env["res.partner"].create({"name": "A"})

    class TestKilled(BaseCase):                          # unittest style: the context manager
        @classmethod
        def setUpClass(cls):
            super().setUpClass()
            cls.clone = cls.enterClassContext(cloned_database())

A clone takes about two seconds, the first of a process some more; see ``cloning.Clone`` for what it offers. Tests of
``addons/`` must not use it: they also run under Odoo's own runner, which knows nothing of this folder.
"""
import os
import sys
import uuid
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent

for folder in (HERE, HERE.parent / "config" / "dev"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))


def pytest_configure(config):
    if config.pluginmanager.hasplugin("odoo"):
        _tag_plain_classes()


def _tag_plain_classes():
    """Let classes outside ``odoo.addons`` carry the attributes that Odoo's test classes read."""
    from odoo.tests.common import BaseCase  # the linters run without the plugin, and need not load Odoo

    original = BaseCase.__init_subclass__.__func__

    def __init_subclass__(cls, **kwargs):
        original(cls, **kwargs)
        if not cls.__module__.startswith("odoo."):
            if getattr(cls, "test_tags", None) is None:
                cls.test_tags = {"standard", "post_install"}
            cls.test_module = "tests"

    BaseCase.__init_subclass__ = classmethod(__init_subclass__)


@pytest.fixture
def cloned_database():
    """A database of the test's own, in which it may commit; see :class:`cloning.Clone`."""
    import cloning

    with cloning.cloned_database() as clone:
        yield clone


@pytest.fixture(scope="session")
def demo_database():
    """A database with the demo company, to be cloned: it takes a minute and a half, so there is one of a run.

    The workers of `make test` share it under the name that this gave them, and who gave it drops it.
    """
    import database
    from place import alone

    shared = os.environ.get("SUITE_DEMO")
    name = shared or f"demo_{uuid.uuid4().hex[:8]}"
    try:
        with alone("demo"):
            database.ensure(name)
        yield name
    finally:
        if not shared:
            database.drop(name)


@pytest.fixture(scope="session")
def demo(demo_database):
    """A clone of the demo company's database; what a test writes it takes back."""
    import cloning

    with cloning.cloned_database(demo_database) as clone:
        yield clone
