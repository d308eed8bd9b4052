"""STYLE: those tests of Odoo's ``test_lint`` that look at the installed models and routes."""
from unittest.mock import patch

from odoo.tests import TransactionCase

import odoo_test_lint

READING_MODELS = (
    ("test_docstring", "TestDocstring", "test_docstring"),
    ("test_index", "TestIndex", "test_enforce_index_on_one2many_inverse"),
    ("test_naming", "TestNaming", "test_parameter_rpc_compatible"),
    ("test_override_signatures", "TestLintOverrideSignatures", "test_lint_override_signature"),
    ("test_routes", "RoutesLinter", "test_routes_definition"),
)


class TestOdooLint(TransactionCase):
    def test_odoo_accepts_the_models(self):
        """STYLE: docstrings, indexes, names for RPC, signatures of overrides, routes."""
        docstrings = odoo_test_lint.load("test_docstring")
        docstrings.TestDocstring.setUpClass()
        self.addCleanup(docstrings.TestDocstring.doClassCleanups)
        ours = tuple(odoo_test_lint.ours())
        with patch.object(docstrings, "MODULES_TO_LINT_ONLY_PUBLIC_METHODS", ours):
            complaints = [complaint for test in READING_MODELS for complaint in odoo_test_lint.run(*test, env=self.env)]
        self.assertFalse(complaints, "\n".join(complaints))
