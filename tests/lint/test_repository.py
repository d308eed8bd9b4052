"""What must not be committed: generated files, binaries, secrets, places of one machine, addresses of registries."""
import re
import subprocess

import pytest

from place import ROOT

PICTURES = (".png", ".jpg", ".svg", ".webp", ".ico", ".gif")
#: Pictures belong to an addon's description or its client.
PICTURE_FOLDERS = re.compile(r"^addons/\w+/(static|demo)/")
LARGEST = 1_000_000
GENERATED = re.compile(r"(^|/)(__pycache__|node_modules|\.local)/|\.(pyc|mo|zip|tar|gz|sqlite|dump|log|orig|rej)$")
FORBIDDEN = {
    "an absolute path of one machine": r"(?<![\w.$}])/(?:home|root|work|Users|private/tmp)/\w",
    "the address of a registry": r"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs|npmmirror|deb\.debian\.org|"
                                 r"docker\.io|ghcr\.io|quay\.io|gcr\.io)\b",
    "a conflict marker": r"^(?:<{7} |>{7} |={7}$)",
    "a private key": r"BEGIN [A-Z ]*PRIVATE KEY",
    "a token": r"\b(?:ghp_|glpat-|sk-|AKIA)[A-Za-z0-9]{16,}",
}


def committed():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True)
    if listed.returncode:
        pytest.skip("this is no git checkout")
    return [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_only_sources_are_committed():
    """STYLE: no generated file, no large file, no picture outside an addon's static folder."""
    names = committed()
    assert names
    wrong = [name for name in names if GENERATED.search(name) or (ROOT / name).stat().st_size > LARGEST]
    wrong += [name for name in names if name.endswith(PICTURES) and not PICTURE_FOLDERS.match(name)]
    assert not wrong


def test_texts_are_clean():
    """STYLE: no secret, no path of one machine, no address of a registry, nothing binary."""
    wrong = []
    for name in committed():
        if name.endswith(PICTURES) or name == "tests/lint/test_repository.py":
            continue
        content = (ROOT / name).read_bytes()
        if b"\0" in content:
            wrong.append(f"{name} is binary")
            continue
        text = content.decode()
        wrong += [f"{name}:{text.count(chr(10), 0, match.start()) + 1} has {what}: {match[0]}"
                  for what, pattern in FORBIDDEN.items() for match in re.finditer(pattern, text, re.MULTILINE)]
    assert not wrong, "\n".join(wrong)
