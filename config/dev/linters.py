"""The linters: what each one checks and, where it can, how it repairs."""
import os
import shutil
import subprocess

import odoo_home
from place import ADDONS, HOME, LOG, ROOT, VENV, Stamp, alone
from talk import step

LINT = HOME / "lint"
NODE = HOME / "node"
SETTINGS = ROOT / "config" / "lint"
PYTHON_CODE = ("addons", "config", "tests")


def ensure():
    """Have the linters, Python's and JavaScript's, in the versions that are pinned."""
    odoo_home.ensure_venv(LINT, "linters", "lint")
    stamp = Stamp("node", SETTINGS / "package.json")
    if not stamp.fresh or not (NODE / "node_modules").exists():
        with alone("node"), step("linters of JavaScript, XML and SCSS"):
            stamp.drop()
            NODE.mkdir(parents=True, exist_ok=True)
            shutil.copy(SETTINGS / "package.json", NODE)
            odoo_home.npm("install", "--no-audit", "--no-fund", "--no-package-lock", cwd=NODE, log=LOG / "npm.log")
        stamp.set()


def _addons(names):
    return [str(ADDONS / name) for name in names]


def _files(names, *patterns):
    return [str(file) for name in names for pattern in patterns for file in sorted((ADDONS / name).glob(pattern))
            if "lib" not in file.relative_to(ADDONS).parts]


def _python(name):
    return str(LINT / "bin" / name)


def _node(package, script):
    return [str(VENV / "bin" / "node"), str(NODE / "node_modules" / package / script)]


def ruff(names, all_code, fix):
    targets = PYTHON_CODE if all_code else _addons(names)
    return [_python("ruff"), "check", "--quiet", *(["--fix"] if fix else []), *targets]


def pylint_odoo(names, all_code, fix):
    # A model's code may stand in several files; in the settings, enabling all of odoolint would win.
    return [] if fix else [_python("pylint"), "--disable=consider-merging-classes-inherited", *_addons(names)]


def oca_hooks(names, all_code, fix):
    # The declaration and the order of attributes are prettier's business; the README is Markdown (see pyproject.toml).
    return [_python("oca-checks-odoo-module"), *(["--fix"] if fix else []), *_addons(names),
            "--disable=xml-header-wrong,xml-tag-position,prefer-readme-rst"]


def oca_po(names, all_code, fix):
    files = _files(names, "i18n/*.po", "i18n/*.pot")
    return [] if fix or not files else [_python("oca-checks-po"), *files]


def odoo_linter(names, all_code, fix):
    folders = [word for folder in (*odoo_home.addons_folders(), ADDONS) for word in ("--addons-path", str(folder))]
    return [_python("odl"), "check", *folders, *(["--fix"] if fix else []), *_addons(names)]


def prettier(names, all_code, fix):
    files = _files(names, "**/*.xml", "static/**/*.js", "static/**/*.scss")
    return [*_node("prettier", "bin/prettier.cjs"), "--config", str(SETTINGS / "prettier.json"),
            "--plugin", str(NODE / "node_modules" / "@prettier" / "plugin-xml" / "src" / "plugin.js"),
            "--write" if fix else "--check", "--log-level", "warn", *files] if files else []


def eslint(names, all_code, fix):
    files = _files(names, "static/**/*.js")
    return [*_node("eslint", "bin/eslint.js"), "--config", str(SETTINGS / "eslint.config.cjs"),
            *(["--fix"] if fix else []), *files] if files else []


LINTERS = {function.__name__: function for function in (
    ruff, pylint_odoo, oca_hooks, oca_po, odoo_linter, prettier, eslint)}


def check(linter, names, fix=False, all_code=True):
    """What a linter has to say of the addons; empty if they please it."""
    command = LINTERS[linter](names, all_code, fix)
    if not command:
        return ""
    result = subprocess.run(command, cwd=ROOT, env=_environment(), text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return result.stdout.strip() or f"ended with code {result.returncode}" if result.returncode else ""


def _environment():
    return os.environ | {
        "NODE_PATH": str(NODE / "node_modules"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYLINTHOME": str(HOME / "pylint"),
    }


def repair(names, all_code):
    """Let the linters repair what they can."""
    for linter in LINTERS:
        check(linter, names, fix=True, all_code=all_code)
