"""A new addon: the files that every addon has, drawn from ``config/dev/skeleton``.

In a template's name ``@name`` and in its text ``$name`` stand for the addon; see :func:`words` for the others. The
addon is drawn in ``tests/arrows.py``, as a room on order_sla, unless somebody drew it there already.
"""
import ast
import re
import textwrap
from pathlib import Path
from string import Template

import database
from place import ADDONS, ROOT
from talk import Stop, say

TEMPLATES = Path(__file__).parent / "skeleton"
ARROWS = ROOT / "tests" / "arrows.py"
ROOMS = "    # the rooms\n    {\n"
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def make(name, addons=ADDONS, arrows=ARROWS):
    """Lay out a new addon and draw its arrows; its folder."""
    if not NAME.fullmatch(name) or database.is_test(name):
        raise Stop(f"{name!r} is no name for an addon: small letters, digits and single underscores, not test_...")
    folder = addons / name
    if folder.exists():
        raise Stop(f"there is an addon {name} already.")
    depends = _drawn(name, arrows)
    values = words(name, depends)
    for template in sorted(TEMPLATES.rglob("*.in")):
        target = folder / str(template.relative_to(TEMPLATES)).removesuffix(".in").replace("@name", name)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = Template(template.read_text()).substitute(values)
        target.write_text(_catalogue(text) if target.parent.name == "i18n" else text)
    say(f"addons/{name} is there, on {', '.join(depends)}. Next:\n"
        f"    its arrows and layer in tests/arrows.py, its row in the table of README.md\n"
        f"    its title in i18n/zh_CN.po (待译), its rules from docs/rules.md in its README, each with a test\n"
        f"    make lint ADDONS={name}; make test ADDONS={name}\n"
        f"docs/addon.md says more.")
    return folder


def words(name, depends):
    """What stands for the addon in the templates."""
    parts = name.split("_")
    return {
        "name": name, "model": ".".join(parts), "cls": "".join(part.capitalize() for part in parts),
        "title": " ".join(part.capitalize() for part in parts),
        "version": next(iter(database.shipped().values()))["version"],
        "depends": ", ".join(f'"{depend}"' for depend in depends),
        "depends_text": ", ".join(f"`{depend}`" for depend in depends),
    }


def _catalogue(text):
    """A catalogue of terms as the OCA's hook wants it: sorted by term, places of a term in lines of 78."""
    head, *entries = text.strip().split("\n\n")
    wrapped = []
    for entry in entries:
        lines = entry.splitlines()
        places = " ".join(line.removeprefix("#: ") for line in lines if line.startswith("#: "))
        wrapped.append((
            next(line for line in lines if line.startswith("msgid ")).removeprefix("msgid "),
            "\n".join([lines[0], *textwrap.wrap(
                places, 78, initial_indent="#: ", subsequent_indent="#: ", break_long_words=False), *lines[-2:]])))
    return "\n\n".join([head, *(entry for _term, entry in sorted(wrapped))]) + "\n"


def _drawn(name, arrows):
    """What the addon may stand on by the drawing, as far as it is there; it is drawn first if it was not."""
    text = arrows.read_text()
    values = {target.id: node.value for node in ast.parse(text).body if isinstance(node, ast.Assign)
              for target in node.targets}
    layers, others = ast.literal_eval(values["LAYERS"]), ast.literal_eval(values["OTHERS"])
    known = {addon: depends for layer in layers for addon, depends in layer.items()}
    if name not in known:
        if ROOMS not in text:
            raise Stop(f"{arrows.name} has no layer of rooms. Draw {name} in it by hand, then try again.")
        arrows.write_text(text.replace(ROOMS, f'{ROOMS}        "{name}": {{"order_sla"}},\n', 1))
        return ["order_sla"]
    missing = {addon for addon in known[name] if addon in known and addon not in database.manifests()}
    return sorted(known[name] - missing - others)
