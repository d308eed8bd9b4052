"""What the suite's lists, searches and reports say, over all its addons."""
import re
from itertools import combinations

from lxml import etree

from odoo.tests import TransactionCase
from odoo.tools.safe_eval import safe_eval

from database import shipped

#: Views that a person of the suite opens beside our own: their first column is the number of the document.
NUMBERED = {
    "sale.sale_order_tree": "Order No.", "sale.view_quotation_tree": "Order No.", "sale.view_order_tree": "Order No.",
    "order_review.sale_order_view_list_intake": "Order No.", "account.view_in_invoice_bill_tree": "Number",
    "account.view_out_invoice_tree": "Number",
}
TECHNICAL = re.compile(r"digest|fingerprint|hash|token|payload|snapshot")


def values_of(domain):
    """Fields that a domain without ``|`` binds to certain values: {field: (values, whether these are excluded)}."""
    found = {}
    for leaf in domain:
        if isinstance(leaf, str):
            if leaf != "&":
                return {}
        elif leaf[1] in ("=", "!="):
            found[leaf[0]] = {leaf[2]}, leaf[1] == "!="
        elif leaf[1] in ("in", "not in"):
            found[leaf[0]] = set(leaf[2]), leaf[1] == "not in"
    return found


def exclude_each_other(one, other):
    """Whether no record can pass both filters."""
    for name in one.keys() & other.keys():
        (values, negated), (others, other_negated) = one[name], other[name]
        if not negated and not other_negated and not values & others:
            return True
        if negated != other_negated and (values <= others if other_negated else others <= values):
            return True
    return False


def groups_of_filters(search):
    """The filters of a search view by the groups that Odoo joins with "or"."""
    groups = [[]]
    for node in search.iterchildren("filter", "separator", "group"):
        if node.tag != "filter":
            groups.append([])
        if node.tag == "filter":
            groups[-1].append(node)
    return [group for group in groups if len(group) > 1]


class TestScreens(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = list(shipped())

    def views(self, kind):
        """The views of a kind that the suite made or extended."""
        data = self.env["ir.model.data"].search([("model", "=", "ir.ui.view"), ("module", "in", self.mine)])
        return self.env["ir.ui.view"].browse(data.mapped("res_id")).filtered(lambda view: view.type == kind)

    def arch(self, view):
        return etree.fromstring(self.env[view.model].get_view(view.id, view.type)["arch"])

    def models(self):
        return [model for name, model in self.env.registry.items()
                if model._original_module in self.mine and not model._abstract]

    def test_filters_of_a_group_exclude_each_other(self):
        """UI: Odoo joins the filters of a group with "or", so only filters that exclude each other share one: who
        adds "daily check due" to "running" sees fewer cards, not more."""
        wrong = []
        for view in self.views("search"):
            own = {node.get("name") for node in etree.fromstring(view.arch).iter("filter")}
            for group in groups_of_filters(self.arch(view)):
                # The menu of to-dos asks for overdue ones and those of today together: "or" is what it means.
                asked = [node for node in group if node.get("name") in own
                         and not node.get("name").startswith("activities_")]
                for pair in combinations(asked, 2):
                    if not exclude_each_other(*(
                            values_of(safe_eval(node.get("domain") or "[]", {"uid": 0})) for node in pair)):
                        wrong.append(f"{view.xml_id}: {pair[0].get('name')}, {pair[1].get('name')}")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_technical_fields_are_not_offered(self):
        """UI: fingerprints and tokens are offered neither to group by, nor to filter by, nor to export."""
        seen = set()
        for name in {"sale.order", *(model._name for model in self.models())}:
            for field, described in self.env[name].fields_get().items():
                ours = self.env[name]._fields[field]._module in self.mine
                if TECHNICAL.search(field) and described["store"] and ours:
                    seen.add(field)
                    with self.subTest(name, field=field):
                        self.assertFalse(described["groupable"])
                        self.assertFalse(described["searchable"])
                        self.assertFalse(described["exportable"])
        self.assertLessEqual({"digest", "contract_digest", "review_override_digest", "token"}, seen)

    def test_documents_are_numbered_alike(self):
        """UI: one pattern of numbers, XX2026-00001, for every sequence of the suite."""
        data = self.env["ir.model.data"].search([("model", "=", "ir.sequence"), ("module", "in", self.mine)])
        sequences = self.env["ir.sequence"].browse(data.mapped("res_id"))
        self.assertGreaterEqual(len(sequences), 9)
        for sequence in sequences:
            with self.subTest(sequence.code):
                self.assertRegex(sequence.prefix, r"^[A-Z]{2,3}%\(year\)s-$")
                self.assertEqual(sequence.padding, 5)

    def test_number_columns_are_headed_so(self):
        """UI: the column of a document's number is headed so, also where Odoo's own word is wrong in Chinese (数量)."""
        for name, heading in NUMBERED.items():
            with self.subTest(name):
                [column] = self.arch(self.env.ref(name)).xpath("/list/field[@name='name']")
                self.assertEqual(column.get("string"), heading)
        codes = set(self.env["ir.sequence"].search([]).mapped("code"))
        numbered = [model for model in self.models() if model._name in codes]
        self.assertGreaterEqual(len(numbered), 9)
        for model in numbered:
            with self.subTest(model._name):
                self.assertEqual(model._fields["name"].string, "Number")

    def test_no_list_or_kanban_adds_units(self):
        """UI: no foot of a list and no column of a kanban board adds quantities that may be of several units."""
        for view in self.views("list") | self.views("kanban"):
            fields = self.env[view.model]._fields
            arch = etree.fromstring(view.arch)  # what Odoo's own lists add is theirs
            summed = [node.get("name") for node in arch.xpath("/list/field[@sum]")]
            summed += arch.xpath("//progressbar/@sum_field")
            for name in summed:
                with self.subTest(view.xml_id, field=name):
                    self.assertNotEqual(getattr(fields[name], "_digits", None), "Product Unit")

    def test_totals_are_in_one_unit(self):
        """UI: grouped lists, pivots and graphs have no total of a quantity where a group has several units: every
        model with a stored quantity of ours that is reported knows its unit."""
        reported = {view.model for kind in ("list", "pivot", "graph", "kanban") for view in self.views(kind)}
        for model in self.models():
            quantities = [name for name, field in model._fields.items()
                          if field.store and field.aggregator and getattr(field, "_digits", None) == "Product Unit"]
            if quantities and model._name in reported:
                with self.subTest(model._name):
                    self.assertTrue(hasattr(model, "_quantity_unit"), f"{model._name}: {quantities}")

    def test_dates_are_counted_in_days(self):
        """UI: no view of ours counts the days to a date with Odoo's field, which says "next month" of a need three
        days off as of one four weeks off."""
        for kind in ("list", "kanban", "form"):
            for view in self.views(kind):
                with self.subTest(view.xml_id):
                    self.assertNotIn("remaining_days", view.arch)
