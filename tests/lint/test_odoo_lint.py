"""STYLE: those tests of Odoo's ``test_lint`` that read files, over the suite's addons."""
import os
import subprocess

import pytest

import linters
import odoo_home
import odoo_test_lint
from place import ADDONS

READING_FILES = (
    ("test_dunderinit", "TestDunderinit", "test_dunderinit"),
    ("test_i18n", "TestI18n", "test_user_content_as_prop_is_translatable"),
    ("test_jstranslate", "TestJsTranslations", "test_js_translations"),
    ("test_manifests", "ManifestLinter", "test_manifests"),
    ("test_onchange_domains", "TestOnchangeDomains", "test_forbid_domains_in_onchanges"),
    ("test_orm_import", "TestDunderinit", "test_addons_orm_import"),
    ("test_pofile", "PotLinter", "test_pot_duplicate_entries"),
    ("test_test_holes", "TestTestHoles", "test_check_tests"),
)
#: As in test_lint's own test_pylint.
CHECKS = ("used-before-assignment", "undefined-variable", "eval-used", "unreachable", "function-redefined",
          "sql-injection", "missing-gettext", "gettext-variable", "gettext-placeholders", "gettext-repr",
          "raise-unlink-override")
PLUGINS = ("_pylint_path_setup", "pylint.extensions.bad_builtin", "_odoo_checker_sql_injection",
           "_odoo_checker_gettext", "_odoo_checker_unlink_override", "pylint_quick")


@pytest.mark.parametrize("test", READING_FILES, ids="{0[2]}".format)
def test_odoo_accepts_the_files(test):
    complaints = odoo_test_lint.run(*test)
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


def test_odoo_accepts_the_code():
    """test_lint's pylint checkers: SQL injection, translations, raise in unlink, undefined names.

    In one process: each of several would read Odoo's sources for itself, and the cores are the other tests'.
    """
    folders = [str(odoo_test_lint.folder()), str(linters.SETTINGS),
               *(str(path.parents[1]) for path in odoo_home.addons_folders()[:1])]
    result = subprocess.run(
        [linters.LINT / "bin" / "pylint", f"--rcfile={os.devnull}", "--disable=all,useless-option-value",
         f"--enable={','.join(CHECKS)}", f"--load-plugins={','.join(PLUGINS)}", "--reports=n", "--score=n",
         *(str(ADDONS / name) for name in odoo_test_lint.ours())],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(folders), "ADDONS_PATH": str(ADDONS),
                          "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True)
    assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"
