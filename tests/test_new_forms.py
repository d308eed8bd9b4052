"""What the suite adds to documents is tried on documents that have nothing yet, for every model at once.

Tests that make documents by RPC give complete values. In the client every document begins empty, and so does every
line: no product, no unit, no company, no partner, no date. Whatever we compute must hold for them.
"""
import traceback
from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, TransactionCase, tagged
from odoo.tests.form import O2MValue, UpdateDict

import form_people
from place import ADDONS

SALES = "sales_team.group_sale_salesman"
#: New forms that Odoo itself refuses: rights to create that were meant for the work of a confirmed document.
REFUSED_BY_CORE = {
    ("account.analytic.account", "analytic.view_account_analytic_account_form", "project.group_project_manager"),
    ("project.project", "project.edit_project", "project.group_project_manager"),
    ("project.project", "project.edit_project", "project_plan.group_planner"),
    ("project.project", "project.project_templates_view_form", "project.group_project_manager"),
    ("project.project", "project.project_templates_view_form", "project_plan.group_planner"),
    ("account.analytic.account", "analytic.view_account_analytic_account_form", "analytic.group_analytic_accounting"),
    ("ir.model", "base.view_model_form", "base.group_erp_manager"),
    ("mrp.production", "mrp.mrp_production_form_view", SALES),
    ("mrp.workorder", "mrp.mrp_production_workorder_form_view_inherit", SALES),
}
#: Core's wizards that open on a document only: without one they fail, with or without the suite.
ON_A_DOCUMENT = {"account.move.send.wizard", "project.share.wizard"}
SCALAR = ("many2one", "selection", "date", "datetime", "char", "text", "html", "integer", "float", "monetary")


@tagged("post_install", "-at_install")
class TestNewForms(TransactionCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # core's form of a bill of materials asks for it, as lists have it in the client
        cls.startClassPatcher(patch.object(O2MValue, "length", property(len), create=True))
        cls.models = form_people.models(cls.env)
        cls.parents = form_people.parents(cls.env)
        cls.people = form_people.People(cls.env)
        cls.people.hire(cls.env["res.groups"].union(*(
            form_people.least_groups(cls.env, name, operation)
            for names, operation in ((cls.models + cls.parents, "create"), (cls.models, "read")) for name in names)))

    def setUp(self):
        super().setUp()
        self.problems = []

    @contextmanager
    def _trying(self, *what):
        """Note what goes wrong, so that one run names all of it."""
        try:
            yield
        except Exception as error:  # whatever it is, a user would have got it
            places = [f"{frame.filename.rpartition('addons/')[2]}:{frame.lineno}"
                      for frame in traceback.extract_tb(error.__traceback__) if str(ADDONS) in frame.filename]
            self.problems.append(f"{' '.join(what)}: {error!r} {places[-1:]}")

    def _assert_no_problems(self):
        self.assertFalse(self.problems, "\n".join(self.problems))

    def test_every_form_opens_new_with_a_line_in_every_list(self):
        """PUR-9, REV-1, REC-1, STYLE 13: whoever may create a document opens each of its forms, adds an empty line in
        every list and empties every field that came with a value."""
        opened = set()
        for env, group, name, view in self.people.visits(self.models + self.parents, "create"):
            if name in ON_A_DOCUMENT:
                continue
            with self._trying(name, view.xml_id, group):
                if (name, view.xml_id, group) in REFUSED_BY_CORE:
                    self.assertRaises(AccessError, Form, env[name], view)
                elif form := self._open(env[name], view):
                    opened.add(name)
                    self._fill_and_empty(form)
        self._assert_no_problems()
        self.assertLessEqual({"purchase.order", "sale.order", "stock.picking", "mrp.production", "account.move",
                              "quality.inspection", "quality.nonconformity"}, opened)

    def _open(self, model, view):
        try:
            return Form(model, view)
        except AccessError:
            raise
        except UserError:
            if not model._transient:  # a wizard may ask for the documents that it works on
                raise

    def _fill_and_empty(self, form):
        if form._view["tree"].get("create", "1").lower() in ("0", "false"):
            return
        for name in self._get_lists(form):
            line = form[name].new()
            # The client computes the document with the new line before anything is chosen in it; the test's form would
            # ask for required values first.
            form._values[name].create(UpdateDict(line._values))
            form._perform_onchange(name)
            self._empty(form[name].edit(len(form[name]) - 1))
        self._empty(form)

    def _get_lists(self, form):
        for name, info in form._view["fields"].items():
            if info["type"] == "one2many" and self._is_open(form, name) and not any(
                    node.get("create", "1").lower() in ("0", "false")
                    for node in form._view["tree"].xpath(f".//field[@name='{name}']/*")):
                yield name

    def _empty(self, form):
        for name, info in form._view["fields"].items():
            if info["type"] in SCALAR and form._values.get(name) and self._is_open(form, name):
                form._values[name] = 0 if info["type"] in ("integer", "float", "monetary") else False
                form._perform_onchange(name)

    @staticmethod
    def _is_open(form, name):
        return not any(form._get_modifier(name, modifier)
                       for modifier in ("invisible", "column_invisible", "readonly"))

    def test_every_computed_field_holds_on_an_empty_record(self):
        """PUR-9, REV-5, SLA-2, STYLE 14: what we compute holds for a record without values, for one with its defaults,
        and for both sides of a line just added."""
        count = 0
        for name in self.models:
            model, names = self.env[name], form_people.computed(self.env, name)
            count += len(names)
            self._evaluate(model.new({}), names, "empty")
            if not model._transient:
                self._evaluate(model.new(model.default_get(list(model._fields))), names, "with its defaults")
            for field in model._fields.values():
                if field.type == "one2many" and field.comodel_name in self.models and not field.compute:
                    record = model.new({field.name: [Command.create({})]})
                    lines = form_people.computed(self.env, field.comodel_name)
                    self._evaluate(record[field.name], lines, f"added to {name}.{field.name}")
                    self._evaluate(record, names, f"with a line in {field.name}")
        self._assert_no_problems()
        self.assertGreater(count, 400, "the fields of the suite were not found")

    def _evaluate(self, record, names, what):
        for name in names:
            with self._trying(record._name, name, what):
                record[name]

    def test_every_computed_field_is_readable_on_an_empty_record(self):
        """STYLE 29: whoever may read a model may read what we compute of it: that asks for no rights of its own."""
        count = 0
        for name in self.models:
            names = form_people.computed(self.env, name)
            for group in form_people.least_groups(self.env, name, "read"):
                record = self.people.of(group)[name].new({})
                readable = [field for field in names if record._has_field_access(record._fields[field], "read")]
                count += len(readable)
                self._evaluate(record, readable, f"for {group.full_name}")
        self._assert_no_problems()
        self.assertGreater(count, 500, "the fields of the suite were not found")
