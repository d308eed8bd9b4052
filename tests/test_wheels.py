"""Addons are installed by pip, as OCA's are: wheels in a fresh environment, a fresh database, no addons_path."""
import os
import shutil
import subprocess
import venv

import pytest

import database
import place
import postgres
import server
import wheels

ADDON = "order_sla_robot"
SEEN = """
from odoo.modules.module import get_module_path
print("PATH", get_module_path("order_sla_robot"))
print("STATES", *env["ir.module.module"].search([("name", "in", {names!r})]).mapped("state"))
print("TERM", env["ir.model"].with_context(lang="zh_CN")._get("sla.robot").name)
"""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """A fresh environment with Odoo and its packages, the wheels of one addon and of what it stands on."""
    folder = tmp_path_factory.mktemp("wheels")
    built = wheels.build(ADDON, folder / "dist")
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    packages = next((folder / "env").glob("lib/python*/site-packages"))
    suite = next(place.VENV.glob("lib/python*/site-packages"))
    (packages / "odoo.pth").write_text(f"{suite}\n{place.ODOO_UNPACKED}\n")
    wheels.install(built, python)
    return folder, python, built


def test_wheel_of_each_addon_below(fresh):
    """STYLE: an addon's wheel comes with those of the suite that it stands on, none other."""
    _folder, _python, built = fresh
    names = [wheel.name.split("-")[0] for wheel in built]
    assert names == [f"odoo_addon_{name}" for name in database.suite_closure([ADDON])]


def test_installed_by_pip(fresh):
    """STYLE: Odoo finds the addons of the wheels without addons_path, installs them and speaks Chinese."""
    folder, python, _built = fresh
    name = f"wheels_{os.getpid()}"
    lines = server.configuration().read_text().splitlines()
    conf = folder / "odoo.conf"
    conf.write_text("\n".join(line for line in lines if not line.startswith("addons_path")) + "\n")
    odoo = [python, "-m", "odoo"]
    options = ["-c", conf, "-d", name, "--no-http", "--log-level=error"]
    environment = server.environment()  # Odoo's code is compiled already; what is of the wheels goes again below
    database.clone(database.base_template(), name)
    try:
        subprocess.run([*odoo, *options, "-i", ADDON, "--stop-after-init", "--max-cron-threads=0"],
                       check=True, env=environment, cwd=folder)
        script = SEEN.format(names=database.suite_closure([ADDON]))
        seen = subprocess.run([*odoo, "shell", *options], check=True, env=environment, cwd=folder, text=True,
                              input=script, capture_output=True).stdout
    finally:
        database.drop(name)
        shutil.rmtree(f"{environment['PYTHONPYCACHEPREFIX']}{folder}", ignore_errors=True)
    assert postgres.exists(name) is False
    said = dict(line.split(" ", 1) for line in seen.splitlines() if line.startswith(("PATH", "STATES", "TERM")))
    assert said["PATH"].startswith(str(folder / "env"))
    assert set(said["STATES"].split()) == {"installed"}
    assert said["TERM"] == "群机器人"
