"""STYLE: every linter is content with the suite. Repair with ``make lint FIX=1`` (``ADDONS=a,b`` for some addons)."""
import os

import pytest

import database
import linters


@pytest.mark.parametrize("linter", linters.LINTERS)
def test_linter_is_content(linter):
    some = os.environ.get("LINT_ADDONS")
    complaints = linters.check(linter, database.selected(some, tests=True), all_code=not some)
    if complaints:
        pytest.fail(f"{linter} complains:\n{complaints}", pytrace=False)
