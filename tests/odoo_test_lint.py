"""Odoo's own ``test_lint``, held against our addons only."""
import contextlib
import functools
import importlib
import logging
import sys
import types
from pathlib import Path
from unittest.mock import patch

from odoo.modules import module
from odoo.tools import config

import database
from place import ADDONS

PACKAGE = "odoo.addons.test_lint.tests"


def load(name):
    """A module of ``test_lint``, without the package's ``__init__``, which wants pylint in Odoo's environment."""
    if str(ADDONS) not in config["addons_path"]:
        config["addons_path"] = [*config["addons_path"], str(ADDONS)]
        module.initialize_sys_path()
    if PACKAGE not in sys.modules:
        package = types.ModuleType(PACKAGE)
        package.__path__ = [str(folder())]
        sys.modules[PACKAGE] = package
    return importlib.import_module(f"{PACKAGE}.{name}")


def folder():
    """Where Odoo keeps the tests of ``test_lint``."""
    import odoo.addons.test_lint
    return Path(odoo.addons.test_lint.__file__).parent / "tests"


def ours():
    return sorted(database.manifests())


@contextlib.contextmanager
def only_our_addons():
    """Let ``test_lint`` see no addon but ours."""
    manifests = [module.Manifest.for_addon(name) for name in ours()]
    with (patch.object(module.Manifest, "all_addon_manifests", staticmethod(lambda: manifests)),
          patch("odoo.modules.get_modules", ours), _patched_name("get_modules", ours)):
        yield


@contextlib.contextmanager
def _patched_name(name, value):
    """Replace a function where the modules of ``test_lint`` have imported it by name."""
    with contextlib.ExitStack() as stack:
        for key, loaded in list(sys.modules.items()):
            if key.startswith(f"{PACKAGE}.") and hasattr(loaded, name):
                stack.enter_context(patch.object(loaded, name, value))
        yield


def run(module_name, class_name, method, **attributes):
    """Run one test of ``test_lint`` and return its complaints; what it only logs as a warning is one, too.

    Complaints of its sub-tests about addons that are not ours are left out.
    """
    cls = getattr(load(module_name), class_name)
    case = cls(method)
    for name, value in attributes.items():
        setattr(case, name, value)
    complaints = []
    case.subTest = functools.partial(_sub_test, complaints)
    said = _Said(complaints)
    logger = logging.getLogger(PACKAGE)
    logger.addHandler(said)
    try:
        with only_our_addons(), patch.object(logger, "disabled", False), patch.object(logger, "level", logging.INFO):
            getattr(case, method)()
    except Exception as error:  # whatever the test raises is its complaint
        complaints.append(str(error) or repr(error))
    finally:
        logger.removeHandler(said)
    return complaints


@contextlib.contextmanager
def _sub_test(complaints, *message, **params):
    try:
        yield
    except Exception as error:
        if params.get("module") in (None, *ours()):
            complaints.append(f"{params}: {error}")


class _Said(logging.Handler):
    def __init__(self, complaints):
        super().__init__(logging.WARNING)
        self.complaints = complaints

    def emit(self, record):
        self.complaints.append(record.getMessage())
