"""Every rule that an addon's README claims is proved by a test that cites its id."""
import ast
import re
from functools import cache

import pytest

from database import shipped
from place import ADDONS, ROOT

#: Demo data has no rules.
WITHOUT_RULES = {"switchgear_demo"}
RULE = re.compile(r"\b([A-Z]{3})-(\d+)(?:\s*(?:to|\.\.|-|–|…)\s*(?:\1-)?(\d+))?")
#: What looks like an id, and is none: encodings, licences, file formats, standards, labels.
NO_AREAS = {"UTF", "GPL", "PDF", "STD", "ABC"}
RULES = ROOT / "docs" / "rules.md"
#: A place in the code that the documents lead to: a file, and what is defined in it.
PLACE = re.compile(r"`([\w/]+\.py)`((?:\s+`\w+`)*)")
FILE = re.compile(r"[\w./-]+\.(?:py|js)\b")


def rules_in(text):
    """Ids in a text: single ones and ranges ("SLA-1 to SLA-4")."""
    return {f"{area}-{number}" for area, first, last in RULE.findall(text)
            for number in range(int(first), int(last or first) + 1)}


def rows(addon):
    """Cells of the rows of the README's table of rules."""
    readme = ADDONS / addon / "README.md"
    for line in readme.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.lstrip().startswith("|") and rules_in(cells[0]):
            yield cells


@cache
def cited():
    """Ids cited by name or docstring of a test, with the files that do."""
    found = {}
    files = [*ADDONS.glob("*/tests/**/test_*.py"), *(ROOT / "tests").glob("**/test_*.py")]
    for file in files:
        tree = ast.parse(file.read_bytes(), file)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                for rule in rules_in(ast.get_docstring(node) or ""):
                    found.setdefault(rule, set()).add(file)
    for file in ADDONS.glob("*/static/tests/**/*.test.js"):
        for title in re.findall(r"""\b(?:test|describe)(?:\.\w+)*\(\s*["'`](.+?)["'`]""", file.read_text()):
            for rule in rules_in(title):
                found.setdefault(rule, set()).add(file)
    return found


@pytest.mark.parametrize("addon", sorted(shipped()))
def test_readme_is_there(addon):
    """STYLE 34: every addon has a README with a table: rule, in one line, where in the app, its test."""
    assert (ADDONS / addon / "README.md").exists(), f"{addon} has no README.md"
    page = ADDONS / addon / "static" / "description" / "index.html"
    assert page.exists(), f"{addon}: without {page.name} the list of apps shows its README.md, read as if it were reST"
    if addon not in WITHOUT_RULES:
        table = list(rows(addon))
        assert table, f"the README of {addon} has no table of rules"
        short = [cells[0] for cells in table if len(cells) < 4 or not all(cells)]
        assert not short, f"{addon}: a rule's row has its id, the rule, where in the app, its test: {short}"


@pytest.mark.parametrize("addon", sorted(set(shipped()) - WITHOUT_RULES))
def test_every_rule_has_a_test(addon):
    """STYLE 40: every id of the table is cited by the docstring of a test, and the files named there exist."""
    missing, lost = [], []
    for cells in rows(addon):
        missing += sorted(rules_in(cells[0]) - set(cited()))
        for name in FILE.findall(cells[-1]):
            if not any((base / name).exists() for base in (ADDONS / addon, ADDONS / addon / "tests", ROOT,
                                                           ROOT / "tests", ADDONS)):
                lost.append(f"{cells[0]}: {name}")
    assert not missing, f"{addon}: no test cites {missing}"
    assert not lost, f"{addon}: the README names tests that are not there: {lost}"


@cache
def stated():
    """Ids of the rules whose text stands in docs/rules.md."""
    return set(re.findall(r"^- ([A-Z]{3}-\d+) ", RULES.read_text(), re.MULTILINE))


def docstrings(file):
    """The docstrings of a Python file."""
    for node in ast.walk(ast.parse(file.read_bytes(), file)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


def test_every_cited_rule_is_stated():
    """STYLE 40: an id that a README, a document or a docstring cites has its text in docs/rules.md."""
    texts = {file: [file.read_text()] for file in
             (*ADDONS.glob("*/README.md"), *ADDONS.glob("*/readme/*.md"), *(ROOT / "docs").glob("*.md"))}
    texts |= {file: docstrings(file) for folder in (ADDONS, ROOT / "tests") for file in folder.rglob("*.py")}
    lost = [f"{file.relative_to(ROOT)}: {rule}" for file, parts in texts.items() for part in parts
            for rule in sorted(rules_in(part) - stated()) if rule[:3] not in NO_AREAS]
    assert not lost, "these rules stand nowhere:\n" + "\n".join(lost)


def test_every_rule_is_proved():
    """STYLE 40: each of the 132 rules of the source documents is cited by a test."""
    rules = {rule for rule in stated() if not rule.startswith("ARC-")}
    assert len(rules) == 132
    assert not rules - set(cited()), f"no test cites {sorted(rules - set(cited()))}"


def test_rules_are_stated_once():
    """STYLE 40: no id is given twice, and the ids of an area leave no gap."""
    ids = re.findall(r"^- ([A-Z]{3})-(\d+) ", RULES.read_text(), re.MULTILINE)
    areas = {area: [int(number) for name, number in ids if name == area] for area, _number in ids}
    assert [area for area, numbers in areas.items() if numbers != list(range(1, len(numbers) + 1))] == []


def test_documents_lead_to_code_that_is_there():
    """STYLE 34: each file that docs/ names exists, and defines the functions named after it."""
    wrong = []
    for document in (ROOT / "docs").glob("*.md"):
        for path, names in PLACE.findall(document.read_text()):
            file = next((base / path for base in (ADDONS, ROOT) if (base / path).is_file()), None)
            if not file:
                wrong.append(f"{document.name}: {path}")
                continue
            code = file.read_text()
            wrong += [f"{document.name}: {path} {name}" for name in re.findall(r"\w+", names)
                      if not re.search(rf"^\s*(?:def|class) {name}\b", code, re.MULTILINE)]
    assert not wrong, "\n".join(wrong)
