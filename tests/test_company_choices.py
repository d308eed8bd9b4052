"""What a document is about is chosen by hand in an empty form: its company must not narrow the choice to nothing."""
from odoo.tests import TransactionCase, tagged

import odoo_test_lint


@tagged("post_install", "-at_install")
class TestCompanyChoices(TransactionCase):

    def test_choice_that_gives_the_company_is_not_narrowed_by_it(self):
        """STYLE 13, MAT-11: where the company is that of the chosen record, a new form has none yet, and
        ``check_company`` would offer only records without company: none at all."""
        ours, dead = tuple(odoo_test_lint.ours()), []
        for name, model in self.env.registry.items():
            company = model._fields.get("company_id")
            if not company or not company.related or model._original_module not in ours:
                continue
            chosen = model._fields[company.related.split(".")[0]]
            if not chosen.readonly and getattr(chosen, "check_company", False):
                dead.append(f"{name}.{chosen.name}")
        self.assertFalse(dead)
