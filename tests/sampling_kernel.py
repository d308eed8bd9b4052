"""The sampling kernel of quality_inspection, loaded by its path: neither Odoo nor the addon's ``__init__`` is needed.

Usage: ``from sampling_kernel import kernel, module``.
"""
import importlib
import importlib.util
import sys
from pathlib import Path

NAME = "quality_sampling_kernel"
FOLDER = Path(__file__).resolve().parents[1] / "addons" / "quality_inspection" / "kernel"


def _load():
    if NAME not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            NAME, FOLDER / "__init__.py", submodule_search_locations=[str(FOLDER)])
        sys.modules[NAME] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[NAME])
    return sys.modules[NAME]


def module(name):
    """A module of the kernel."""
    return importlib.import_module(f"{NAME}.{name}")


kernel = _load()
