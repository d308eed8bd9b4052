"""ARCHITECTURE: arrows point down only, and what hangs on an arrow is drawn in ``arrows.py``."""
import ast
import re
from collections import defaultdict
from functools import cache
from importlib import metadata

import pytest

from odoo.modules.module import Manifest
from odoo.tests import TransactionCase

from arrows import GLUE, LAYERS, NEVER, OTHERS
from database import is_test, manifests
from place import ADDONS, REQUIREMENTS

SUITE = sorted(manifests())
ALLOWED = {name: arrows for layer in LAYERS for name, arrows in layer.items()}
LEVEL = {name: level for level, layer in enumerate(LAYERS) for name in layer}
TESTED = {name: name.removeprefix("test_") for name in SUITE if is_test(name)}
ALLOWED |= {name: {tested} for name, tested in TESTED.items()}
GLUE_LINES = 250
#: Licences that an LGPL-3 suite can stand on.
FREE_ENOUGH = {"LGPL-3", "LGPL-2", "LGPL-2.1", "GPL-2 or any later version", "MIT", "BSD", "Apache-2.0"}
JS_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["']@(\w+)/""")


@cache
def closure(addon):
    """All that an addon stands on, with itself."""
    found, queue = set(), [addon]
    while queue:
        name = queue.pop()
        if name not in found:
            found.add(name)
            manifest = Manifest.for_addon(name)
            queue.extend(manifest["depends"] if manifest else ())
    return frozenset(found | {"base", "web"})


def python_files(addon):
    return sorted((ADDONS / addon).rglob("*.py"))


def test_drawn_arrows_point_down():
    """ARCHITECTURE: no arrow of the drawing itself goes up or sideways, or to an addon that is not drawn."""
    wrong = [f"{name} -> {target}" for name, level in LEVEL.items() for target in ALLOWED[name]
             if LEVEL.get(target, -1) >= level]
    assert not wrong, f"these arrows of arrows.py do not point down: {wrong}"


@pytest.mark.parametrize("addon", SUITE)
def test_manifest_follows_the_arrows(addon):
    """ARCHITECTURE: an addon depends on nothing but what is drawn."""
    assert addon in ALLOWED, f"{addon} is not drawn in tests/arrows.py: give it a layer and its arrows."
    depends = set(manifests()[addon]["depends"])
    assert depends <= ALLOWED[addon], f"{addon} must not depend on {sorted(depends - ALLOWED[addon])}"
    assert not depends & set(TESTED), f"{addon} stands on what is there for tests only"
    forbidden = closure(addon) & NEVER.get(addon, set())
    assert not forbidden, f"{addon} stands, through another addon, on {sorted(forbidden)}"


