"""ARCHITECTURE: multi-company, record rules, least rights, for every model of the suite."""
from odoo.orm.models import BaseModel
from odoo.tests import TransactionCase

from database import manifests, shipped

#: Tables that no page shows.
UNSEEN = {"delivery.page.hit", "material.peg.row", "material.pegging.request", "service.page.hit", "supplier.link.hit"}
OURS, SHIPPED = frozenset(manifests()), frozenset(shipped())


class TestAccess(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.models = {name: model for name, model in cls.registry.items()
                      if model._original_module in OURS and not model._abstract}

    def rows(self):
        return self.env["ir.model.access"].search([("model_id.model", "in", list(self.models))])

    def test_every_model_has_access_rows(self):
        """STYLE 29: each model of ours, wizards included, says who may do what with it."""
        self.assertTrue(self.models, "no model of the suite is installed")
        without = set(self.models) - set(self.rows().mapped("model_id.model"))
        self.assertFalse(without, f"no row in ir.model.access.csv: {sorted(without)}")

    def test_every_record_has_a_name(self):
        """STYLE 5: refusals, histories and titles of pages name the record, never as "model.name,7"."""
        general = {self.env["base"]._name, "document.control.mixin"}  # they name nothing by themselves
        nameless = {
            name for name, model in self.models.items()
            if model._original_module in SHIPPED and not (model._transient or model._rec_name or name in UNSEEN)
            and not any("_compute_display_name" in base.__dict__ for base in model.__mro__
                        if base is not BaseModel and getattr(base, "_name", None) not in general)}
        self.assertFalse(nameless, "_rec_name, or a _compute_display_name of its own")

    def test_no_row_is_for_everybody(self):
        """STYLE 29: a row without a group would hold for portal users and visitors, too."""
        self.assertFalse(self.rows().filtered(lambda row: not row.group_id).mapped("name"))

    def test_portal_writes_nothing(self):
        """ARCHITECTURE: the portal sees its own, and acts through controllers only."""
        outside = self.env.ref("base.group_portal") | self.env.ref("base.group_public")
        wrong = self.rows().filtered(lambda row: row.group_id in outside and (
            row.perm_write or row.perm_create or row.perm_unlink))
        self.assertFalse(wrong.mapped("name"))

    def test_no_rule_looks_at_todos(self):
        """ARC-5: what a to-do opens, anybody opens: who may not read a record could give himself one of it."""
        rules = self.env["ir.rule"].search([("model_id.model", "in", list(self.models))])
        self.assertFalse(rules.filtered(lambda rule: "activity_" in (rule.domain_force or "")).mapped("name"))

    def test_windows_are_their_openers(self):
        """ARC-5: Odoo 19 lets everybody read what others fill in in a window; ours belong to who opened them."""
        rules = self.env["ir.rule"].search([("model_id.model", "in", list(self.models)), ("groups", "=", False)])
        own = set(rules.filtered(lambda rule: "create_uid" in (rule.domain_force or "")).mapped("model_id.model"))
        without = [name for name, model in self.models.items() if model._transient and name not in own]
        self.assertFalse(without, f"no rule for one's own windows: {sorted(without)}")

    def test_every_model_with_a_company_is_kept_apart(self):
        """ARCHITECTURE: a model with a company has a rule for everybody that looks at it."""
        rules = self.env["ir.rule"].search([("model_id.model", "in", list(self.models)), ("groups", "=", False)])
        apart = set(rules.filtered(lambda rule: "company" in (rule.domain_force or "")).mapped("model_id.model"))
        without = [name for name, model in self.models.items()
                   if model._original_module in SHIPPED and not model._transient and name not in apart
                   and "company_id" in model._fields and model._fields["company_id"].store]
        self.assertFalse(without, f"no company rule: {sorted(without)}")
