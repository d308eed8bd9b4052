"""Where things are. Everything that set-up makes lies under one ignored folder."""
import fcntl
import hashlib
import os
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"
REQUIREMENTS = ROOT / "config" / "requirements"
#: Several checkouts may share one set-up (Odoo, Python packages, databases) through SUITE_HOME.
HOME = Path(os.environ.get("SUITE_HOME") or ROOT / ".local").resolve()
ODOO_ROOT = HOME / "odoo"
ODOO_UNPACKED = ODOO_ROOT / "usr" / "lib" / "python3" / "dist-packages"
VENV = HOME / "venv"
PYTHON = VENV / "bin" / "python"
DATA = HOME / "data"
LOG = HOME / "log"
STATE = HOME / "state"


@contextmanager
def alone(what):
    """Two commands at once must not make the same thing twice; the second one waits."""
    STATE.mkdir(parents=True, exist_ok=True)
    with (STATE / f"lock-{what}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fingerprint(*parts):
    """Short digest of strings, of files and of folders with all that lies in them."""
    digest = hashlib.sha256()
    for part in parts:
        if not isinstance(part, Path):
            digest.update(str(part).encode())
            continue
        files = sorted(part.rglob("*")) if part.is_dir() else [part]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(part.parent)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


class Stamp:
    """Remembers that a step was finished with given ingredients, so that it is done once."""

    def __init__(self, name, *ingredients):
        self.path = STATE / name
        self.value = fingerprint(*ingredients)

    @property
    def fresh(self):
        return self.path.exists() and self.path.read_text() == self.value

    def set(self):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.value)

    def drop(self):
        self.path.unlink(missing_ok=True)