@pytest.mark.parametrize("addon", SUITE)
def test_imports_follow_the_arrows(addon):
    """ARCHITECTURE: neither Python nor JavaScript imports from an addon that is not below."""
    wrong = []
    for file in python_files(addon):
        for node in ast.walk(ast.parse(file.read_bytes(), file)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module] if node.module != "odoo.addons" else [
                    f"odoo.addons.{alias.name}" for alias in node.names]
            wrong += [f"{file.relative_to(ADDONS)}:{node.lineno} imports {name}" for name in names
                      if name.startswith("odoo.addons.") and name.split(".")[2] not in closure(addon)]
    for file in (ADDONS / addon).glob("static/**/*.js"):
        wrong += [f"{file.relative_to(ADDONS)} imports @{name}" for name in JS_IMPORT.findall(file.read_text())
                  if name != "odoo" and name not in closure(addon)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("addon", sorted(set(GLUE) & set(SUITE)))
def test_glue_is_thin(addon):
    """ARCHITECTURE: glue installs itself and stays small."""
    assert manifests()[addon].get("auto_install"), f"{addon} is glue: it installs itself"
    lines = sum(len(file.read_text().splitlines()) for file in python_files(addon) if "tests" not in file.parts)
    assert lines <= GLUE_LINES, f"{addon} has {lines} lines of Python, glue has at most {GLUE_LINES}"


@pytest.mark.parametrize("addon", SUITE)
def test_licences_fit(addon):
    """ARCHITECTURE: every addon is LGPL-3 and stands on nothing that is AGPL or proprietary."""
    assert manifests()[addon].get("license") == "LGPL-3"
    licences = {name: Manifest.for_addon(name)["license"] for name in closure(addon)}
    wrong = {name: licence for name, licence in licences.items() if licence not in FREE_ENOUGH}
    assert not wrong, f"{addon} stands on {wrong}"


@pytest.mark.parametrize("addon", SUITE)
def test_addons_of_others_are_pinned(addon):
    """ARCHITECTURE: what is neither Odoo's nor ours is named in arrows.py and pinned in config/requirements."""
    pinned = (REQUIREMENTS / "addons.txt").read_text()
    for name in sorted((ALLOWED[addon] & OTHERS) & closure(addon)):
        assert re.search(rf"^odoo-addon-{name}==", pinned, re.MULTILINE), f"{name} is not pinned in addons.txt"


@pytest.mark.parametrize("requirements", ["odoo", "addons"])
def test_python_packages_are_not_agpl(requirements):
    """ARCHITECTURE: no Python package that the suite runs on is under the AGPL."""
    names = re.findall(r"^([\w.-]+)", (REQUIREMENTS / f"{requirements}.txt").read_text(), re.MULTILINE)
    for name in names:
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:  # for another version of Python
            continue
        said = " ".join([about.get("License") or "", about.get("License-Expression") or "",
                         *about.get_all("Classifier", [])])
        assert not re.search(r"AGPL|Affero", said), f"{name} is under the AGPL"


class TestModels(TransactionCase):
    def test_code_names_no_model_from_above(self):
        """ARCHITECTURE: no addon names a model of an addon that it does not stand on."""
        home = {name: model._original_module for name, model in self.registry.items()}
        wrong = []
        for addon in SUITE:
            for file in python_files(addon):
                for node in ast.walk(ast.parse(file.read_bytes(), file)):
                    if (isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value
                            and home.get(node.value, addon) not in closure(addon)):
                        wrong.append(f"{file.relative_to(ADDONS)}:{node.lineno} names {node.value}, "
                                     f"which is {home[node.value]}'s")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_glue_has_no_model_of_its_own(self):
        """ARCHITECTURE: glue extends what is there."""
        wrong = [f"{model._original_module} defines {name}" for name, model in self.registry.items()
                 if model._original_module in GLUE]
        self.assertFalse(wrong, "\n".join(wrong))


def _overrides(addon):
    """Files of the addon by model and method, for the models that it extends."""
    found, own = defaultdict(list), set()
    for file in sorted((ADDONS / addon / "models").glob("*.py")):
        for node in ast.parse(file.read_bytes(), file).body:
            if not isinstance(node, ast.ClassDef):
                continue
            names = {target.id: statement.value for statement in node.body if isinstance(statement, ast.Assign)
                     for target in statement.targets if isinstance(target, ast.Name)}
            inherited = ast.literal_eval(names["_inherit"]) if "_inherit" in names else []
            inherited = [inherited] if isinstance(inherited, str) else inherited
            model = ast.literal_eval(names["_name"]) if "_name" in names else (inherited or [None])[0]
            if "_name" in names and model not in inherited:
                own.add(model)
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    found[model, method.name].append(file.name)
    return {key: files for key, files in found.items() if key[0] not in own}


@pytest.mark.parametrize("addon", SUITE)
def test_method_of_core_is_overridden_once(addon):
    """STYLE: one addon overrides a method of a core model in one file, which calls all its gates in their order."""
    twice = {key: files for key, files in _overrides(addon).items() if len(files) > 1}
    assert not twice, f"{addon} overrides these in several files: {twice}"
