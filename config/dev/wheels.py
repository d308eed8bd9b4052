"""Wheels: each addon as a package that pip installs, as OCA's addons come (``odoo-addon-<name>``).

They are built by OCA's builder, whool, from copies of the addons: what it asks for beside a manifest is not kept in
every addon's folder.
"""
import shutil
import subprocess
import tempfile
from pathlib import Path

import database
import odoo_home
from place import ADDONS, HOME
from talk import Stop, say, step

BUILDER = HOME / "builder"
WHEELS = HOME / "wheels"
PROJECT = '[build-system]\nrequires = ["whool"]\nbuild-backend = "whool.buildapi"\n'
#: Runs in the builder's environment: one process for all of them.
BUILD = """
import os, sys
from whool import buildapi
out, *folders = sys.argv[1:]
for folder in folders:
    os.chdir(folder)
    print(buildapi.build_wheel(out), flush=True)
"""


def build(addons=None, folder=WHEELS):
    """Build the wheels of some addons and of those of the suite that they stand on, or of all that are for users.

    :return: their paths
    """
    python = odoo_home.ensure_venv(BUILDER, "builder of wheels", "wheels")
    names = [name for name in database.suite_closure(database.selected(addons)) if addons or name != database.DEMO]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with step(f"wheels of {len(names)} addons"), tempfile.TemporaryDirectory() as scratch:
        for name in names:
            shutil.copytree(ADDONS / name, Path(scratch) / name, ignore=shutil.ignore_patterns("__pycache__"))
            (Path(scratch) / name / "pyproject.toml").write_text(PROJECT)
        done = subprocess.run([python, "-c", BUILD, folder, *(Path(scratch) / name for name in names)],
                              capture_output=True, text=True)
        if done.returncode:
            raise Stop(f"no wheels:\n{done.stdout[-1000:]}\n{done.stderr[-3000:]}")
    return sorted(folder.glob("*.whl"))


def install(wheels, python):
    """Install wheels, and nothing that they ask for, into another environment."""
    pip = [BUILDER / "bin" / "python", "-m", "pip", "--python", python, "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", *wheels], check=True)


def wheels(addons=None):
    """Build and say how they are installed."""
    found = build(addons)
    say(f"\n{len(found)} wheels lie in {WHEELS}. In the environment of an Odoo 19:\n\n"
        f"    pip install --no-deps -r config/requirements/addons.txt\n"
        f"    pip install --no-deps {WHEELS}/*.whl\n\n"
        "Odoo finds them without addons_path; update the list of apps and install what you need.")
