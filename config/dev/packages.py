"""System packages: installed when we are root, else named with the one command that brings them."""
import importlib.util
import os
import shutil
import sys
from contextlib import contextmanager
from ctypes.util import find_library
from pathlib import Path

from place import LOG
from talk import Stop, output, run, say, step

FONTS = Path("/usr/share/fonts/opentype/noto")
MICRO_HEI = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
#: The distribution's own. One built from its sources (as by pyenv) takes an eighth longer for our tests.
DISTRIBUTION_PYTHON = "/usr/bin/python3"
#: Whether a Python makes environments, and is of a version that Odoo 19 runs on.
IS_FIT = "import ensurepip, sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))"


def base_python():
    """The Python that environments are made from: the distribution's, else the one that runs us; None if neither is
    fit."""
    return next((python for python in (DISTRIBUTION_PYTHON, sys.executable)
                 if output(python, "-c", IS_FIT) is not None), None)


def postgres_bin(name):
    """Path of a program of the newest PostgreSQL server on this machine, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[-3]))
    return found[-1] if found else shutil.which(name)


def _missing(testing):
    needed = {
        "python3-venv": importlib.util.find_spec("ensurepip") or base_python(),
        "postgresql": os.environ.get("PGHOST") or postgres_bin("initdb"),
        "postgresql-client": shutil.which("psql"),
        "wkhtmltopdf": shutil.which("wkhtmltopdf"),
        "fonts-noto-cjk": FONTS.exists() and any(FONTS.glob("NotoSansCJK*")),
        # The printed forms: what is copied from Noto's PDFs is not ordinary Chinese (see the forms' style sheets).
        "fonts-wqy-microhei": MICRO_HEI.exists(),
        "debian-archive-keyring": Path("/usr/share/keyrings/debian-archive-keyring.gpg").exists(),
    }
    if testing:
        needed |= {
            "chromium": shutil.which("chromium") or shutil.which("google-chrome"),
            "chromium-headless-shell": shutil.which("chromium-headless-shell"),
            "nginx-light": shutil.which("nginx") or Path("/usr/sbin/nginx").exists(),
            "poppler-utils": shutil.which("pdftoppm"),
            # Decoders that read our labels back.
            "libzbar0": find_library("zbar"),
            "libdmtx0b": find_library("dmtx"),
        }
    return [name for name, there in needed.items() if not there]


def ensure(testing=False):
    """Make sure that the programs we call are on this machine.

    Raise Stop, with the apt command to run, where an ordinary user lacks some.
    """
    missing = _missing(testing)
    if not missing:
        return
    command = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    if not shutil.which("apt-get"):
        raise Stop(f"this machine lacks {', '.join(missing)}, and has no apt to bring them.")
    if os.geteuid() != 0:
        raise Stop(f"system packages are missing: {', '.join(missing)}.\nBring them with:\n\n"
                   f"    sudo apt-get update && sudo {command}\n\nand run the same make command again.")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with step(f"system packages: {', '.join(missing)}"), _system_services_untouched():
        log = LOG / "apt.log"
        run("apt-get", "update", log=log, env=environment)
        absent = [name for name in missing if "Candidate: (none)" in (output("apt-cache", "policy", name) or "(none)")
                  or not output("apt-cache", "policy", name)]
        if absent:
            say(f"    this system does not offer {', '.join(absent)}; going on without")
            command = " ".join(word for word in command.split() if word not in absent)
        if set(missing) - set(absent):
            run(*command.split(), log=log, env=environment)


def warn_of_printing():
    """Say what the forms will lack that this machine prints; wkhtmltopdf itself leaves it out without an error."""
    version = output("wkhtmltopdf", "--version")
    if version is None:
        say("    wkhtmltopdf is missing: nothing can be printed.")
    elif "with patched qt" not in version:
        say("    This wkhtmltopdf is built without the patched Qt: PDFs will have no page numbers, no header and\n"
            "    footer, the head of a table is not repeated on the next page, and Odoo's own forms print one at a\n"
            "    time. The Docker image has the patched one (0.12.6.1).")


@contextmanager
def _system_services_untouched():
    """Installing PostgreSQL or nginx must not start a server of the system's own."""
    files = {}
    if not Path("/usr/lib/postgresql").exists():
        files[Path("/etc/postgresql-common/createcluster.d/no-main-cluster.conf")] = "create_main_cluster = false\n"
    policy = Path("/usr/sbin/policy-rc.d")
    if not policy.exists():
        files[policy] = "#!/bin/sh\nexit 101\n"
    for file, content in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
        file.chmod(0o755)
    try:
        yield
    finally:
        for file in files:
            file.unlink(missing_ok=True)
