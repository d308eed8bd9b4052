"""A real Odoo 19 Community: the one that is there, else Debian's package unpacked into our folder."""
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

from packages import base_python
from place import HOME, LOG, ODOO_ROOT, ODOO_UNPACKED, PYTHON, REQUIREMENTS, VENV, Stamp, alone
from talk import Stop, output, run, say, step

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
#: Debian's package links to fonts and libraries of these packages.
LINKED = {
    "sid": ["odoo-19", "fonts-montserrat"],
    "bookworm": ["libjs-jquery", "libjs-jquery-form", "libjs-underscore", "fonts-glyphicons-halflings",
                 "fonts-inconsolata", "fonts-font-awesome", "fonts-roboto-unhinted", "fonts-ocr-b"],
}
#: Left out of Debian's package for its licence; without it the web client's console complains.
SEGMENTATION = "@mediapipe/selfie_segmentation@0.1.1675465747"
SEGMENTATION_FILE = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def ensure():
    """Have Odoo 19 and its Python packages in the virtual environment."""
    ensure_venv(VENV, "Python packages of Odoo, the suite and its tests", "odoo", "addons", "test")
    home = os.environ.get("ODOO_HOME")
    if home:
        if not (Path(home) / "odoo" / "release.py").exists():
            raise Stop(f"ODOO_HOME={home} is no Odoo: it has no odoo/release.py.")
        _point_to(Path(home))
    elif not _importable():
        with alone("odoo"):
            if not (ODOO_UNPACKED / "odoo" / "release.py").exists():
                _unpack()
            _point_to(ODOO_UNPACKED)
    _check_version()


def ensure_venv(folder, title, *names):
    """A Python environment with the pinned packages of the named requirement files; its python."""
    python = folder / "bin" / "python"
    files = [REQUIREMENTS / f"{name}.txt" for name in names]
    stamp = Stamp(folder.name, *files)
    if stamp.fresh and python.exists():
        return python
    with alone(folder.name):
        if stamp.fresh and python.exists():
            return python
        stamp.drop()
        with step(title):
            if not _works(python):
                shutil.rmtree(folder, ignore_errors=True)
                run(base_python() or "python3", "-m", "venv", folder, log=LOG / "venv.log")
            # What addons of others ask for is not brought: they name an "odoo" distribution, which PyPI does not have.
            addons = [file for file in files if file.stem == "addons"]
            for wanted, options in (([file for file in files if file not in addons], []), (addons, ["--no-deps"])):
                if wanted:
                    run(python, "-m", "pip", "install", "--quiet", *options,
                        *[word for file in wanted for word in ("-r", file)], log=LOG / "pip.log")
        stamp.set()
    return python


def _works(python):
    """Whether an environment is complete; one that an interruption left behind has no pip."""
    return output(python, "-m", "pip", "--version") is not None


def _importable():
    """Whether an Odoo that somebody installed in our environment is found without our help."""
    pth = _pth()
    if pth.exists() and not (ODOO_UNPACKED / "odoo" / "release.py").exists():
        pth.unlink()
    return output(PYTHON, "-c", "import odoo.release") is not None


def addons_folders():
    """Folders of Odoo's own addons."""
    home = Path(_pth().read_text().strip()) if _pth().exists() else _pth().parent
    return [folder for folder in (home / "odoo" / "addons", home / "addons") if folder.is_dir()]


def _pth():
    return next((VENV / "lib").glob("python3*")) / "site-packages" / "odoo.pth"


def _point_to(folder):
    if not _pth().exists() or _pth().read_text() != f"{folder}\n":
        _pth().write_text(f"{folder}\n")


def _check_version():
    version = (output(PYTHON, "-c", "import odoo.release as r; print(r.version)") or "").strip()
    if not version.startswith("19.0"):
        raise Stop(f"the suite needs Odoo 19.0, but the Odoo found is {version or 'broken'}.")


def _mirror():
    """Address of a Debian mirror: DEBIAN_MIRROR, else the one this machine's apt uses."""
    if os.environ.get("DEBIAN_MIRROR"):
        return os.environ["DEBIAN_MIRROR"]
    targets = output("apt-get", "indextargets", "--format", "$(ORIGIN) $(LABEL) $(SITE)", "Created-By: Packages")
    for line in (targets or "").splitlines():
        match = re.match(r"Debian Debian (\S+)$", line)
        if match:
            return match[1]
    raise Stop("no Odoo 19 is here, and apt knows no Debian mirror to fetch one from.\n"
               "Give either ODOO_HOME=<folder of an Odoo 19> or DEBIAN_MIRROR=<address of a Debian mirror>.")


def _unpack():
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        raise Stop("no Odoo 19 is here, and this machine has no apt and dpkg to fetch one.\n"
                   "Give ODOO_HOME=<folder of an Odoo 19>.")
    # apt runs against lists and a cache of our own, so that the machine's apt stays as it is.
    apt = HOME / "apt"
    for folder in ("lists/partial", "cache/archives/partial"):
        (apt / folder).mkdir(parents=True, exist_ok=True)
    mirror = _mirror()
    (apt / "sources.list").write_text("".join(
        f"deb [signed-by={KEYRING}] {mirror} {suite} main\n" for suite in LINKED))
    options = [word for option in (
        f"Dir::Etc::sourcelist={apt / 'sources.list'}", "Dir::Etc::sourceparts=-",
        f"Dir::State::lists={apt / 'lists'}", f"Dir::Cache={apt / 'cache'}", "Acquire::Languages=none",
        "APT::Sandbox::User=root",
    ) for word in ("-o", option)]
    log = LOG / "odoo.log"
    with step("lists of Debian's packages"):
        run("apt-get", *options, "update", log=log)
    with step("fetching Odoo 19 (about 130 MB)"):
        wanted = [f"{name}/{suite}" for suite, names in LINKED.items() for name in names]
        run("apt-get", *options, "download", *wanted, cwd=apt / "cache" / "archives", log=log)
    with step("unpacking Odoo 19"):
        fresh = ODOO_ROOT.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        for package in sorted((apt / "cache" / "archives").glob("*.deb")):
            run("dpkg", "-x", package, fresh, log=log)
        _add_segmentation(fresh / ODOO_UNPACKED.relative_to(ODOO_ROOT))
        shutil.rmtree(ODOO_ROOT, ignore_errors=True)
        fresh.rename(ODOO_ROOT)
    shutil.rmtree(apt)


def _add_segmentation(odoo):
    folder = HOME / "npm"
    folder.mkdir(exist_ok=True)
    try:
        npm("pack", "--silent", SEGMENTATION, cwd=folder, log=LOG / "npm.log")
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            content = archive.extractfile("package/selfie_segmentation.js").read()
        (odoo / SEGMENTATION_FILE).parent.mkdir(parents=True, exist_ok=True)
        (odoo / SEGMENTATION_FILE).write_bytes(content)
    except (Stop, OSError, StopIteration, subprocess.SubprocessError) as error:
        say(f"    going on without {SEGMENTATION} (browser tests may complain of it): {error}")
    shutil.rmtree(folder, ignore_errors=True)


def npm(*arguments, **options):
    """npm of the virtual environment, so that no system package is needed for it."""
    environment = os.environ | {"PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    return run(VENV / "bin" / "npm", *arguments, env=environment, **options)
