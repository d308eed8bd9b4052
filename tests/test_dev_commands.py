"""What ``make`` calls: each command stands in the Makefile, and what it makes or compares is right."""
import ast
import csv
import random
import re
import subprocess
from xml.etree import ElementTree

import polib
import pytest

import database
import server
import skeleton
import uninstall
import upgrade
from place import ROOT
from talk import Stop

COMMANDS = ROOT / "config" / "dev" / "__main__.py"


def commands():
    """Names of the functions that ``config/dev`` can be asked for."""
    for node in ast.parse(COMMANDS.read_text()).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "TARGETS":
            return [name.id for name in node.value.generators[0].iter.elts]
    raise AssertionError("no TARGETS")


def test_makefile_and_readme_name_every_command():
    """STYLE: make knows each command, and the README tells of it."""
    makefile, readme = (ROOT / "Makefile").read_text(), (ROOT / "README.md").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
    rule = re.search(r"^([a-z ]+):$", makefile, re.MULTILINE)[1].split()
    assert phony == rule == commands()
    assert [name for name in commands() if f"`make {name}" not in readme] == []


def test_makefile_hands_every_setting_on():
    """STYLE: what a command reads from its environment is exported by make."""
    exported = set(re.search(r"^export (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split())
    asked = set(re.findall(r"_(?:setting|need)\(\"(\w+)\"", COMMANDS.read_text()))
    assert asked <= exported


def test_a_server_can_start_itself_again():
    """STYLE: past a limit Odoo runs its own script once more, by its path and from anywhere: what `make serve` starts
    is such a script (`python -m odoo` is none, in Odoo 19.0)."""
    words = server.command("--version", program=(server.SCRIPT,))
    said = subprocess.run([words[0], words[1], "--version"], cwd="/", env=server.environment(),
                          capture_output=True, text=True, check=True)
    assert "19.0" in said.stdout


# --- make upgrade ---------------------------------------------------------------------------------------------

BEFORE = {
    "rows": {("sale.order", "1"): "", ("sale.order", "2"): "", ("res.partner", "7"): ""},
    "digests": {("order.document.checksum", "5"): "abc"},
    "stock": {("total", "held"): "12"},
}


def test_nothing_lost(capsys):
    """ARC-4: more rows than before are no loss."""
    after = BEFORE | {"rows": {**BEFORE["rows"], ("sale.order", "3"): "", ("new.model", "1"): ""}}
    assert upgrade.report(BEFORE, after) == 0
    assert "Nothing is lost" in capsys.readouterr().out


@pytest.mark.parametrize(("aspect", "rows", "lost", "changed"), [
    ("rows", {("sale.order", "1"): "", ("res.partner", "7"): "", ("sale.order", "9"): ""}, ["2"], []),
    ("digests", {("order.document.checksum", "5"): "abd"}, [], ["5"]),
    ("digests", {}, ["5"], []),
    ("stock", {("total", "held"): "11"}, [], ["held"]),
])
def test_loss_is_told(capsys, aspect, rows, lost, changed):
    """ARC-4: a lost row is found although another came; so is a changed digest or stock, and the command fails."""
    after = BEFORE | {aspect: rows}
    group = next(iter(BEFORE[aspect]))[0]
    assert upgrade.compared(BEFORE, after)[aspect][group][2:] == (lost, changed)
    assert upgrade.report(BEFORE, after) == 1
    assert (lost + changed)[0] in capsys.readouterr().out


def test_values_made_anew_are_still_there(capsys):
    """ARC-4: a digest that a migration makes anew is told with its reason; one that is gone is a loss all the same."""
    before = {"digests": {("order.review.digest", "5"): "abc"}}
    assert upgrade.report(before, {"digests": {("order.review.digest", "5"): "new"}}) == 0
    assert upgrade.REMADE["order.review.digest"] in capsys.readouterr().out
    assert upgrade.report(before, {"digests": {}}) == 1


def test_unknown_revision_is_refused():
    """ARC-4: a revision that is not here is named."""
    with pytest.raises(Stop, match="no revision 'nowhere'"):
        upgrade.upgrade("nowhere")


# --- make uninstall -------------------------------------------------------------------------------------------

def test_orders_take_leaves_first():
    """ARC-1: nothing is taken off on which something still stands, all are, and a seed gives the same order again."""
    known = {name: set(manifest["depends"]) for name, manifest in database.shipped().items()}
    orders = [uninstall.leaves_first(known, random.Random(seed)) for seed in (1, 2, 1)]
    assert orders[0] == orders[2] != orders[1]
    for order in orders[:2]:
        assert sorted(order) == sorted(known)
        gone = set()
        for name in order:
            assert {other for other, depends in known.items() if name in depends} <= gone, name
            gone.add(name)


def test_orders_are_numbers_or_seeds():
    """ARC-1: so many orders drawn by lot, or those of the seeds that a former run has told."""
    assert len(uninstall._seeds("3")) == 3
    assert uninstall._seeds(":17,4") == [17, 4]
    for text in ("x", "1,2", ":", "-1"):
        with pytest.raises(Stop, match="ORDERS"):
            uninstall._seeds(text)


# --- make addon -----------------------------------------------------------------------------------------------

@pytest.fixture
def new(tmp_path):
    """A skeleton in a folder of the test's own, and its drawing."""
    arrows = tmp_path / "arrows.py"
    arrows.write_text((ROOT / "tests" / "arrows.py").read_text())
    return skeleton.make("field_survey", tmp_path, arrows), arrows


def test_skeleton_is_complete(new):
    """STYLE 3, 29, 33 to 35, 40: manifest, model, access rows, views, catalogues, README and its tests."""
    folder, _arrows = new
    manifest = ast.literal_eval((folder / "__manifest__.py").read_text())
    assert manifest["license"] == "LGPL-3" and manifest["depends"] == ["order_sla"]
    assert [name for name in manifest["data"] if not (folder / name).is_file()] == []
    for file in folder.rglob("*.xml"):
        ElementTree.parse(file)
    for file in folder.rglob("*.py"):
        compile(file.read_text(), file, "exec")
    with (folder / "security" / "ir.model.access.csv").open() as rows:
        assert all(row["group_id:id"] for row in csv.DictReader(rows))
    template, chinese = (polib.pofile(str(folder / "i18n" / name)) for name in ("field_survey.pot", "zh_CN.po"))
    assert [entry.msgid for entry in template] == [entry.msgid for entry in chinese]
    assert not chinese.untranslated_entries()
    named = set(re.findall(r"`(test_\w+)`", (folder / "README.md").read_text()))
    assert named == set(re.findall(r"def (test_\w+)", (folder / "tests" / "test_field_survey.py").read_text()))
    left = [file.name for file in folder.rglob("*") if file.is_file() and re.search(r"\$\w|@name", file.read_text())]
    assert left == []


def test_skeleton_is_drawn(new):
    """ARCHITECTURE: the new addon stands among the rooms; what is drawn already keeps its arrows."""
    folder, arrows = new
    assert '"field_survey": {"order_sla"},' in arrows.read_text()
    drawn = arrows.read_text()
    service = skeleton.make("aftersales", folder.parent, arrows)
    assert arrows.read_text() == drawn
    assert '"depends": ["contact_sheet", "order_sla", "portal"' in (service / "__manifest__.py").read_text()


@pytest.mark.parametrize("name", ["Order", "a__b", "test_x", "../x", "field_survey"])
def test_bad_name_is_refused(new, name):
    """ARCHITECTURE: no addon by a name that Odoo does not take, or that is there."""
    folder, arrows = new
    with pytest.raises(Stop):
        skeleton.make(name, folder.parent, arrows)
