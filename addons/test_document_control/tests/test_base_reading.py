from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestBaseReading(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(cls.env, "br_clerk", name="Clerk")
        cls.tag = cls.env["res.partner.category"].create({"name": "Utility"})
        cls.customers = cls.env["res.partner"].create([
            {"name": name, "category_id": cls.tag.ids, "city": "Jinan"} for name in ("Jinan Power", "Taian Power")])

    def _forbid(self, model):
        self.env["ir.model.access"].search([("model_id.model", "=", model)]).active = False

    def test_what_may_not_be_read_is_empty(self):
        """ARC-5: a list of what the reader may not read is empty for him, in a document and in the rows of a list; all
        else of it is there, and nobody else misses anything."""
        wanted = {"name": {}, "category_id": {"fields": {"display_name": {}}}, "city": {},
                  "parent_id": {"fields": {"display_name": {}}}}
        mine = self.customers.with_user(self.clerk)
        whole = mine.web_read(wanted)
        self.assertEqual([row["category_id"] for row in whole], [[{"id": self.tag.id, "display_name": "Utility"}]] * 2)
        self._forbid("res.partner.category")
        self.env.invalidate_all()
        self.assertEqual(mine.web_read(wanted), [{**row, "category_id": []} for row in whole])
        self.assertEqual(mine.search([("id", "in", mine.ids)]).web_read(wanted)[1]["name"], "Taian Power")
        self.assertEqual(self.customers.web_read(wanted), whole)

    def test_figures_of_what_may_not_be_read(self):
        """ARC-5: a figure that is counted from what the reader may not read is zero for him, and a list inside a list
        is empty."""
        company = self.customers[0]
        company.child_ids = [(0, 0, {"name": "Wang", "category_id": self.tag.ids})]
        self._forbid("res.partner.category")
        field = self.env["res.partner"]._fields["message_needaction_counter"]
        self.patch(field, "compute", lambda records: records.category_id.mapped("name"))
        row = company.with_user(self.clerk).web_read({
            "message_needaction_counter": {}, "child_ids": {"fields": {"name": {}, "category_id": {}}}})[0]
        self.assertEqual(row["message_needaction_counter"], 0)
        self.assertEqual([(child["name"], child["category_id"]) for child in row["child_ids"]], [("Wang", [])])

    def test_refusals_stay(self):
        """ARC-5: refused as before are a record that the reader may not read, and a field that is not for him."""
        theirs = self.env["res.partner"].create({
            "name": "Other", "company_id": self.env["res.company"].create({"name": "Other Works"}).id})
        self._forbid("res.partner.category")
        with self.assertRaises(AccessError):
            theirs.with_user(self.clerk).web_read({"name": {}, "category_id": {}})
        self.patch(self.env["res.partner"]._fields["city"], "groups", "base.group_system")
        with self.assertRaises(AccessError):
            self.customers.with_user(self.clerk).web_read({"city": {}, "category_id": {}})

    def test_page_of_lists_alone_is_not_shown(self):
        """ARC-5: a page of a form that holds only lists of what the reader may not read is not shown to him."""
        view = self.env["ir.ui.view"].create({
            "name": "pages", "model": "res.partner", "type": "form", "arch": """<form><field name="name"/><notebook>
                <page name="tags"><field name="category_id"/><field name="city" invisible="1"/></page>
                <page name="unseen"><field name="category_id" invisible="1"/></page>
                <page name="both"><field name="category_id"/><field name="city"/></page>
                <page name="people"><field name="child_ids"><list><field name="name"/></list></field></page>
            </notebook></form>"""})

        def hidden():
            form = self.env["res.partner"].with_user(self.clerk).get_view(view.id, "form")["arch"]
            return [page.get("name") for page in etree.fromstring(form).iter("page") if page.get("invisible")]

        self.assertFalse(hidden())
        self._forbid("res.partner.category")
        self.assertEqual(hidden(), ["tags"])
